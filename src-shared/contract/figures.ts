import { z } from 'zod'

export interface FigureInfo {
  readonly label: string
  readonly help: string
  /** what has to be named for it to be drawn */
  readonly needs: readonly ('experiment' | 'gene' | 'source' | 'target')[]
}

/** The one registry of figures: feeds the menus, `metacadi figure --help` and the drawing code. */
export const FIGURES = {
  network: { label: 'Causal network', help: 'Edges from probability 0.30, causes above effects.', needs: [] },
  heatmap: {
    label: 'Targets by experiment',
    help: 'Probabilities of direct targets, experiments by genes.',
    needs: [],
  },
  ranking: {
    label: 'Ranking of one experiment',
    help: 'The most probable direct targets.',
    needs: ['experiment'],
  },
  'predicted-observed': {
    label: 'Predicted and observed shifts',
    help: 'Every gene of one experiment: what its causes predict against what was measured.',
    needs: ['experiment'],
  },
  target: {
    label: 'Evidence for a target',
    help: 'Samples of one experiment against the predictions if the gene was hit and if not.',
    needs: ['experiment', 'gene'],
  },
  volcano: {
    label: 'Volcano plot',
    help: 'Differential expression of one experiment: direct, downstream and unexplained changes.',
    needs: ['experiment'],
  },
  quality: {
    label: 'Quality of the samples',
    help: 'Library size, genes above zero and distance from replicates, a line for each experiment.',
    needs: [],
  },
  pca: {
    label: 'Principal components of the samples',
    help: 'Samples on the two main directions of the genes of the file that vary most, by experiment.',
    needs: [],
  },
  correlation: {
    label: 'Correlation of the samples',
    help: 'Pearson correlation of every pair of samples, or of experiments where there are many.',
    needs: [],
  },
  reliability: {
    label: 'Reliability curve',
    help: 'How often probabilities of full answers came true on simulated studies.',
    needs: [],
  },
  edge: { label: 'Evidence for an edge', help: 'Samples and fitted mechanism.', needs: ['source', 'target'] },
} as const satisfies Record<string, FigureInfo>

/** A heatmap of more experiments than this has several panels. */
export const EXPERIMENTS_PER_PANEL = 40

export type FigureName = keyof typeof FIGURES

export const FIGURE_NAMES = Object.keys(FIGURES) as [FigureName, ...FigureName[]]

export const figureInfo = (figure: FigureName): FigureInfo => FIGURES[figure]

/** Widths of one and two columns of a journal. */
export const FIGURE_PRESETS = ['89mm', '183mm'] as const
export type FigurePreset = (typeof FIGURE_PRESETS)[number]

export const FIGURE_FORMATS = ['svg', 'png', 'pdf', 'tsv'] as const
export type FigureFormat = (typeof FIGURE_FORMATS)[number]

export const FigureChoice = z.object({
  figure: z.enum(FIGURE_NAMES),
  experiment: z.string().optional(),
  gene: z.string().optional(),
  source: z.string().optional(),
  target: z.string().optional(),
  /** a heatmap of many experiments has several panels */
  panel: z.number().int().min(1).default(1),
  preset: z.enum(FIGURE_PRESETS).default('183mm'),
})
export type FigureChoice = z.infer<typeof FigureChoice>

export const FigureRequest = FigureChoice.extend({
  /** `tsv`: the data behind the figure */
  format: z.enum(FIGURE_FORMATS).default('svg'),
  /** PNG only */
  dpi: z.number().int().min(72).max(1200).default(300),
})
export type FigureRequest = z.infer<typeof FigureRequest>
