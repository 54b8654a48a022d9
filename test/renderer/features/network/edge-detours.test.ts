import { describe, expect, it } from 'vitest'
import { edgeBends, type NodeBox } from '../../../../src-renderer/features/network/edge-detours'

const node = (id: string, x: number, y: number): NodeBox => ({ id, x, y, halfWidth: 30, halfHeight: 14 })

/** Points of the curve, closer to each other than the code under test looks; the control point by its definition. */
function curve(from: NodeBox, to: NodeBox, bend: number): { x: number; y: number }[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.sqrt(dx ** 2 + dy ** 2)
  const [cx, cy] = [(from.x + to.x) / 2 - (bend * dy) / length, (from.y + to.y) / 2 + (bend * dx) / length]
  const between = (a: number, b: number, t: number): number => a + t * (b - a)
  return Array.from({ length: 2001 }, (_, step) => {
    // de Casteljau: a second route to the same curve
    const t = step / 2000
    return {
      x: between(between(from.x, cx, t), between(cx, to.x, t), t),
      y: between(between(from.y, cy, t), between(cy, to.y, t), t),
    }
  })
}

const hits = (points: readonly { x: number; y: number }[], box: NodeBox): boolean =>
  points.some(({ x, y }) => Math.abs(x - box.x) <= box.halfWidth && Math.abs(y - box.y) <= box.halfHeight)

describe('edges that would run behind a gene', () => {
  const column = [node('A', 0, 0), node('B', 0, 80), node('C', 0, 160)]

  it('leave an edge with a free way straight', () => {
    expect(edgeBends([{ source: 'A', target: 'B' }], column)).toEqual([0])
    expect(edgeBends([{ source: 'A', target: 'C' }], [node('A', 0, 0), node('C', 0, 160)])).toEqual([0])
  })

  it('bend around the gene between them, the two edges of a pair on different sides', () => {
    const [down, up] = edgeBends(
      [
        { source: 'A', target: 'C' },
        { source: 'C', target: 'A' },
      ],
      column,
    )
    const [a, b, c] = column as [NodeBox, NodeBox, NodeBox]
    expect(hits(curve(a, c, 0), b)).toBe(true)
    expect(hits(curve(a, c, down!), b)).toBe(false)
    expect(hits(curve(c, a, up!), b)).toBe(false)
    const [there, back] = [curve(a, c, down!)[1000]!, curve(c, a, up!)[1000]!]
    expect(Math.sign(there.x)).toBe(-Math.sign(back.x))
  })

  it('take the smaller of the detours that no gene blocks', () => {
    const right = [...column, node('R', 55, 80)]
    const bend = edgeBends([{ source: 'A', target: 'C' }], right)[0]!
    const middle = curve(right[0]!, right[2]!, bend)[1000]!
    expect(middle.x).toBeLessThan(-30)
    expect(Math.abs(bend)).toBeLessThan(100)
  })

  it('stay straight where every detour is blocked, and for a gene that is not drawn', () => {
    const wall = [...column, ...[-200, -140, -80, 80, 140, 200].map((x) => node(`W${x}`, x, 80))].map(
      (box) => (box.id.startsWith('W') ? { ...box, halfWidth: 40 } : box),
    )
    expect(edgeBends([{ source: 'A', target: 'C' }], wall)).toEqual([0])
    expect(edgeBends([{ source: 'A', target: 'gone' }], column)).toEqual([0])
  })

  it('clear every gene of a random drawing that they can', () => {
    let state = 7
    const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647
    const nodes = Array.from({ length: 25 }, (_, i) => node(`g${i}`, random() * 900, random() * 600))
    const edges = Array.from({ length: 60 }, () => ({
      source: `g${Math.floor(random() * 25)}`,
      target: `g${Math.floor(random() * 25)}`,
    })).filter(({ source, target }) => source !== target)
    const bends = edgeBends(edges, nodes)
    let bent = 0
    edges.forEach(({ source, target }, index) => {
      if (bends[index] === 0) return
      bent++
      const [from, to] = [nodes.find(({ id }) => id === source)!, nodes.find(({ id }) => id === target)!]
      for (const other of nodes)
        if (other !== from && other !== to) expect(hits(curve(from, to, bends[index]!), other)).toBe(false)
    })
    expect(bent).toBeGreaterThan(5)
  })
})
