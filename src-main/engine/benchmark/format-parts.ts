import type {
  BenchmarkReport,
  CellRow,
  DetectionRow,
  PartName,
  PooledRow,
  Scores,
  UnusualRow,
} from './report'
import { fixed, share, textTable } from './text-table'

const sizeText = (samples: number | null): string => (samples === null ? 'all' : String(samples))

export function detectionSection(rows: readonly DetectionRow[]): string {
  const header = [
    'family',
    'n',
    'without target',
    'said of them',
    'with target',
    'false alarms',
    'AUROC of P(no target)',
  ]
  return [
    "'No confident target' in studies that have experiments without one",
    textTable(
      header,
      rows.map((row) => [
        row.family,
        sizeText(row.samplesPerEnvironment),
        String(row.withoutTarget),
        share(row.detected),
        String(row.withTarget),
        share(row.falseAlarms),
        share(row.auroc),
      ]),
    ),
    '',
    'What other cuts of P(any target) would give, all studies together',
    textTable(
      ['P(any target) below', 'said of those without', 'false alarms'],
      rows.at(-1)!.cuts.map((cut) => [fixed(cut.anyTarget, 2), share(cut.detected), share(cut.falseAlarms)]),
    ),
  ].join('\n')
}

export function unusualSection(rows: readonly UnusualRow[]): string {
  const header = ['family', 'n', 'studies', 'targets disagree', 'edges disagree', 'outside training']
  return [
    'Share of cells on which network and closed form disagree, and of studies outside the training range',
    textTable(
      header,
      rows.map((row) => [
        row.family,
        sizeText(row.samplesPerEnvironment),
        String(row.studies),
        fixed(row.targetDisagreement, 4),
        fixed(row.edgeDisagreement, 4),
        share(row.outside),
      ]),
    ),
  ].join('\n')
}

const PART_NAMES: Readonly<Record<PartName, string>> = {
  full: 'this run',
  network: 'network',
  'closed-form': 'closed form',
  mean: 'mean of log-odds',
}

/** Every part beside the answer: per cell, and pooled. */
export function partsSection(report: BenchmarkReport): string {
  const methods: (Scores & { readonly part: PartName })[] = [{ ...report, part: 'full' }, ...report.parts]
  return [
    'Parts by themselves, on the same runs: means per family, number of genes and samples per environment',
    cellsByPart(methods),
    '',
    'Parts by themselves: calibration pooled over studies and lists cut at an estimated FDR of 10 %',
    pooledByPart(methods),
  ].join('\n')
}

function cellsByPart(methods: readonly (Scores & { readonly part: PartName })[]): string {
  const header = ['family', 'genes', 'n', 'method', 'target AUPRC', 'top-1', 'edge AUPRC', 'SHD']
  const same = (a: CellRow, b: CellRow): boolean =>
    a.family === b.family && a.genes === b.genes && a.samplesPerEnvironment === b.samplesPerEnvironment
  const rows = methods[0]!.cells.flatMap((cell) =>
    methods.flatMap(({ part, cells }) =>
      cells
        .filter((other) => same(cell, other))
        .map((row) => [
          row.family,
          String(row.genes),
          String(row.samplesPerEnvironment),
          PART_NAMES[part],
          share(row.targetAuprc),
          share(row.topOne),
          share(row.edgeAuprc),
          fixed(row.distance, 1),
        ]),
    ),
  )
  return textTable(header, rows)
}

function pooledByPart(methods: readonly (Scores & { readonly part: PartName })[]): string {
  const header = [
    'family',
    'n',
    'method',
    'target error',
    'log loss',
    'realised FDR',
    'edge error',
    'log loss',
    'realised FDR',
  ]
  const same = (a: PooledRow, b: PooledRow): boolean =>
    a.family === b.family && a.samplesPerEnvironment === b.samplesPerEnvironment
  const rows = methods[0]!.pooled.flatMap((group) =>
    methods.flatMap(({ part, pooled }) =>
      pooled
        .filter((other) => same(group, other))
        .map(({ family, samplesPerEnvironment, targets, edges }) => [
          family,
          sizeText(samplesPerEnvironment),
          PART_NAMES[part],
          ...[targets, edges].flatMap(({ calibrationError, logLoss, realisedFdr }) => [
            share(calibrationError),
            fixed(logLoss, 4),
            share(realisedFdr),
          ]),
        ]),
    ),
  )
  return textTable(header, rows)
}
