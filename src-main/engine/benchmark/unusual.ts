import { disagreements } from '../../../src-shared/domain/answer-parts'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { groupBy } from './group-by'
import type { DatasetRow, Unusual, UnusualRow } from './report'

/** How often the parts of a result disagree, and what of the study the model has not met in training. */
export function unusualIn({ parts, genes }: AnalysisResult): Unusual | null {
  if (!parts?.edges.closedForm) return null
  return {
    targetDisagreement: disagreements(parts.targets).length / parts.targets.network.length,
    edgeDisagreement: disagreements(parts.edges, genes.length).length / parts.edges.network.length,
    outside: [...new Set(parts.outside.map(({ quantity }) => quantity))],
  }
}

export function unusualRows(rows: readonly DatasetRow[]): UnusualRow[] {
  const judged = rows.flatMap((row) => (row.unusual ? [{ row, unusual: row.unusual }] : []))
  const groups = groupBy(judged, ({ row }) => `${row.family}/${row.samplesPerEnvironment}`)
  return [...groups.values()].map((members) => {
    const mean = (of: (unusual: Unusual) => number): number =>
      members.reduce((sum, { unusual }) => sum + of(unusual), 0) / members.length
    return {
      family: members[0]!.row.family,
      samplesPerEnvironment: members[0]!.row.samplesPerEnvironment,
      studies: members.length,
      targetDisagreement: mean((unusual) => unusual.targetDisagreement),
      edgeDisagreement: mean((unusual) => unusual.edgeDisagreement),
      outside: mean((unusual) => (unusual.outside.length > 0 ? 1 : 0)),
    }
  })
}
