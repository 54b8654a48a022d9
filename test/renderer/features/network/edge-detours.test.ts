import { describe, expect, it } from 'vitest'
import { alongAndBeside, detourOf, type Detour } from '../../../../src-renderer/features/network/edge-detours'
import { routeAround } from '../../../../src-renderer/features/network/edge-routes'
import type { NodeBox } from '../../../../src-renderer/features/network/node-box'

type Point = Readonly<{ x: number; y: number }>

const node = (id: string, x: number, y: number): NodeBox => ({ id, x, y, halfWidth: 30, halfHeight: 14 })
const between = (a: number, b: number, t: number): number => a + t * (b - a)

/** Points of the drawn line, closer to each other than the code under test looks; the curve by its definition. */
function line(from: NodeBox, to: NodeBox, detour: Detour): Point[] {
  const shares = Array.from({ length: 501 }, (_, step) => step / 500)
  if (detour.kind === 'route') {
    const points = [from, ...detour.corners, to]
    return points
      .slice(1)
      .flatMap((end, at) =>
        shares.map((t) => ({ x: between(points[at]!.x, end.x, t), y: between(points[at]!.y, end.y, t) })),
      )
  }
  const bend = detour.kind === 'bend' ? detour.bend : 0
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.sqrt(dx ** 2 + dy ** 2)
  const [cx, cy] = [(from.x + to.x) / 2 - (bend * dy) / length, (from.y + to.y) / 2 + (bend * dx) / length]
  // de Casteljau: a second route to the same curve
  return shares.map((t) => ({
    x: between(between(from.x, cx, t), between(cx, to.x, t), t),
    y: between(between(from.y, cy, t), between(cy, to.y, t), t),
  }))
}

const hits = (points: readonly Point[], box: NodeBox): boolean =>
  points.some(({ x, y }) => Math.abs(x - box.x) <= box.halfWidth && Math.abs(y - box.y) <= box.halfHeight)
const detour = (nodes: readonly NodeBox[], source: string, target: string): Detour =>
  detourOf({ source, target }, nodes)

describe('edges that would run behind a gene', () => {
  const column = [node('A', 0, 0), node('B', 0, 80), node('C', 0, 160)] as const
  const [a, b, c] = column

  it('leave an edge with a free way straight', () => {
    expect(detour(column, 'A', 'B')).toEqual({ kind: 'none' })
    expect(detour([a, c], 'A', 'C')).toEqual({ kind: 'none' })
    expect(detour(column, 'A', 'gone')).toEqual({ kind: 'none' })
  })

  it('bend around the gene between them, the two edges of a pair on different sides', () => {
    const [down, up] = [detour(column, 'A', 'C'), detour(column, 'C', 'A')]
    expect(hits(line(a, c, { kind: 'none' }), b)).toBe(true)
    expect(hits(line(a, c, down), b)).toBe(false)
    expect(hits(line(c, a, up), b)).toBe(false)
    const [there, back] = [line(a, c, down)[250]!, line(c, a, up)[250]!]
    expect(Math.sign(there.x)).toBe(-Math.sign(back.x))
  })

  it('take the smaller of the bends that no gene blocks', () => {
    const right = [...column, node('R', 55, 80)]
    const bent = detour(right, 'A', 'C')
    expect(bent.kind).toBe('bend')
    const middle = line(a, c, bent)[250]!
    expect(middle.x).toBeLessThan(-30)
    expect(middle.x).toBeGreaterThan(-50)
  })

  it('go over corners where no flat curve is free, through a gap between two genes if that is shorter', () => {
    const wall = [...column, ...[-72, -144, -216, 74, 146, 218].map((x) => node(`W${x}`, x, 80))]
    const route = detour(wall, 'A', 'C')
    expect(route.kind).toBe('route')
    for (const other of wall.filter((box) => box !== a && box !== c))
      expect(hits(line(a, c, route), other)).toBe(false)
    // one of the gaps beside B, 12 and 14 wide
    for (const { x } of line(a, c, route)) expect(Math.abs(x)).toBeLessThan(60)
  })

  it('stay straight where a gene lies on the effect, which nothing frees', () => {
    expect(detour([a, c, node('on C', 6, 150)], 'A', 'C').kind).not.toBe('bend')
    expect(routeAround(a, c, [a, c, node('on C', 0, 160)], 3)).toBeNull()
  })

  it('clear every gene of a random drawing without overlaps', () => {
    let state = 7
    const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647
    const nodes = Array.from({ length: 48 }, (_, i) =>
      node(`g${i}`, (i % 8) * 100 + random() * 25, Math.floor(i / 8) * 60 + random() * 15),
    )
    const edges = Array.from({ length: 120 }, () => ({
      source: `g${Math.floor(random() * 48)}`,
      target: `g${Math.floor(random() * 48)}`,
    })).filter(({ source, target }) => source !== target)
    const kinds = { none: 0, bend: 0, route: 0 }
    for (const { source, target } of edges) {
      const shape = detour(nodes, source, target)
      kinds[shape.kind]++
      const [from, to] = [nodes.find(({ id }) => id === source)!, nodes.find(({ id }) => id === target)!]
      const drawn = line(from, to, shape)
      const behind = nodes.filter((other) => other !== from && other !== to && hits(drawn, other))
      expect(behind).toEqual([])
    }
    expect(kinds.bend).toBeGreaterThan(10)
    expect(kinds.route).toBeGreaterThan(10)
  })
})

describe('points beside an edge', () => {
  it('are shares of the way and distances, positive to the right of the direction on the screen', () => {
    const [from, to] = [
      { x: 10, y: 10 },
      { x: 10, y: 110 },
    ]
    // Going down, the right-hand side of the direction is the left of the screen: distances grow with −x.
    expect(alongAndBeside([{ x: -20, y: 60 }], from, to)).toEqual({ weights: [0.5], distances: [30] })
  })
})
