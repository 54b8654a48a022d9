import { describe, expect, it } from 'vitest'
import { summariseStudy } from '../../../src-main/core/features/summary'
import { drawTrainingStudy } from '../../../src-main/core/simulate/training'
import { halfBits } from '../../../src-main/io/shards/float16'
import { createShardBuilder, shardLayout } from '../../../src-main/io/shards'

const SHAPE = { genes: 5, experiments: 3 }
const BYTES = { f16: 2, f32: 4, u8: 1, i32: 4 } as const

describe('the layout of a shard', () => {
  it('puts sections at multiples of 64 bytes, one after the other, up to the end', () => {
    const { bytes, sections } = shardLayout(SHAPE, 7, true)
    let end = 0
    for (const { offset, dtype, shape } of Object.values(sections)) {
      expect(offset % 64).toBe(0)
      expect(offset).toBeGreaterThanOrEqual(end)
      expect(offset - end).toBeLessThan(64)
      expect(shape[0]).toBe(7)
      end = offset + BYTES[dtype] * shape.reduce((product, size) => product * size, 1)
    }
    expect(bytes % 64).toBe(0)
    expect(bytes).toBeGreaterThanOrEqual(end)
  })

  it('has closed-form sections only where they were asked for', () => {
    expect(Object.keys(shardLayout(SHAPE, 1, false).sections)).not.toContain('closedEdge')
    expect(Object.keys(shardLayout(SHAPE, 1, true).sections)).toContain('closedTarget')
  })
})

describe('a shard', () => {
  it('holds of each study what the simulator and the features said', () => {
    const builder = createShardBuilder(SHAPE, 3, true)
    const { sections } = shardLayout(SHAPE, 3, true)
    const studies = [11, 12, 13].map((seed) => drawTrainingStudy(seed, SHAPE, 'training'))
    studies.forEach((study, index) =>
      builder.put(index, study, summariseStudy(study.values, 5, study.starts), {
        edge: new Float64Array(25).fill(index),
        target: new Float64Array(15).fill(-1 - index),
      }),
    )
    const view = new DataView(builder.bytes.buffer)
    studies.forEach((study, b) => {
      const summary = summariseStudy(study.values, 5, study.starts)
      summary.pair.forEach((value, i) =>
        expect(view.getUint16(sections.pair!.offset + 2 * (b * summary.pair.length + i), true)).toBe(
          halfBits(value),
        ),
      )
      summary.global.forEach((value, i) =>
        expect(view.getFloat32(sections.glob!.offset + 4 * (b * 15 + i), true)).toBe(value),
      )
      study.edges.forEach((edge, i) => expect(builder.bytes[sections.edge!.offset + b * 25 + i]).toBe(edge))
      study.targets.forEach((target, i) =>
        expect(builder.bytes[sections.target!.offset + b * 15 + i]).toBe(target),
      )
      expect(builder.bytes[sections.family!.offset + b]).toBe(study.family)
      expect(view.getInt32(sections.samples!.offset + 8 * b, true)).toBe(study.starts[1])
      expect(view.getInt32(sections.samples!.offset + 8 * b + 4, true)).toBe(study.starts[4])
      expect(view.getFloat32(sections.closedEdge!.offset + 4 * (b * 25 + 24), true)).toBe(b)
      expect(view.getFloat32(sections.closedTarget!.offset + 4 * b * 15, true)).toBe(-1 - b)
    })
  })
})
