import {
  FIGURES,
  FIGURE_FORMATS,
  FIGURE_NAMES,
  FIGURE_PRESETS,
  FigureRequest,
  type FigureInfo,
} from '../../../src-shared/contract/figures'
import type { Command, CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { usageError, type Arguments } from './options'
import { placeOf } from './out-path'
import { RESULT_NOTE, resultFileOf } from './result-argument'
import { saveFiles } from './save-files'
import { columns } from './terminal'

export const figure: Command = {
  summary: 'Write one figure of a stored result as SVG, PNG or PDF, or the data behind it.',
  positionals: { names: 'RESULT', min: 0, max: 1 },
  options: {
    figure: { value: 'NAME', choices: FIGURE_NAMES, help: 'Which figure; --list names all of them.' },
    list: { help: 'List the figures with what each needs, and end.' },
    format: {
      value: 'FORMAT',
      choices: FIGURE_FORMATS,
      help: 'svg, png, pdf (the last two need a Chromium, Chrome or Edge), or tsv: the data. Default svg, or the end of --out.',
    },
    experiment: {
      value: 'NAME',
      help: 'Experiment of a ranking, a target, or predicted and observed shifts.',
    },
    gene: { value: 'GENE', help: 'Gene of the figure target.' },
    edge: { value: '"A>B"', help: 'Edge of the figure edge.' },
    panel: { value: 'N', help: 'Panel of a heatmap of many experiments. Default 1.' },
    preset: {
      value: 'WIDTH',
      choices: FIGURE_PRESETS,
      help: 'Width of one or two columns of a journal: 89mm or 183mm; text of 5 to 7 pt. Default 183mm.',
    },
    dpi: { value: 'N', help: 'Density of a PNG, from 72 to 1200. Default 300.' },
    out: { value: 'PATH', help: 'File or folder; by default this folder.' },
    json: { help: 'One JSON summary on standard output.' },
  },
  example: 'metacadi figure metacadi-out/screen --figure ranking --experiment "Drug A" --out figure2.svg',
  notes: [RESULT_NOTE],
  run: async (context) => {
    if (context.args.isOn('list')) listFigures(context)
    else await withEngine((session) => figureWith(session, context))
  },
}

function listFigures({ terminal }: CommandContext): void {
  const entries = Object.entries<FigureInfo>(FIGURES)
  const needs = (info: FigureInfo): string =>
    info.needs
      .map((need) => (need === 'source' ? '--edge' : need === 'target' ? '' : `--${need}`))
      .filter((option) => option !== '')
      .join(' ')
  terminal.answer(columns(entries.map(([id, info]) => [id, info.help, needs(info)])), {
    command: 'figure',
    figures: entries.map(([id, info]) => ({ id, ...info })),
  })
}

async function figureWith(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const [resultPath] = args.positionals
  if (resultPath === undefined) throw usageError('RESULT is missing.')
  const request = requestFrom(args)
  const run = await client.call('run.open', { file: await grant(resultFileOf(resultPath)) }, { signal })
  const file = await client.call('run.figure', { runId: run.runId, request }, { signal })
  const place = placeOf(args.text('out'), 1, '.')
  const saved = await saveFiles(place.folder, [{ name: place.name ?? file.fileName, content: file.bytes }])
  if (file.note !== '') terminal.note(file.note)
  terminal.answer([...saved, ''].join('\n'), {
    command: 'figure',
    result: run.name,
    resultHash: run.resultHash,
    widthMm: file.widthMm,
    heightMm: file.heightMm,
    note: file.note,
    files: saved,
  })
}

function requestFrom(args: Arguments): FigureRequest {
  const name = args.text('figure')
  if (name === undefined) throw usageError('--figure is missing; --list names all figures.', 'figure')
  const ending = /\.(\w+)$/.exec(args.text('out') ?? '')?.[1]?.toLowerCase()
  const byEnding = FIGURE_FORMATS.find((format) => format === ending)
  const edge = args
    .text('edge')
    ?.split(/\s*(?:->|→|>)\s*/)
    .map((gene) => gene.trim())
  if (edge && (edge.length !== 2 || !edge[0] || !edge[1]))
    throw usageError(`--edge must look like "A>B"; '${args.text('edge')}' was given.`, 'edge')
  const parsed = FigureRequest.safeParse({
    figure: name,
    format: args.text('format') ?? byEnding,
    experiment: args.text('experiment'),
    gene: args.text('gene'),
    source: edge?.[0],
    target: edge?.[1],
    panel: args.count('panel', { min: 1, max: 10_000 }),
    preset: args.text('preset'),
    dpi: args.count('dpi', { min: 72, max: 1200 }),
  })
  if (!parsed.success) throw usageError(parsed.error.issues[0]?.message ?? 'The figure is not described.')
  return parsed.data
}
