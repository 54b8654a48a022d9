import { describe, expect, it } from 'vitest'
import type { ResultView } from '../../../src-shared/contract/result-view'
import type { ConstraintMark } from '../../../src-shared/domain/constraints'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import { countKinds, diffEdges, diffSettings, diffTargets } from '../../../src-renderer/services/run-diff'

/** A run of three genes; probabilities of edges as 'AB' → P. */
function view(
  genes: string,
  edges: Readonly<Record<string, number>>,
  marks: Readonly<Record<string, ConstraintMark>> = {},
  targets: readonly number[] = [],
): ResultView {
  const d = genes.length
  const cells = (of: (pair: string) => number): Float64Array =>
    Float64Array.from({ length: d * d }, (_, cell) => of(genes[Math.floor(cell / d)]! + genes[cell % d]!))
  return {
    genes: [...genes],
    environments: ['drug'],
    settings: DEFAULT_SETTINGS,
    files: [],
    edges: {
      probability: cells((pair) => edges[pair] ?? 0),
      effect: cells((pair) => (pair === 'AB' ? -1 : 1)),
      effectSd: cells(() => 0.1),
    },
    constraintMarks: [...genes].flatMap((a) => [...genes].map((b) => marks[a + b] ?? '')),
    targets: { probability: Float64Array.from({ length: d }, (_, gene) => targets[gene] ?? 0) },
  } as unknown as ResultView
}

describe('The difference of two runs', () => {
  const before = view('ABC', { AB: 0.55, AC: 0.71, BC: 0.31, CA: 0.2, CB: 0.96 }, { CB: 'tier' })
  const after = view('ABC', { AC: 0.62, BC: 0.83, CA: 0.22, CB: 0.9 }, { AB: 'forbidden' })

  it('tells gained, lost and changed edges, the largest first, with the constraint that decided', () => {
    expect(
      diffEdges(before, after).map(({ source, target, kind, reason, sign }) => [
        source + target,
        kind,
        reason,
        sign,
      ]),
    ).toEqual([
      ['BC', 'gained', 'follows', 'activates'],
      ['AB', 'lost', 'forbidden', 'inhibits'],
      ['AC', 'changed', 'follows', 'activates'],
      ['CB', 'changed', 'released', 'activates'],
    ])
    expect(diffEdges(before, after)[0]!.difference).toBeCloseTo(0.52)
  })

  it('says that an edge gave way to its reverse', () => {
    const turned = view('AB', { BA: 1 }, { BA: 'required' })
    expect(
      diffEdges(view('AB', { AB: 0.9 }), turned).map(({ source, reason }) => `${source} ${reason}`),
    ).toEqual(['B required', 'A reversed'])
  })

  it('is the mirror image when the runs are exchanged', () => {
    const there = countKinds(diffEdges(before, after))
    const back = countKinds(diffEdges(after, before))
    expect(back).toEqual({ gained: there.lost, lost: there.gained, changed: there.changed })
    expect(diffEdges(before, before)).toEqual([])
  })

  it('does not call an edge gained or lost whose probability hardly moved', () => {
    const [low, high] = [view('AB', { AB: 0.49, BA: 0.48 }), view('AB', { AB: 0.51, BA: 0.54 })]
    expect(diffEdges(low, high).map(({ source, kind }) => `${kind} ${source}`)).toEqual(['gained B'])
  })

  it('finds genes by name, and says so where one run does not know them', () => {
    const other = view('CBD', { CB: 0.96, BD: 0.7 })
    const changes = diffEdges(before, other)
    expect(changes.map(({ source, target, kind }) => `${kind} ${source}${target}`)).toEqual([
      'gained BD',
      'lost AC',
      'lost AB',
      'changed BC',
      'changed CA',
    ])
    expect(changes[0]!.before).toBeNaN()
  })

  it('holds direct targets and settings too', () => {
    const hit = view('ABC', {}, {}, [0.9, 0.2, 0.1])
    const other = view('ABC', {}, {}, [0.3, 0.8, 0.1])
    expect(diffTargets(hit, other).map(({ gene, kind }) => `${kind} ${gene}`)).toEqual(['gained B', 'lost A'])
    const seeded = {
      ...other,
      settings: { ...DEFAULT_SETTINGS, seed: 2, knownTargets: { drug: { genes: ['A'], complete: false } } },
    }
    expect(diffSettings(hit, seeded)).toEqual(['Seed', 'Known targets'])
  })
})
