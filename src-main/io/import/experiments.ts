import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DetectedTable, Finding } from '../../../src-shared/contract/dataset-summary'
import type { KnownTargets } from '../../../src-shared/domain/run-settings'
import { blocking, choiceOf, count, info, listed, plural, review, shown } from './findings'
import { isAssigned, matchSheet } from './match-sheet'
import { groupBySampleName } from './sample-name-groups'
import type { SampleSheet, SheetRow } from './types'

/** Which sample belongs to which experiment, before the control is known. */
export interface Experiments {
  readonly from: DetectedTable['environmentFrom']
  readonly column: string | null
  /** [samples] experiment; '' = left out */
  readonly labels: readonly string[]
  /** experiments before samples were moved or left out by hand: a list of them keeps its order while that is done */
  readonly order: readonly string[]
  /** samples that the sheet calls controls */
  readonly sheetControls: ReadonlySet<number>
  /** control group that the sheet names for an experiment */
  readonly controlGroups: ReadonlyMap<string, string>
  readonly knownTargets: ReadonlyMap<string, KnownTargets>
  /** way in which the known targets of an experiment move, where the sheet says it */
  readonly directions: ReadonlyMap<string, 'up' | 'down'>
  /** [samples] '' = not said; null = no sheet says any */
  readonly batches: readonly string[] | null
  /** rows of the sheet that have a sample, under the name of the sample; null = no sheet */
  readonly sheetRows: readonly SheetRow[] | null
  readonly findings: readonly Finding[]
}

export interface ExperimentSources {
  readonly samples: readonly string[]
  readonly samplesUnnamed: boolean
  /** labels by a column or row of the table, and its name */
  readonly labels: readonly string[] | null
  readonly column: string | null
  readonly candidates: readonly string[]
  readonly sheet: SampleSheet | null
  readonly fileNames: string
}

/** Sheet before column before sample names; `assignment` has the last word over all of them. */
export function assignExperiments(sources: ExperimentSources, options: ReadOptions): Experiments {
  const { samples, sheet } = sources
  const findings: Finding[] = []
  const excluded = new Set(options.excludedSamples)
  let from: DetectedTable['environmentFrom'] = 'none'
  let labels: readonly string[] | null = null
  let rows: readonly (SheetRow | null)[] = []
  const groupNames = options.groupBySampleName
  if (sheet && !sources.samplesUnnamed) {
    const matched = matchSheet(samples, sheet, options)
    rows = matched.rows
    findings.push(...matched.findings)
    const fallback = sheet.hasExperiments ? null : labelsWithoutSheet(sources, groupNames)
    if (sheet.hasExperiments || fallback) {
      from = sheet.hasExperiments ? 'sheet' : fallback!.from
      labels = samples.map((_, index) => sheetLabel(rows[index] ?? null, fallback?.labels[index] ?? ''))
    }
  } else {
    if (sheet) findings.push(namelessSamples(sources.fileNames, sheet))
    const found = labelsWithoutSheet(sources, groupNames)
    if (found) {
      from = found.from
      labels = found.labels
    }
  }
  labels ??= samples.map(() => '')
  const order = [...new Set(labels)]
  if (options.assignment) {
    const { assignment } = options
    labels = labels.map((label, index) =>
      isAssigned(options, samples[index]!) ? assignment[samples[index]!]!.trim() : label,
    )
    if (from === 'none') from = 'assignment'
    findings.push(...unknownSamples(Object.keys(options.assignment), samples, 'assignment'))
  }
  findings.push(...unknownSamples(options.excludedSamples, samples, 'excludedSamples'))
  if (excluded.size > 0) labels = labels.map((label, index) => (excluded.has(samples[index]!) ? '' : label))
  if (labels.every((label) => label === '')) findings.push(noExperiments(sources))
  else findings.push(...leftOut(labels, sources, excluded, options, rows))
  return {
    from,
    column: from === 'column' ? sources.column : null,
    labels,
    order,
    sheetControls: controlsOf(rows, samples, labels, options),
    controlGroups: new Map([
      ...rows
        .filter((row) => row !== null && row.controlGroup !== '' && row.role !== 'control')
        .map((row) => [row!.experiment, row!.controlGroup] as const),
      ...Object.entries(options.controlGroupOf),
    ]),
    knownTargets: knownTargetsOf(rows, labels),
    directions: directionsOf(rows, labels, options.directions),
    batches: rows.some((row) => row && row.batch !== '') ? samples.map((_, i) => rows[i]?.batch ?? '') : null,
    sheetRows: sheet && rows.flatMap((row, index) => (row ? [{ ...row, sample: samples[index]! }] : [])),
    findings,
  }
}

/** A sample that the user moved no longer has the role that the sheet gave it; experiments named as controls replace the sheet's. */
function controlsOf(
  rows: readonly (SheetRow | null)[],
  samples: readonly string[],
  labels: readonly string[],
  options: ReadOptions,
): Set<number> {
  const named = new Set(options.controlExperiments)
  if (named.size > 0) return new Set([...labels.keys()].filter((index) => named.has(labels[index]!)))
  const controls = new Set<number>()
  rows.forEach((row, index) => {
    if (row?.role === 'control' && !isAssigned(options, samples[index]!)) controls.add(index)
  })
  return controls
}

function labelsWithoutSheet(
  sources: ExperimentSources,
  groupNames: ReadOptions['groupBySampleName'],
): { from: 'column' | 'sample-names'; labels: readonly string[] } | null {
  const useNames = groupNames === 'yes' || (groupNames === 'auto' && sources.labels === null)
  if (useNames && !sources.samplesUnnamed) {
    const groups = groupBySampleName(sources.samples)
    if (groups.convincing || groupNames === 'yes') return { from: 'sample-names', labels: groups.labels }
  }
  return sources.labels ? { from: 'column', labels: sources.labels } : null
}

/** A control sample needs no experiment of its own; its group is settled with the other controls. */
function sheetLabel(row: SheetRow | null, fallback: string): string {
  if (!row) return ''
  if (row.experiment !== '') return row.experiment
  return fallback !== '' ? fallback : row.role === 'control' ? 'control' : ''
}

function namelessSamples(fileNames: string, sheet: SampleSheet): Finding {
  return blocking(
    'DATA_FORMAT',
    'nameless-samples',
    `The samples of ${fileNames} have no names, so ${sheet.name} cannot be matched (it is never matched by position). Add a column 'sample' to the table.`,
  )
}

function noExperiments(sources: ExperimentSources): Finding {
  const text =
    `No experiments were found in ${sources.fileNames}: there is no column such as 'environment' or 'condition', ` +
    'no sample sheet, and the sample names form no groups. Add a sample sheet, choose a column, or assign the samples by hand.'
  return blocking('DATA_INSUFFICIENT', 'no-experiments', text, {
    ...(sources.candidates.length > 0
      ? {
          choice: choiceOf(
            'environmentColumn',
            sources.candidates.map((name) => [name, `Column '${name}'`] as const),
          ),
        }
      : {}),
  })
}

function leftOut(
  labels: readonly string[],
  { samples }: ExperimentSources,
  excluded: ReadonlySet<string>,
  options: ReadOptions,
  rows: readonly (SheetRow | null)[],
): Finding[] {
  const unassigned: string[] = []
  let byUser = 0
  labels.forEach((label, index) => {
    const sample = samples[index]!
    if (label !== '') return
    if (excluded.has(sample) || isAssigned(options, sample)) byUser++
    else if (rows.length === 0 || rows[index]) unassigned.push(sample)
  })
  const findings: Finding[] = []
  if (unassigned.length > 0)
    findings.push(
      review(
        'unassigned-samples',
        `${plural(unassigned.length, 'sample')} without an experiment (${listed(unassigned)}) ${unassigned.length === 1 ? 'is' : 'are'} left out.`,
        { examples: unassigned },
      ),
    )
  if (byUser > 0) findings.push(excludedFinding(byUser, samples, excluded, options.exclusionReasons))
  return findings
}

const REASONS_TOLD = 20

/** rule of the finding that is kept for the record of the run */
export const LEFT_OUT_BY_HAND = 'excluded-samples'

function excludedFinding(
  total: number,
  samples: readonly string[],
  excluded: ReadonlySet<string>,
  reasons: ReadOptions['exclusionReasons'],
): Finding {
  const why = samples
    .filter((sample) => excluded.has(sample) && Object.hasOwn(reasons, sample))
    .map((sample) => `${shown(sample)}: ${shown(reasons[sample]!)}`)
  const more = why.length > REASONS_TOLD ? ` and ${count(why.length - REASONS_TOLD)} more` : ''
  const words = why.length === 0 ? '' : ` Reasons: ${why.slice(0, REASONS_TOLD).join('; ')}${more}.`
  return info(LEFT_OUT_BY_HAND, `${plural(total, 'sample')} left out by your choice.${words}`, {
    count: total,
    examples: samples.filter((sample) => excluded.has(sample)),
  })
}

function unknownSamples(
  names: readonly string[],
  samples: readonly string[],
  rule: 'assignment' | 'excludedSamples',
): Finding[] {
  if (names.length === 0) return []
  const known = new Set(samples)
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length === 0) return []
  const isNot = unknown.length === 1 ? 'is' : 'are'
  const text =
    rule === 'excludedSamples'
      ? `${plural(unknown.length, 'sample')} to leave out (${listed(unknown)}) ${isNot} not in the data: nothing was left out for ${unknown.length === 1 ? 'it' : 'them'}. Check the spelling.`
      : `${plural(unknown.length, 'chosen sample')} (${listed(unknown)}) ${isNot} not in the data.`
  return [review(`unknown-samples-${rule}`, text, { examples: unknown })]
}

function directionsOf(
  rows: readonly (SheetRow | null)[],
  labels: readonly string[],
  chosen: ReadOptions['directions'],
): Map<string, 'up' | 'down'> {
  const directions = new Map<string, 'up' | 'down'>()
  rows.forEach((row, index) => {
    if (row?.direction && labels[index] !== '' && row.role !== 'control')
      directions.set(labels[index]!, row.direction)
  })
  for (const [experiment, direction] of Object.entries(chosen))
    if (direction === 'unknown') directions.delete(experiment)
    else directions.set(experiment, direction)
  return directions
}

/** The sheet's targets are certain; that there are no others it must say in a column of its own. */
function knownTargetsOf(
  rows: readonly (SheetRow | null)[],
  labels: readonly string[],
): Map<string, KnownTargets> {
  const targets = new Map<string, Set<string>>()
  const complete = new Set<string>()
  rows.forEach((row, index) => {
    const label = labels[index]!
    if (!row || label === '' || row.role === 'control') return
    const genes = targets.get(label) ?? new Set<string>()
    for (const gene of row.knownTargets) genes.add(gene)
    if (row.complete) complete.add(label)
    if (genes.size > 0) targets.set(label, genes)
  })
  return new Map(
    [...targets].map(([label, genes]) => [label, { genes: [...genes], complete: complete.has(label) }]),
  )
}
