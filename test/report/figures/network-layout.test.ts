import { describe, expect, it } from 'vitest'
import { layoutNetwork, type LayoutNode } from '../../../src-main/report/figures/network-layout'

const node = (id: string): LayoutNode => ({ id, width: 60, height: 26 })
const nodes = (ids: string): LayoutNode[] => Array.from(ids, node)
const edges = (...pairs: string[]): { source: string; target: string }[] =>
  pairs.map((pair) => ({ source: pair[0]!, target: pair[1]! }))

describe('network layout', () => {
  it('puts causes above their effects', () => {
    const { positions } = layoutNetwork(nodes('abc'), edges('ab', 'bc', 'ac'))
    expect(positions.get('a')![1]).toBeLessThan(positions.get('b')![1])
    expect(positions.get('b')![1]).toBeLessThan(positions.get('c')![1])
  })

  it('gives the same drawing for the same network', () => {
    const draw = (): unknown => layoutNetwork(nodes('abcdef'), edges('ab', 'ac', 'bd', 'cd', 'ef', 'da'))
    expect(draw()).toEqual(draw())
  })

  it('keeps boxes apart, also those of separate parts', () => {
    const names = Array.from({ length: 40 }, (_, index) => `g${index}`)
    const pairs = names.slice(1).map((target, index) => ({ source: names[Math.floor(index / 3)]!, target }))
    const apart = [...pairs.slice(0, 20), ...pairs.slice(30)]
    const { positions, width, height } = layoutNetwork(names.map(node), apart)
    expect(positions.size).toBe(40)
    const centres = [...positions.values()]
    centres.forEach(([x, y], i) => {
      expect(x - 30).toBeGreaterThanOrEqual(-0.01)
      expect(x + 30).toBeLessThanOrEqual(width + 0.01)
      expect(y + 13).toBeLessThanOrEqual(height + 0.01)
      for (const [x2, y2] of centres.slice(i + 1))
        expect(Math.abs(x - x2) >= 60 || Math.abs(y - y2) >= 26).toBe(true)
    })
  })

  it('routes every edge from the border of its cause to the border of its effect', () => {
    const pairs = edges('ab', 'ac', 'bd', 'cd', 'ad', 'da')
    const { positions, routes } = layoutNetwork(nodes('abcd'), pairs)
    pairs.forEach(({ source, target }, index) => {
      const route = routes[index]!
      for (const [point, id] of [
        [route[0]!, source],
        [route[route.length - 1]!, target],
      ] as const) {
        const [x, y] = positions.get(id)!
        const onSide =
          Math.abs(Math.abs(point[0] - x) - 30) < 0.01 || Math.abs(Math.abs(point[1] - y) - 13) < 0.01
        expect(onSide, `${source}${target} at ${id}`).toBe(true)
      }
    })
  })

  it('leads an edge that skips a layer around the boxes between', () => {
    const pairs = edges('ab', 'bc', 'cd', 'ad')
    const { positions, routes } = layoutNetwork(nodes('abcd'), pairs)
    for (const id of 'bc') {
      const [x, y] = positions.get(id)!
      for (const [px, py] of routes[3]!) expect(Math.abs(px - x) > 30 || Math.abs(py - y) > 13).toBe(true)
    }
  })

  it('leads no edge over the box of another gene, not even in a network with cycles', () => {
    const ids = Array.from({ length: 24 }, (_, index) => `n${index}`)
    const pairs = ids
      .flatMap((_, i) => [
        { source: ids[i]!, target: ids[(i * 7 + 3) % 24]! },
        { source: ids[i]!, target: ids[(i * 5 + 11) % 24]! },
      ])
      .filter(({ source, target }) => source !== target)
    const { positions, routes } = layoutNetwork(ids.map(node), pairs)
    pairs.forEach(({ source, target }, index) => {
      for (const id of ids.filter((other) => other !== source && other !== target)) {
        const [x, y] = positions.get(id)!
        for (const [px, py] of routes[index]!)
          expect(Math.abs(px - x) >= 30 || Math.abs(py - y) >= 13, `${source}→${target} over ${id}`).toBe(
            true,
          )
      }
    })
  })

  it('spreads the ends of edges that meet at one side', () => {
    const { routes } = layoutNetwork(nodes('abcd'), edges('ad', 'bd', 'cd'))
    const ends = routes.map((route) => route[route.length - 1]![0])
    expect(new Set(ends).size).toBe(3)
  })

  it('turns a wide part to the side so that it fits the page', () => {
    const names = Array.from({ length: 30 }, (_, index) => `leaf${index}`)
    const { width } = layoutNetwork(
      ['root', ...names].map(node),
      names.map((target) => ({ source: 'root', target })),
    )
    expect(width).toBeLessThan(860)
  })

  it('draws nothing for nothing', () => {
    expect(layoutNetwork([], [])).toEqual({ width: 0, height: 0, positions: new Map(), routes: [] })
  })
})
