import { endianness } from 'node:os'
import { AppError } from '../../../src-shared/contract/errors'
import type { StudySummary } from '../../core/features/summary'
import { ancestors, type StudyShape, type TrainingStudy } from '../../core/simulate/training'
import { encodeHalves } from './float16'
import { shardLayout, type ShardSection } from './shard-layout'

/** What the closed-form analysis says of a study. */
export interface ClosedFormLogOdds {
  /** [d, d] of edges, row = cause */
  readonly edge: Float64Array
  /** [K, d] of targets, before the prior on their number */
  readonly target: Float64Array
}

/** The bytes of one shard, filled study by study. */
export interface ShardBuilder {
  readonly bytes: Uint8Array<ArrayBuffer>
  put(index: number, study: TrainingStudy, summary: StudySummary, closed?: ClosedFormLogOdds): void
}

/** @throws AppError INTERNAL on a big-endian machine: shards are little-endian and mapped as they lie */
export function createShardBuilder(shape: StudyShape, studies: number, closedForm: boolean): ShardBuilder {
  if (endianness() !== 'LE')
    throw new AppError('INTERNAL', 'Shards can only be written on a little-endian machine.')
  const { bytes: size, sections } = shardLayout(shape, studies, closedForm)
  const buffer = new ArrayBuffer(size)
  const elements = ({ shape: [, ...rest] }: ShardSection): number =>
    rest.reduce((product, length) => product * length, 1)
  const halves = (name: string): Uint16Array => {
    const section = sections[name]!
    return new Uint16Array(buffer, section.offset, studies * elements(section))
  }
  const floats = (name: string): Float32Array => {
    const section = sections[name]!
    return new Float32Array(buffer, section.offset, studies * elements(section))
  }
  const small = (name: string): Uint8Array => {
    const section = sections[name]!
    return new Uint8Array(buffer, section.offset, studies * elements(section))
  }
  const [pair, env, glob] = [halves('pair'), halves('env'), floats('glob')]
  const [edge, ancestor, target, family] = [
    small('edge'),
    small('ancestor'),
    small('target'),
    small('family'),
  ]
  const samples = new Int32Array(buffer, sections.samples!.offset, 2 * studies)
  const closedEdge = closedForm ? floats('closedEdge') : null
  const closedTarget = closedForm ? floats('closedTarget') : null

  return {
    bytes: new Uint8Array(buffer),
    put(index, study, summary, closed) {
      encodeHalves(summary.pair, pair, index * summary.pair.length)
      encodeHalves(summary.experiment, env, index * summary.experiment.length)
      glob.set(summary.global, index * summary.global.length)
      edge.set(study.edges, index * study.edges.length)
      ancestor.set(ancestors(study.edges, study.genes), index * study.edges.length)
      target.set(study.targets, index * study.targets.length)
      family[index] = study.family
      samples[2 * index] = study.starts[1]!
      samples[2 * index + 1] = study.starts.at(-1)!
      if (closed) {
        closedEdge?.set(closed.edge, index * closed.edge.length)
        closedTarget?.set(closed.target, index * closed.target.length)
      }
    },
  }
}
