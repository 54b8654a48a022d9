import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { isHeadline, meanOfDefined } from './aggregate'
import { groupBy } from './group-by'
import { readJson } from './manifest'
import type { BetterPeer, CellRow, PeerHeadlineRow } from './report'

const Metric = z.number().nullish()
const PeerRow = z.object({
  family: z.string(),
  d: z.number(),
  n: z.number(),
  method: z.string(),
  runs: z.number(),
  intv_auprc: Metric,
  top1: Metric,
  edge_auprc: Metric,
  shd: Metric,
})
type PeerRow = z.infer<typeof PeerRow>
const Peers = z.object({ rows: z.array(PeerRow) })

const METRICS = [
  { name: 'targetAuprc', field: 'intv_auprc', sign: 1 },
  { name: 'topOne', field: 'top1', sign: 1 },
  { name: 'edgeAuprc', field: 'edge_auprc', sign: 1 },
  { name: 'distance', field: 'shd', sign: -1 },
] as const

/** What a method is told counts for nothing: the true parents give edges away, the true targets targets. */
const TOLD: ReadonlyMap<string, Partial<PeerRow>> = new Map([
  ['rs_oracle', { edge_auprc: null, shd: null }],
  ['gies_oracle', { intv_auprc: null, top1: null }],
  ['dibs_oracle_targets', { intv_auprc: null, top1: null }],
])

/** Peers' values are stored with three decimals; a smaller difference is none. */
const RESOLUTION = 1e-3

/** The figures of other methods on the same studies, if they lie beside the folder of the manifest. */
export async function readPeers(manifestPath: string): Promise<PeerRow[]> {
  const path = join(dirname(manifestPath), '..', 'peers_public.json')
  if (!existsSync(path)) return []
  return (await readJson(path, Peers)).rows.map(withoutTheGiven)
}

export function peerHeadline(peers: readonly PeerRow[]): PeerHeadlineRow[] {
  const cells = peers.filter((row) => isHeadline({ family: row.family, genes: row.d }))
  return [...groupBy(cells, (row) => row.method)].map(([method, rows]) => ({
    method,
    bySamples: [...groupBy(rows, (row) => row.n)]
      .map(([samplesPerEnvironment, members]) => {
        const mean = (field: (typeof METRICS)[number]['field']): number =>
          meanOfDefined(members.map((row) => row[field] ?? NaN))
        return {
          samplesPerEnvironment,
          targetAuprc: mean('intv_auprc'),
          topOne: mean('top1'),
          edgeAuprc: mean('edge_auprc'),
          distance: mean('shd'),
        }
      })
      .sort((a, b) => a.samplesPerEnvironment - b.samplesPerEnvironment),
  }))
}

/** Every cell and metric in which a peer is ahead of these rows, largest lead first within a cell. */
export function betterPeers(cells: readonly CellRow[], peers: readonly PeerRow[]): BetterPeer[] {
  return cells.flatMap((cell) =>
    METRICS.flatMap(({ name, field, sign }) =>
      peers
        .filter(
          (row) => row.family === cell.family && row.d === cell.genes && row.n === cell.samplesPerEnvironment,
        )
        .flatMap((row) => {
          const theirs = row[field]
          if (theirs == null || sign * (theirs - cell[name]) < RESOLUTION) return []
          return [
            {
              ...place(cell),
              metric: name,
              ours: cell[name],
              method: row.method,
              theirs,
              theirRuns: row.runs,
              givenTruth: TOLD.has(row.method),
            },
          ]
        })
        .sort((a, b) => sign * (b.theirs - a.theirs)),
    ),
  )
}

function place(cell: CellRow): Pick<BetterPeer, 'family' | 'genes' | 'samplesPerEnvironment'> {
  return { family: cell.family, genes: cell.genes, samplesPerEnvironment: cell.samplesPerEnvironment }
}

function withoutTheGiven(row: PeerRow): PeerRow {
  return { ...row, ...TOLD.get(row.method) }
}
