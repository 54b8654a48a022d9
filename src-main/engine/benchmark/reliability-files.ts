import { render } from '../../report/markup'
import { reliabilityFigure, reliabilityPanels } from '../../report/figures/reliability-figure'
import { RELIABILITY_HEADER, reliabilityTsv } from './reliability'
import type { BenchmarkReport } from './report'

/** The reliability curves of the answer, and of every part that was scored: one figure each, and one table of all. */
export function reliabilityFiles(report: BenchmarkReport): { name: string; content: string }[] {
  const all = [{ part: report.settings.mode, reliability: report.reliability }, ...report.parts]
  return [
    ...all.map(({ part, reliability }, index) => ({
      name: index === 0 ? 'reliability.svg' : `reliability-${part}.svg`,
      content: `${render(reliabilityFigure('reliability', `Reliability, ${part}`, reliabilityPanels(reliability)))}\n`,
    })),
    {
      name: 'reliability.tsv',
      content:
        RELIABILITY_HEADER + all.map(({ part, reliability }) => reliabilityTsv(part, reliability)).join(''),
    },
  ]
}
