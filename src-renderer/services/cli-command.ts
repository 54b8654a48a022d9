import { REPAIRS, type RepairName } from '../../src-shared/contract/repairs'
import type { ResultView } from '../../src-shared/contract/result-view'
import { SETTINGS, type ScalarSetting } from '../../src-shared/contract/settings'
import type { ImportChoices } from '../../src-shared/domain/dataset'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Quoted for a POSIX shell; plain words stay as they are. */
export function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Choices of the import that are an option of the same name and value. */
const SAME_NAME = new Set([
  'environmentColumn',
  'orientation',
  'delimiter',
  'decimal',
  'duplicateGenes',
  'missingValues',
  'textCells',
  'groupBySampleName',
  'part',
  'hiddenCells',
  'controlGroups',
  'cells',
  'replicateColumn',
  'cellsPerExperiment',
  'minCells',
  'cellSeed',
  'minCounts',
  'minGenes',
  'maxMitochondrial',
])

/** Choices that are lists, and the option that each entry is given by. */
const LISTS: Readonly<Record<string, string>> = {
  excludedSamples: 'exclude',
  controlExperiments: 'control-experiment',
  pinnedGenes: 'pin',
  // what was named as a target is kept; that it is one, the known targets say
  targetGenes: 'pin',
}

/** Choices that are pairs. */
const PAIRS: Readonly<Record<string, string>> = {
  geneNames: 'gene-name',
  assignment: 'assign',
  controlGroupOf: 'control-group',
  directions: 'direction',
}

/** Values that an option does not know, because nothing is decided by them. */
const OPEN = new Set(['auto', 'ask'])
/** Said in the methods text only. */
const WITHOUT_EFFECT = new Set(['exclusionReasons'])

const RULE_OF = new Map<string, RepairName>(
  (Object.keys(REPAIRS) as RepairName[])
    .filter((rule) => !SAME_NAME.has(REPAIRS[rule].option))
    .map((rule) => [REPAIRS[rule].option, rule]),
)

type Words = readonly (readonly [option: string, value: string])[]

/** The options that say one choice of the import; null = the command line has none for it. */
function wordsOf(field: string, value: ImportChoices[string]): Words | null {
  if (WITHOUT_EFFECT.has(field)) return []
  if (field === 'acceptRepairs') return value === true ? [['accept-repairs', '']] : []
  if (field === 'geneCount' && typeof value === 'number') return [['genes', String(value)]]
  const [list, pairs, rule] = [LISTS[field], PAIRS[field], RULE_OF.get(field)]
  if (list !== undefined && Array.isArray(value)) return value.map((each) => [list, String(each)])
  if (pairs !== undefined && typeof value === 'object')
    return Object.entries(value).map(([name, own]) => [pairs, `${name}=${String(own)}`])
  if (rule !== undefined && typeof value === 'string')
    return [['fix', value === REPAIRS[rule].apply ? rule : `${rule}=${value}`]]
  if (!SAME_NAME.has(field) || (typeof value !== 'string' && typeof value !== 'number')) return null
  // "auto" of the repair of repeated genes adds counts up and averages other values; there is no option of that name
  if (field === 'duplicateGenes' && value === 'auto') return [['fix', 'duplicate-genes']]
  return OPEN.has(String(value)) ? [] : [[kebab(field), String(value)]]
}

export type CommandOfRun = Pick<
  ResultView,
  'files' | 'choices' | 'control' | 'transform' | 'settings' | 'genes' | 'geneChoice'
>

export interface CliCommand {
  readonly command: string
  /** the command reads the result itself, which has to be saved beside the data first */
  readonly needsResult: boolean
}

/**
 * The command that makes the same result, from what the run records of itself and not from what is open in the window. What no
 * option can say (a sample sheet, experiments that were added later) `reproduce` takes from the result.
 *
 * @param resultFile name that the result is saved under
 */
export function commandOfRun(run: CommandOfRun, resultFile: string): CliCommand {
  const files = run.files.map(({ name }) => shellWord(name))
  const choices = Object.entries(run.choices).map(([field, value]) => wordsOf(field, value))
  if (
    choices.includes(null) ||
    Object.values(run.settings.knownTargets).some(({ genes }) => genes.length === 0)
  )
    return { command: ['metacadi reproduce', shellWord(resultFile), ...files].join(' '), needsResult: true }
  const options = [
    ...controlOf(run),
    ['transform', run.transform] as const,
    ...choices.flatMap((words) => words ?? []),
  ]
  return {
    command: [
      'metacadi analyze',
      ...files,
      ...[...options, ...namedGenesOf(run), ...settingsOf(run)].map(([option, value]) =>
        option === 'accept-repairs' ? `--${option}` : `--${option} ${shellWord(value)}`,
      ),
    ].join(' '),
    needsResult: false,
  }
}

function controlOf({ control, choices }: CommandOfRun): Words {
  if (choices.controlExperiments !== undefined) return []
  return [['control', control ?? 'none']]
}

function namedGenesOf({ genes, geneChoice }: CommandOfRun): Words {
  const named = geneChoice?.kept.some(({ reason }) => reason === 'named') === true
  return named ? genes.map((gene) => ['gene', gene]) : []
}

function settingsOf({ settings }: CommandOfRun): Words {
  const { required, forbidden, tiers, roots, leaves } = settings.constraints
  return [
    ...(Object.keys(SETTINGS) as ScalarSetting[])
      .filter((name) => settings[name] !== SETTINGS[name].default)
      .map((name) => [kebab(name), String(settings[name])] as const),
    ...Object.entries(settings.knownTargets).map(
      ([experiment, { genes, complete }]) =>
        ['known-targets', `${experiment}=${[...genes, ...(complete ? [] : ['?'])].join(';')}`] as const,
    ),
    ...required.map(({ source, target }) => ['require', `${source}>${target}`] as const),
    ...forbidden.map(({ source, target }) => ['forbid', `${source}>${target}`] as const),
    ...(roots ?? []).map((gene) => ['root', gene] as const),
    ...(leaves ?? []).map((gene) => ['leaf', gene] as const),
    ...tiers.map((tier) => ['tier', tier.join(';')] as const),
  ]
}
