import type { Reproduction, RunDifference, RunRecord } from '../../../src-shared/contract/reproduction'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { canonicalJson } from '../../io/result/canonical-json'
import type { ReadRecord } from './read-record'

/** Names listed in one sentence, at most. */
const LISTED = 5

/**
 * Says whether a run gave what was recorded, and if not, what differs: first what went in, then what came out. A report
 * records no numbers, so against a report only the input can be told apart.
 */
export function compareWithRecord(
  { record, result: recorded }: ReadRecord,
  run: AnalysisResult,
): Reproduction {
  const same = record.resultHash === run.resultHash
  const differences = same
    ? []
    : [
        ...files(record, run),
        ...names('genes', 'gene', record.genes, run.genes),
        ...names('samples', 'sample', record.samples, run.input.samples),
        ...experiments(record, run),
        ...settings(record, run),
        ...(recorded ? numbers(recorded, run) : []),
        ...software(record, run),
      ]
  return { recordedHash: record.resultHash, hash: run.resultHash, same, differences }
}

function files(record: RunRecord, run: AnalysisResult): RunDifference[] {
  const now = run.input.files
  const text = (file: { name: string; sha256: string }): string =>
    `'${file.name}' (SHA-256 ${file.sha256.slice(0, 12)}…)`
  return Array.from({ length: Math.max(record.files.length, now.length) }, (_, i) => [
    record.files[i],
    now[i],
  ])
    .filter(([before, after]) => before?.sha256 !== after?.sha256)
    .map(([before, after]) => ({
      part: 'files',
      text: `Input file: recorded ${before ? text(before) : 'none'}, now ${after ? text(after) : 'none'}.`,
    }))
}

function names(
  part: 'genes' | 'samples',
  what: string,
  recorded: readonly string[],
  now: readonly string[],
): RunDifference[] {
  const [before, after] = [new Set(recorded), new Set(now)]
  const missing = recorded.filter((name) => !after.has(name))
  const added = now.filter((name) => !before.has(name))
  const sentence = (list: readonly string[], verb: string): RunDifference[] =>
    list.length === 0
      ? []
      : [
          {
            part,
            text: `${list.length} ${what}${list.length === 1 ? '' : 's'} ${verb}: ${list.slice(0, LISTED).join(', ')}${list.length > LISTED ? ', …' : ''}.`,
          },
        ]
  const found = [...sentence(missing, 'of the record missing'), ...sentence(added, 'not in the record')]
  if (found.length === 0 && recorded.some((name, index) => name !== now[index]))
    return [{ part, text: `The ${what}s are in another order.` }]
  return found
}

function experiments(record: RunRecord, run: AnalysisResult): RunDifference[] {
  const before = {
    environments: record.environments,
    sizes: record.samplesPerEnvironment,
    control: record.control,
  }
  const after = {
    environments: run.environments,
    sizes: run.input.samplesPerEnvironment,
    control: run.input.control,
  }
  if (canonicalJson(before) === canonicalJson(after)) return []
  return [
    {
      part: 'samples',
      text: `The samples are grouped otherwise: recorded ${record.environments.length} experiments and control ${record.control ?? 'none'}, now ${run.environments.length} and ${run.input.control ?? 'none'}. Give the sample sheet or the column of the first run.`,
    },
  ]
}

function settings(record: RunRecord, run: AnalysisResult): RunDifference[] {
  const [before, after]: [Record<string, unknown>, Record<string, unknown>] = [
    { ...record.settings, transform: record.transform },
    { ...run.settings, transform: run.input.transform },
  ]
  return Object.keys({ ...before, ...after })
    .filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name]))
    .map((name) => ({
      part: 'settings',
      text: `Setting ${name}: recorded ${shown(before[name])}, now ${shown(after[name])}.`,
    }))
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : canonicalJson(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function numbers(recorded: AnalysisResult, run: AnalysisResult): RunDifference[] {
  const found: RunDifference[] = []
  const [d, genes] = [run.genes.length, run.genes]
  const add = (
    part: RunDifference['part'],
    what: string,
    before: Float64Array,
    after: Float64Array,
    place: (index: number) => string,
  ): void => {
    if (before.length !== after.length) return
    const { count, largest, at } = largestDifference(before, after)
    if (count > 0)
      found.push({
        part,
        text: `${what}: ${count} of ${after.length} differ, by up to ${Number(largest.toPrecision(3))} (${place(at)}).`,
      })
  }
  add('values', 'Expression values', recorded.input.values, run.input.values, (cell) => {
    return `${genes[cell % d]} in ${run.input.samples[Math.floor(cell / d)]}`
  })
  if (
    recorded.mode !== run.mode ||
    canonicalJson(recorded.model?.sha256) !== canonicalJson(run.model?.sha256)
  )
    found.push({
      part: 'model',
      text: `Answered by ${answeredBy(recorded)} then, by ${answeredBy(run)} now.`,
    })
  add('edges', 'Edge probabilities', recorded.edges.probability, run.edges.probability, (cell) => {
    return `${genes[Math.floor(cell / d)]} → ${genes[cell % d]}`
  })
  add('targets', 'Target probabilities', recorded.targets.probability, run.targets.probability, (cell) => {
    return `${genes[cell % d]} in ${run.environments[Math.floor(cell / d)]}`
  })
  found.push(...differential(recorded, run))
  const search = (result: AnalysisResult): string => {
    const { preset, maxParents, candidates, sweeps, chains, exactOrders } = result.diagnostics
    return canonicalJson({ preset, maxParents, candidates, sweeps, chains, exactOrders })
  }
  if (search(recorded) !== search(run))
    found.push({ part: 'search', text: `Search: recorded ${search(recorded)}, now ${search(run)}.` })
  return found
}

/** Genes that are not analysed have numbers too, and these depend on how the whole file was read. */
function differential(recorded: AnalysisResult, run: AnalysisResult): RunDifference[] {
  if (recorded.version < 3 || run.version < 3) return []
  if (canonicalJson(recorded.measured?.names) !== canonicalJson(run.measured?.names))
    return [{ part: 'genes', text: 'The file was read with other genes or other names of genes.' }]
  return canonicalJson(recorded.differential) === canonicalJson(run.differential)
    ? []
    : [{ part: 'values', text: 'Differential expression of the genes of the file differs.' }]
}

const answeredBy = ({ mode, model }: AnalysisResult): string =>
  model ? `mode ${mode} with model ${model.sha256.slice(0, 12)}` : `mode ${mode}`

function largestDifference(
  before: Float64Array,
  after: Float64Array,
): { count: number; largest: number; at: number } {
  let [count, largest, at] = [0, 0, 0]
  for (let i = 0; i < after.length; i++) {
    const [a, b] = [before[i]!, after[i]!]
    if (Object.is(a, b) || a === b) continue
    count++
    const difference = Math.abs(a - b)
    if (count === 1 || difference > largest) [largest, at] = [difference, i]
  }
  return { count, largest, at }
}

/** Another version or kernel is never a difference by itself, but the likely reason of one. */
function software(record: RunRecord, run: AnalysisResult): RunDifference[] {
  const text = (app: RunRecord['app']): string => `${app.name} ${app.version} (${app.kernel} kernel)`
  if (text(record.app) === text(run.app)) return []
  return [{ part: 'software', text: `Recorded with ${text(record.app)}, run again with ${text(run.app)}.` }]
}
