import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force'
import type { EdgeRow } from '../../services/edge-list'
import type { Point } from '../../services/point'

/** Genes are wide and low: the layout is made in a plane in which they are about square, then flattened. */
const FLATTEN = 0.66
const STEPS = 160
const LINK_LENGTH = 120
const REPULSION = -420
const REACH = 1_600
const GAP = 10

interface Body extends SimulationNodeDatum {
  readonly gene: string
  readonly radius: number
}
type Spring = SimulationLinkDatum<Body>

export interface ForceLayout {
  /** Works for about `milliseconds`; true when it is done. */
  advance(milliseconds: number): boolean
  positions(): Map<string, Point>
}

/**
 * Genes as charged bodies, edges as springs, by the velocity Verlet simulation of d3-force. The same genes, edges and seed
 * give the same picture. It is worked off in slices, so that the window stays alive meanwhile.
 */
export function createForceLayout(
  genes: readonly string[],
  rows: readonly EdgeRow[],
  widthOf: (gene: string) => number,
  seed: number,
): ForceLayout {
  const bodies = genes.map((gene): Body => ({ gene, radius: widthOf(gene) / 2 + GAP }))
  const known = new Set(genes)
  const springs = rows
    .filter(({ source, target }) => known.has(source) && known.has(target))
    .map(({ source, target }): Spring => ({ source, target }))
  const simulation: Simulation<Body, Spring> = forceSimulation<Body, Spring>(bodies)
    .randomSource(uniform(seed))
    .alphaDecay(1 - Math.pow(0.001, 1 / STEPS))
    .force(
      'link',
      forceLink<Body, Spring>(springs)
        .id((body) => body.gene)
        .distance(LINK_LENGTH),
    )
    .force('charge', forceManyBody<Body>().strength(REPULSION).distanceMax(REACH))
    .force('collide', forceCollide<Body>((body) => body.radius).iterations(2))
    .force('x', forceX<Body>(0).strength(0.05))
    .force('y', forceY<Body>(0).strength(0.05))
    .stop()
  // The seed turns and mirrors nothing: it moves the first places, from which another arrangement grows.
  const random = uniform(seed)
  const room = Math.sqrt(genes.length) * LINK_LENGTH
  for (const body of bodies) {
    body.x = (random() - 0.5) * room
    body.y = (random() - 0.5) * room
  }
  let step = 0
  return {
    advance(milliseconds) {
      const end = performance.now() + milliseconds
      while (step < STEPS && performance.now() < end) {
        simulation.tick()
        step++
      }
      return step >= STEPS
    },
    positions: () =>
      new Map(
        bodies.map(({ gene, x = 0, y = 0 }) => [gene, { x: Math.round(x), y: Math.round(y * FLATTEN) }]),
      ),
  }
}

/**
 * A small generator for pictures: a Weyl sequence through a mixing function, as in SplitMix (Steele, Lea, Flood, OOPSLA 2014),
 * with the 32-bit finaliser of MurmurHash3 (public domain).
 */
function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32
  }
}
