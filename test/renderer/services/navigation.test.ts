import { describe, expect, it } from 'vitest'
import { follow } from '../../../src-renderer/services/follow-edge'
import { formatRoute, parseRoute, type Route } from '../../../src-renderer/services/route'

describe('The address of a screen', () => {
  it('is read back as the same screen', () => {
    const routes: Route[] = [
      { name: 'compare', before: 'r/1', after: 'r 2' },
      { name: 'start' },
      { name: 'run' },
      { name: 'results', runId: 'r/1 ä', tab: 'targets' },
    ]
    for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route)
  })
  it('is the start page when it is not known, and the network when the tab is not', () => {
    expect(parseRoute('#/nowhere')).toEqual({ name: 'start' })
    expect(parseRoute('#/results/%E0%A4%A/x')).toEqual({ name: 'start' })
    expect(parseRoute('#/results/r1/nothing')).toEqual({ name: 'results', runId: 'r1', tab: 'network' })
  })
})

describe('An arrow key on the graph', () => {
  const edges = [
    { source: 'A', target: 'B' },
    { source: 'A', target: 'C' },
    { source: 'B', target: 'C' },
  ]
  const genes = ['A', 'B', 'C']
  it('down goes over the strongest edge to the effect', () => {
    const edge = follow({ kind: 'gene', gene: 'A' }, 'down', edges, genes)
    expect(edge).toEqual({ kind: 'edge', edge: edges[0], anchor: 'A' })
    expect(follow(edge, 'down', edges, genes)).toEqual({ kind: 'gene', gene: 'B' })
  })
  it('up goes to the cause', () => {
    const edge = follow({ kind: 'gene', gene: 'C' }, 'up', edges, genes)
    expect(follow(edge, 'up', edges, genes)).toEqual({ kind: 'gene', gene: 'A' })
  })
  it('right goes through the other edges of the gene it came from, round and round', () => {
    const first = follow({ kind: 'gene', gene: 'A' }, 'down', edges, genes)
    const second = follow(first, 'right', edges, genes)
    expect(second).toMatchObject({ edge: edges[1] })
    expect(follow(second, 'right', edges, genes)).toEqual(first)
  })
  it('stays on a gene that has no such edge', () => {
    expect(follow({ kind: 'gene', gene: 'A' }, 'up', edges, genes)).toEqual({ kind: 'gene', gene: 'A' })
  })
})
