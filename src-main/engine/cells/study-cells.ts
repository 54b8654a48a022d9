import {
  describeStudy,
  edgeCells,
  STUDY_QUANTITIES,
  targetCells,
  type Cells,
  type NetworkAnswer,
} from '../../core/combine'
import type { ShardCondition, ShardStudy } from '../../io/shards'
import type { StudyCells } from '../../io/cells/cell-files'

/**
 * What the combiner sees of a study whose truth is known.
 *
 * @param closed the closed form's log-odds of the study
 * @param conditions what the studies of its folder have in common
 */
export function cellsOfStudy(
  study: ShardStudy,
  network: NetworkAnswer,
  closed: NonNullable<ShardStudy['closed']>,
  conditions: readonly ShardCondition[],
): StudyCells {
  const { summary } = study
  const { genes: d, experiments: K } = summary
  const target = targetCells(summary, network, closed)
  const edge = edgeCells(summary, network, closed)
  const { quantities } = describeStudy(summary)
  return {
    family: study.family,
    genes: d,
    experiments: K,
    controlSamples: study.controlSamples,
    samples: quantities.medianSamples,
    conditions: conditions.join(' '),
    target: { features: target.features, labels: study.target },
    edge: withoutDiagonal(edge, study.edge, d),
    quantities: STUDY_QUANTITIES.map((name) => quantities[name]),
  }
}

function withoutDiagonal(cells: Cells, labels: Uint8Array, d: number): StudyCells['edge'] {
  const width = cells.names.length
  const features = new Float32Array(d * (d - 1) * width)
  const kept = new Uint8Array(d * (d - 1))
  let row = 0
  for (let cell = 0; cell < d * d; cell++) {
    if (cell % (d + 1) === 0) continue
    features.set(cells.features.subarray(cell * width, (cell + 1) * width), row * width)
    kept[row++] = labels[cell]!
  }
  return { features, labels: kept }
}
