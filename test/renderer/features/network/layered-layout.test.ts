import { expect, test } from 'vitest'
import { layeredLayout } from '../../../../src-renderer/features/network/layered-layout'
import type { EdgeRow } from '../../../../src-renderer/services/edge-list'
import { edgeId } from '../../../../src-renderer/services/edge-list'

/** A small generator of its own: the layout must do with any network. */
function studies(count: number): { genes: string[]; rows: EdgeRow[] }[] {
  let state = 1
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: count }, () => {
    const genes = Array.from({ length: 4 + Math.floor(next() * 14) }, (_, index) => `g${index}`)
    const rows = genes.flatMap((source) =>
      genes
        .filter((target) => target !== source && next() < 0.16)
        .map((target): EdgeRow => {
          const probability = 0.5 + next() / 2
          return {
            id: edgeId({ source, target }),
            source,
            target,
            probability,
            logOdds: 0,
            effect: 0,
            effectLow: 0,
            effectHigh: 0,
            sign: 'unknown',
            chainDifference: 0,
            mark: '',
            disputed: false,
          }
        }),
    )
    return { genes, rows }
  })
}

test('every network gets a place for each gene, whatever the probabilities of its edges', () => {
  for (const { genes, rows } of studies(40)) {
    const positions = layeredLayout(genes, rows, 1.6)
    expect([...positions.keys()].sort()).toEqual([...genes].sort())
    for (const { x, y } of positions.values()) expect(Number.isFinite(x + y)).toBe(true)
  }
})
