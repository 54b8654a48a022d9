import { render } from '../../report/markup'
import { reliabilityFigure, type ReliabilityPanel } from '../../report/figures/reliability-figure'
import { RELIABILITY_HEADER, reliabilityTsv } from './reliability'
import type { BenchmarkReport, ReliabilityCurve } from './report'

const TITLES = { targets: 'Targets', edges: 'Edges' } as const

/** The reliability curves of the answer, and of every part that was scored: one figure each, and one table of all. */
export function reliabilityFiles(report: BenchmarkReport): { name: string; content: string }[] {
  const all = [{ part: report.settings.mode, reliability: report.reliability }, ...report.parts]
  return [
    ...all.map(({ part, reliability }, index) => ({
      name: index === 0 ? 'reliability.svg' : `reliability-${part}.svg`,
      content: `${render(reliabilityFigure('reliability', `Reliability, ${part}`, panelsOf(reliability)))}\n`,
    })),
    {
      name: 'reliability.tsv',
      content:
        RELIABILITY_HEADER + all.map(({ part, reliability }) => reliabilityTsv(part, reliability)).join(''),
    },
  ]
}

function panelsOf(curves: readonly ReliabilityCurve[]): ReliabilityPanel[] {
  return (['targets', 'edges'] as const).map((kind) => ({
    title: TITLES[kind],
    lines: curves
      .filter((curve) => curve.kind === kind)
      .map(({ samplesPerEnvironment: n, bins }) => ({
        label: `${n} ${n === 1 ? 'sample' : 'samples'}`,
        points: bins,
      })),
  }))
}
