import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Change, Finding } from '../../../src-shared/contract/dataset-summary'
import { damagedName } from './excel-damage'
import { choiceOf, count, diff, info, listed, plural, quoted, review } from './findings'
import { matchingName } from './gene-names'
import { speciesOf } from './species'

/** rule of the finding about names that the user gave */
export const RENAMED_BY_HAND = 'gene-names'
/** findings about single names; a file with more of them is told as a whole */
const ASKED_APART = 8

type NameOptions = Pick<ReadOptions, 'excelNames' | 'geneNames' | 'geneVersions' | 'acceptRepairs'>

interface Damaged {
  readonly name: string
  readonly where: string
  readonly candidates: readonly string[]
}

/**
 * Names as they were before a spreadsheet or a program changed them. What the user said about a name goes before
 * every other repair.
 * @param rows row of the file of each gene; null when genes are columns
 */
export function repairGeneNames(
  genes: readonly string[],
  rows: readonly number[] | null,
  options: NameOptions,
): { genes: readonly string[]; findings: Finding[] } {
  const given = new Map(Object.entries(options.geneNames ?? {}))
  const species = speciesOf(genes)
  const damaged: Damaged[] = []
  genes.forEach((name, gene) => {
    const found = given.has(name) ? null : damagedName(name, species)
    if (!found) return
    const where = rows ? `row ${count(rows[gene]!)}` : `gene ${count(gene + 1)}`
    damaged.push({ name, where, candidates: found.candidates })
  })
  const decided =
    options.excelNames === 'ask' ? (options.acceptRepairs ? 'repair' : null) : options.excelNames
  const versions = genes.filter((gene) => matchingName(gene) !== gene).length
  const findings = [
    ...damageFindings(damaged, decided),
    ...givenFinding(genes, given),
    ...versionFinding(genes, versions, options.geneVersions),
  ]
  const restored = new Map(
    decided === 'repair'
      ? damaged.filter(isClear).map(({ name, candidates }) => [name, candidates[0]!] as const)
      : [],
  )
  const strip = options.geneVersions === 'strip' && versions > 0
  if (given.size === 0 && restored.size === 0 && !strip) return { genes, findings }
  const renamed = genes.map((gene) => {
    const name = given.get(gene) ?? restored.get(gene) ?? gene
    return strip ? matchingName(name) : name
  })
  return { genes: renamed, findings }
}

const isClear = ({ candidates }: Damaged): boolean => candidates.length === 1

function damageFindings(damaged: readonly Damaged[], decided: 'repair' | 'keep' | null): Finding[] {
  if (damaged.length === 0) return []
  const [first] = damaged
  const one = damaged.length === 1
  const clear = damaged.filter(isClear)
  const done =
    decided === 'repair' && clear.length > 0
      ? `${count(clear.length)} of them got ${clear.length === 1 ? 'its name' : 'their names'} back.`
      : 'Review the suggestions, or export the table again as text.'
  const text =
    `${count(damaged.length)} gene ${one ? 'name looks like a date' : 'names look like dates'} ` +
    `(${first!.where}: ${quoted(first!.name)}). Excel probably changed ${one ? 'it' : 'them'}. ${done}`
  const examples = damaged.map(
    ({ name, candidates }) =>
      `${name} → ${isClear({ name, where: '', candidates }) ? candidates[0]! : 'several genes possible'}`,
  )
  const changes: Change[] = clear.map(({ name, where, candidates }) => ({
    where,
    before: name,
    after: candidates[0]!,
  }))
  const choice =
    clear.length === 0
      ? undefined
      : {
          option: 'excelNames' as const,
          current: decided,
          safe: 'repair',
          values: [
            { value: 'repair', label: `Give ${plural(clear.length, 'name')} back`, ...diff(changes) },
            { value: 'keep', label: 'Leave them as they are', keeps: true },
          ],
        }
  return [
    review('excel-dates', text, { count: damaged.length, examples, choice }),
    ...ambiguousFindings(damaged.filter(({ candidates }) => candidates.length > 1)),
  ]
}

/** Which of two genes it was only the user can know. */
function ambiguousFindings(damaged: readonly Damaged[]): Finding[] {
  const names = new Map(damaged.map((each) => [each.name, each]))
  return [...names.values()].slice(0, ASKED_APART).map(({ name, where, candidates }) => {
    const choice = choiceOf(
      'geneNames',
      candidates.map((gene) => [`${name}=${gene}`, `It is ${gene}`] as const),
    )
    const text = `${quoted(name)} (${where}) can have been ${candidates.join(' or ')}. It keeps the name of the file until one is chosen.`
    return review('excel-ambiguous', text, { examples: candidates, choice })
  })
}

function givenFinding(genes: readonly string[], given: ReadonlyMap<string, string>): Finding[] {
  if (given.size === 0) return []
  const used = [...given].filter(([name]) => genes.includes(name))
  const absent = [...given.keys()].filter((name) => !genes.includes(name))
  const findings: Finding[] = []
  if (used.length > 0)
    findings.push(
      info(RENAMED_BY_HAND, `${plural(used.length, 'gene')} renamed by your choice.`, {
        count: used.length,
        examples: used.map(([name, gene]) => `${name} → ${gene}`),
      }),
    )
  if (absent.length > 0)
    findings.push(
      review('unknown-gene-names', `${listed(absent)} cannot be renamed: not in the data.`, {
        examples: absent,
      }),
    )
  return findings
}

function versionFinding(
  genes: readonly string[],
  versions: number,
  choice: ReadOptions['geneVersions'],
): Finding[] {
  if (versions === 0) return []
  const changes: Change[] = []
  genes.forEach((gene, index) => {
    const without = matchingName(gene)
    if (without !== gene) changes.push({ where: `gene ${count(index + 1)}`, before: gene, after: without })
  })
  const what = `${plural(versions, 'Ensembl identifier')} ${versions === 1 ? 'carries' : 'carry'} a version, such as ${quoted(changes[0]!.before)}.`
  const done = choice === 'strip' ? 'It was taken off.' : 'It is shown, and ignored when names are compared.'
  return [
    info('gene-versions', `${what} ${done}`, {
      count: versions,
      choice: {
        option: 'geneVersions',
        current: choice,
        values: [
          { value: 'strip', label: 'Take the versions off', ...diff(changes) },
          { value: 'keep', label: 'Keep them', keeps: true },
        ],
      },
    }),
  ]
}
