import { describe, expect, it } from 'vitest'
import { createDetours, detourOf } from '../../../../src-renderer/features/network/edge-detours'
import type { NamedEdge, NodeBox } from '../../../../src-renderer/features/network/node-box'
import { makePicture, type PictureRequest } from '../../../../src-renderer/features/network/picture'
import type { Point } from '../../../../src-renderer/services/point'

const genes = ['A', 'B', 'C', 'D'] as const
const key = (gene: string): string => `n ${gene}`
const edge = (source: string, target: string): NamedEdge => ({
  id: `${source}${target}`,
  source: key(source),
  target: key(target),
})

/** A causes B causes C, A causes C as well; D stands alone. */
function request(places: ReadonlyMap<string, Point> = new Map()): PictureRequest {
  const joined = [edge('A', 'B'), edge('B', 'C'), edge('A', 'C')]
  return {
    genes,
    places,
    edges: joined.map(({ id }) => ({ id, source: id[0]!, target: id[1]!, probability: 0.9 })),
    aspect: 2,
    drawn: {
      boxes: genes.map((gene) => ({ id: key(gene), halfWidth: 27, halfHeight: 14 })),
      edges: joined,
    },
  }
}

describe('a picture made beside the window', () => {
  it('places every gene, causes above their effects, and says how each edge goes', () => {
    const { places, boxes, detours } = makePicture(request())
    expect([...places.keys()].toSorted()).toEqual([...genes])
    expect(places.get('A')!.y).toBeLessThan(places.get('B')!.y)
    expect(places.get('B')!.y).toBeLessThan(places.get('C')!.y)
    expect([...detours.keys()].toSorted()).toEqual(['AB', 'AC', 'BC'])
    for (const { id, source, target } of request().drawn.edges)
      expect(detours.get(id)).toEqual(detourOf({ source, target }, boxes))
  })

  it('leaves genes where they are that have a place', () => {
    const column = new Map(genes.map((gene, row) => [gene, { x: 0, y: 80 * row }]))
    const picture = makePicture(request(column))
    expect(picture.places).toBe(column)
    expect(picture.detours.get('AC')).toMatchObject({ kind: 'bend' })
    const one = makePicture(request(new Map([['D', { x: 7, y: 9 }]])))
    expect(one.places.get('D')).toEqual({ x: 7, y: 9 })
    expect(one.places.size).toBe(4)
  })
})

describe('detours of one drawing', () => {
  const box = (gene: string, y: number): NodeBox => ({
    id: key(gene),
    x: 0,
    y,
    halfWidth: 27,
    halfHeight: 14,
  })
  const column = [box('A', 0), box('B', 80), box('C', 160)]

  it('are the same however the genes are listed', () => {
    const there = createDetours().shapes([edge('A', 'C')], column)
    expect(createDetours().shapes([edge('A', 'C')], column.toReversed())).toEqual(there)
    expect(there[0]!.bend).toBeDefined()
  })

  it('take over what was worked out elsewhere, until a gene moves', () => {
    const detours = createDetours()
    detours.know(column, new Map([['AC', { kind: 'bend', bend: 77 }]]))
    expect(detours.shapes([edge('A', 'C')], column)[0]!.bend).toBe(77)
    const moved = [box('A', 0), box('B', 81), box('C', 160)]
    expect(detours.shapes([edge('A', 'C')], moved)[0]!.bend).not.toBe(77)
  })
})
