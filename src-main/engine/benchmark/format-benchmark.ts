import { detectionSection, partsSection, unusualSection } from './format-parts'
import type { BenchmarkReport, BetterPeer, CellRow, HeadlineRow, PeerHeadlineRow, PooledRow } from './report'
import { fixed, share, textTable } from './text-table'

/** The report as plain text: headline, every cell, pooled calibration, and where peers are ahead. */
export function formatBenchmark(report: BenchmarkReport): string {
  const { app, datasets, failures, settings } = report
  const sections = [
    [
      `${app.name} ${app.version}, ${datasets.length} studies of ${report.manifest} in ${fixed(report.wallSeconds, 0)} s`,
      `${report.createdAt}, Node ${report.node}, ${report.platform}, ${report.jobs} at a time, ${report.threads} thread each`,
      `settings ${JSON.stringify(settings)}`,
    ].join('\n'),
  ]
  if (report.headline.length > 0) sections.push(headlineSection(report.headline, report.peerHeadline))
  sections.push(cellSection(report.cells), pooledSection(report.pooled))
  if (report.detection.length > 0) sections.push(detectionSection(report.detection))
  if (report.unusual.length > 0) sections.push(unusualSection(report.unusual))
  if (report.parts.length > 0) sections.push(partsSection(report))
  if (report.peerHeadline.length > 0) sections.push(peerSection(report.betterPeers))
  if (failures.length > 0)
    sections.push(
      [
        'Studies without a result',
        ...failures.map(({ id, code, message }) => `${id}: ${code} ${message}`),
      ].join('\n'),
    )
  return sections.join('\n\n') + '\n'
}

function headlineSection(ours: readonly HeadlineRow[], peers: readonly PeerHeadlineRow[]): string {
  const sizes = ours.map((row) => row.samplesPerEnvironment)
  const header = ['method', ...sizes.flatMap((n) => [`n = ${n}: AUPRC`, 'top-1', 'edge AUPRC', 'SHD'])]
  const line = (
    method: string,
    rows: readonly Pick<
      HeadlineRow,
      'samplesPerEnvironment' | 'targetAuprc' | 'topOne' | 'edgeAuprc' | 'distance'
    >[],
  ): string[] => [
    method,
    ...sizes.flatMap((n) => {
      const row = rows.find((candidate) => candidate.samplesPerEnvironment === n)
      return row
        ? [share(row.targetAuprc), share(row.topOne), share(row.edgeAuprc), fixed(row.distance, 1)]
        : ['–', '–', '–', '–']
    }),
  ]
  const sorted = [...peers].sort((a, b) => targetMean(b) - targetMean(a))
  const studies = ours.map((row) => `${row.runs} at n = ${row.samplesPerEnvironment}`).join(', ')
  return [
    `Means over lin + anm + grn with 10 and 20 genes (studies: ${studies}); AUPRC and top-1 of targets`,
    textTable(header, [line('this run', ours), ...sorted.map((peer) => line(peer.method, peer.bySamples))]),
  ].join('\n')
}

/** Mean target AUPRC over sample sizes; methods that rank no targets come last. */
function targetMean(peer: PeerHeadlineRow): number {
  const sum = peer.bySamples.reduce((total, row) => total + row.targetAuprc, 0)
  return Number.isNaN(sum) ? -1 : sum / peer.bySamples.length
}

function cellSection(cells: readonly CellRow[]): string {
  const header = [
    'family',
    'genes',
    'n',
    'studies',
    'target AUROC',
    'AUPRC',
    'top-1',
    'ECE',
    'edge AUROC',
    'AUPRC',
    'SHD',
    'ECE',
    'seconds',
  ]
  const rows = cells.map((cell) => [
    cell.family,
    String(cell.genes),
    String(cell.samplesPerEnvironment),
    String(cell.runs),
    share(cell.targetAuroc),
    share(cell.targetAuprc),
    share(cell.topOne),
    share(cell.targetCalibration),
    share(cell.edgeAuroc),
    share(cell.edgeAuprc),
    fixed(cell.distance, 1),
    share(cell.edgeCalibration),
    fixed(cell.seconds, 2),
  ])
  return ['Means per family, number of genes and samples per environment', textTable(header, rows)].join('\n')
}

function pooledSection(pooled: readonly PooledRow[]): string {
  const header = [
    'family',
    'n',
    'studies',
    'target error',
    'log loss',
    'listed',
    'realised FDR',
    'edge error',
    'log loss',
    'listed',
    'realised FDR',
  ]
  const rows = pooled.map(({ family, samplesPerEnvironment, studies, targets, edges }) => [
    family,
    samplesPerEnvironment === null ? 'all' : String(samplesPerEnvironment),
    String(studies),
    ...[targets, edges].flatMap((part) => [
      share(part.calibrationError),
      fixed(part.logLoss, 4),
      String(part.listed),
      share(part.realisedFdr),
    ]),
  ])
  return [
    'Calibration pooled over studies (predictions above .05, ten bins) and lists cut at an estimated FDR of 10 %',
    textTable(header, rows),
  ].join('\n')
}

const METRIC_NAMES: Readonly<Record<BetterPeer['metric'], string>> = {
  targetAuprc: 'target AUPRC',
  topOne: 'top-1',
  edgeAuprc: 'edge AUPRC',
  distance: 'SHD',
}

function peerSection(better: readonly BetterPeer[]): string {
  if (better.length === 0) return 'No peer is ahead in any cell.'
  const number = (row: BetterPeer, value: number): string =>
    row.metric === 'distance' ? fixed(value, 1) : share(value)
  const rows = better.map((row) => [
    row.family,
    String(row.genes),
    String(row.samplesPerEnvironment),
    METRIC_NAMES[row.metric],
    number(row, row.ours),
    number(row, row.theirs),
    String(row.theirRuns),
    row.method + (row.givenTruth ? ' (given part of the truth)' : ''),
  ])
  return [
    'Cells in which a peer is ahead',
    textTable(['family', 'genes', 'n', 'metric', 'this run', 'peer', 'studies', 'method'], rows),
  ].join('\n')
}
