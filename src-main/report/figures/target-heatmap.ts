import { EXPERIMENTS_PER_PANEL } from '../../../src-shared/contract/figures'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { ExperimentFinding, Findings } from '../findings'
import { plural, probability } from '../format'
import type { Markup } from '../markup'
import { COLOUR, PROBABILITY_STEPS, probabilityColours } from './palette'
import { element, figure, nameText, rect, text } from './svg'

const MOST_GENES = 24
const CELL_WIDTH = 29
const CELL_HEIGHT = 20
const LABEL_WIDTH = 150
const HEADER_HEIGHT = 78
const LEGEND_HEIGHT = 40
const NOTE_HEIGHT = 16
/** Cells below this stay empty, so that the eye finds the others. */
const SHOWN_FROM = 0.01
/** beside the cells: labels at the left, slanted names at the right */
const MARGINS = LABEL_WIDTH + 44

/** Columns that fit into a figure of this width. */
export const heatmapColumns = (width: number): number =>
  Math.min(MOST_GENES, Math.floor((width - MARGINS) / CELL_WIDTH))

/** Some experiments with the genes that are worth a column for them. */
export interface HeatmapPanel {
  readonly rows: readonly ExperimentFinding[]
  readonly genes: readonly number[]
}

/** One panel per 40 experiments, each with its own columns. */
export function heatmapPanels({ experiments }: Findings, mostGenes = MOST_GENES): HeatmapPanel[] {
  const panels: HeatmapPanel[] = []
  for (let start = 0; start < experiments.length; start += EXPERIMENTS_PER_PANEL) {
    const rows = experiments.slice(start, start + EXPERIMENTS_PER_PANEL)
    panels.push({ rows, genes: columnsFor(rows, mostGenes) })
  }
  return panels
}

/** Every gene by its highest probability in any experiment; then by the experiment that has it. */
function columnsFor(rows: readonly ExperimentFinding[], most: number): number[] {
  const best = new Map<number, { probability: number; experiment: number }>()
  for (const experiment of rows)
    for (const target of experiment.ranking.slice(0, MOST_GENES)) {
      const known = best.get(target.gene)
      if (!known || target.probability > known.probability)
        best.set(target.gene, { probability: target.probability, experiment: experiment.environment })
    }
  return [...best]
    .sort((a, b) => b[1].probability - a[1].probability || a[0] - b[0])
    .slice(0, most)
    .sort((a, b) => a[1].experiment - b[1].experiment || b[1].probability - a[1].probability || a[0] - b[0])
    .map(([gene]) => gene)
}

/** Rows experiments, columns the genes with the highest probabilities. */
export function targetHeatmaps(
  result: AnalysisResult,
  findings: Findings,
  id = 'heatmap',
  mostGenes = MOST_GENES,
): Markup[] {
  const panels = heatmapPanels(findings, mostGenes)
  return panels.map(({ rows, genes }, index) => {
    const start = index * EXPERIMENTS_PER_PANEL
    const part = panels.length > 1 ? ` (${start + 1}–${start + rows.length})` : ''
    return panel(result, rows, genes, `${id}-${index + 1}`, part)
  })
}

function panel(
  result: AnalysisResult,
  rows: readonly ExperimentFinding[],
  genes: readonly number[],
  id: string,
  part: string,
): Markup {
  const column = new Map(genes.map((gene, index) => [gene, index]))
  const width = Math.max(MARGINS + genes.length * CELL_WIDTH, 470)
  const bottom = HEADER_HEIGHT + rows.length * CELL_HEIGHT
  // A row without a dark cell must not read as an experiment without a target.
  const beyond = rows
    .flatMap(({ ranking }) => ranking)
    .filter(({ confident, gene }) => confident && !column.has(gene)).length
  return figure(
    {
      id,
      width,
      height: bottom + LEGEND_HEIGHT + (beyond > 0 ? NOTE_HEIGHT : 0),
      title: `Probability of a direct target, by experiment and gene${part}`,
      description: `${plural(rows.length, 'experiment')} in rows, ${plural(genes.length, 'gene')} in columns; outlined cells are on the target list of their experiment. The experiment sections hold the same in numbers.`,
    },
    genes.map((gene, index) => columnHeader(result.genes[gene]!, LABEL_WIDTH + (index + 0.5) * CELL_WIDTH)),
    rows.map((row, index) => {
      const y = HEADER_HEIGHT + index * CELL_HEIGHT
      return [
        nameText(LABEL_WIDTH - 8, y + 14, result.environments[row.environment]!, 22, 'end', {
          fill: COLOUR.text,
        }),
        row.ranking
          .filter((target) => column.has(target.gene))
          .sort((a, b) => column.get(a.gene)! - column.get(b.gene)!)
          .map((target) => cell(target, LABEL_WIDTH + column.get(target.gene)! * CELL_WIDTH, y)),
      ]
    }),
    legend(LABEL_WIDTH, bottom + 14),
    beyond > 0 &&
      text(
        LABEL_WIDTH,
        bottom + LEGEND_HEIGHT + 10,
        `${plural(beyond, 'target')} on a list not among these genes`,
        'start',
        {
          'font-size': 10,
        },
      ),
  )
}

function columnHeader(name: string, x: number): Markup {
  const y = HEADER_HEIGHT - 7
  return nameText(x + 3, y, name, 12, 'start', {
    transform: `rotate(-55 ${x.toFixed(2)} ${y})`,
    'font-style': 'italic',
    fill: COLOUR.text,
  })
}

function cell(target: { probability: number; confident: boolean }, x: number, y: number): Markup[] {
  const { fill, ink } = probabilityColours(target.probability)
  const inset = target.confident ? 2 : 0.5
  const parts = [
    rect(x + inset, y + inset, CELL_WIDTH - 2 * inset, CELL_HEIGHT - 2 * inset, {
      fill,
      stroke: target.confident ? COLOUR.text : undefined,
      'stroke-width': target.confident ? 1.6 : undefined,
    }),
  ]
  if (target.probability >= SHOWN_FROM)
    parts.push(
      text(x + CELL_WIDTH / 2, y + 14, cellText(target.probability), 'middle', {
        'font-size': 10,
        fill: ink,
      }),
    )
  return parts
}

/** Two characters are enough below 1. */
function cellText(value: number): string {
  return value >= 0.995 ? (value === 1 ? '1' : '>.99') : probability(value).replace('0.', '.')
}

function legend(x: number, y: number): Markup {
  return element(
    'g',
    { transform: `translate(${x} ${y})` },
    PROBABILITY_STEPS.map(({ from, fill }, index) => [
      rect(index * 30, 0, 30, 9, { fill }),
      text(index * 30, 21, from === 0 ? '0' : from.toFixed(2).replace('0.', '.'), 'start', {
        'font-size': 10,
      }),
    ]),
    text(PROBABILITY_STEPS.length * 30 + 4, 9, 'probability', 'start', { 'font-size': 10 }),
    rect(PROBABILITY_STEPS.length * 30 + 70, 1, 14, 9, {
      fill: 'none',
      stroke: COLOUR.text,
      'stroke-width': 1.6,
    }),
    text(PROBABILITY_STEPS.length * 30 + 90, 9, 'on list', 'start', { 'font-size': 10 }),
  )
}

/** What the caption says about the choice of genes. */
export function heatmapCaption(result: AnalysisResult, findings: Findings): string {
  const panels = heatmapPanels(findings)
  const shown = panels[0]?.genes.length ?? 0
  const all = result.genes.length
  const choice =
    shown < all
      ? `The ${shown} genes with the highest probability in any experiment${panels.length > 1 ? ' of the panel' : ''}, of ${all}.`
      : 'Every gene.'
  return `${choice} Outlined: on the target list of the experiment. Empty: below 0.01; shortened names are whole on hover.`
}
