import type { ResultView } from '../../../src-shared/contract/result-view'
import {
  interventionsOf,
  InterventionRequest,
  LARGEST_INTERVENTION,
  MOST_INTERVENTIONS,
  type HitGene,
} from '../../../src-shared/contract/what-if'
import { TARGET_KINDS } from '../../../src-shared/domain/result'
import { predictedGenes, type PredictedGene, type WhatIf } from '../../../src-shared/domain/what-if'
import type { Command, CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { nearest } from './nearest'
import { usageError, type Arguments } from './options'
import { RESULT_NOTE, resultFileOf } from './result-argument'
import { columns } from './terminal'

const GENE_AMOUNT = '"GENE=AMOUNT"'
/** Rows of the text when no gene is likely to follow. */
const SHOWN_AT_LEAST = 10
/** Names that an error lists when none is close to what was typed. */
const MOST_NAMED = 12

export const whatIf: Command = {
  summary: 'Predict what follows in a stored network when genes are held at a level or shifted.',
  positionals: { names: 'RESULT', min: 1, max: 1 },
  options: {
    hold: {
      value: GENE_AMOUNT,
      repeatable: true,
      help: 'Hold a gene at a level, whatever its causes do: a knock-out is a very low one. Control sd from the control mean, from -20 to 20. Can be repeated.',
    },
    shift: {
      value: GENE_AMOUNT,
      repeatable: true,
      help: 'Shift a gene by a difference, while its causes still act on it. Control sd. Can be repeated.',
    },
    as: {
      value: 'EXPERIMENT',
      help: 'Do what this experiment hit, and show the shifts that were observed beside the predicted ones. With --hold or --shift: only show them.',
    },
    all: { help: 'List every gene, not only those that more likely follow than not.' },
    json: { help: 'One JSON object with every gene on standard output.' },
  },
  example: 'metacadi what-if metacadi-out/screen --hold TP53=-3 --shift MYC=1.5',
  notes: [
    RESULT_NOTE,
    'Shifts are against the control, in control sd of each gene; the interval holds 95 % of the draws of network and mechanisms, not the spread of single samples. The same question gives the same numbers, here and in the What-if view.',
  ],
  run: (context) => withEngine((session) => predictWith(session, context)),
}

async function predictWith(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const [resultPath] = args.positionals as [string]
  const asked = requestsFrom(args)
  const experiment = args.text('as')
  if (asked.length === 0 && experiment === undefined)
    throw usageError(
      `Nothing is held or shifted. Give --hold ${GENE_AMOUNT}, --shift ${GENE_AMOUNT} or --as.`,
    )
  const run = await client.call('run.open', { file: await grant(resultFileOf(resultPath)) }, { signal })
  const view = await client.call('run.view', { runId: run.runId })
  const compared = experiment === undefined ? null : namedIn(view.environments, experiment, 'experiment')
  for (const { gene } of asked) namedIn(view.genes, gene, 'gene')
  const interventions =
    asked.length === 0 && compared !== null ? interventionsOf(genesOfExperiment(view, compared)) : asked
  const answer = await client.call('run.whatIf', { runId: run.runId, interventions }, { signal })
  const observed = observedIn(view, compared)
  const rows = predictedGenes(answer)
    .map((row, j) => ({ ...row, observed: observed(j) }))
    .sort((a, b) => Number(b.acted) - Number(a.acted) || Math.abs(b.shift) - Math.abs(a.shift))
  terminal.answer(textOf(answer, rows, { result: run.name, compared, all: args.isOn('all') }), {
    command: 'what-if',
    result: run.name,
    resultHash: run.resultHash,
    comparedWith: compared,
    interventions: answer.interventions,
    draws: answer.draws,
    genes: rows.map(({ observed: seen, ...row }) => (compared === null ? row : { ...row, observed: seen })),
  })
}

/** What --hold and --shift say. @throws AppError INVALID_PARAMS */
function requestsFrom(args: Arguments): InterventionRequest[] {
  const requests = (['hold', 'shift'] as const).flatMap((kind) =>
    args.list(kind).map((given): InterventionRequest => {
      // Names of genes may hold an equals sign, amounts may not.
      const at = given.lastIndexOf('=')
      const parsed = InterventionRequest.safeParse({
        gene: given.slice(0, Math.max(at, 0)).trim(),
        kind,
        amount: Number(given.slice(at + 1).trim() || NaN),
      })
      if (at > 0 && parsed.success) return parsed.data
      throw usageError(
        `--${kind} must look like ${GENE_AMOUNT} with an amount from -${LARGEST_INTERVENTION} to ${LARGEST_INTERVENTION}; '${given}' was given.`,
        kind,
      )
    }),
  )
  if (requests.length > MOST_INTERVENTIONS)
    throw usageError(`At most ${MOST_INTERVENTIONS} genes can be held or shifted at the same time.`)
  return requests
}

function namedIn(names: readonly string[], name: string, what: 'gene' | 'experiment'): string {
  if (names.includes(name)) return name
  const guess = nearest(name, names)
  const help =
    guess !== undefined
      ? ` Did you mean '${guess}'?`
      : names.length <= MOST_NAMED
        ? ` It has ${names.join(', ')}.`
        : ''
  throw usageError(`'${name}' is no ${what} of this run.${help}`)
}

/** The genes of an experiment by rank. */
function genesOfExperiment(
  { genes, environments, targets, settings }: ResultView,
  experiment: string,
): HitGene[] {
  const k = environments.indexOf(experiment)
  return genes
    .map((gene, j) => {
      const at = k * genes.length + j
      return {
        gene,
        rank: targets.rank[at]!,
        isTarget: targets.noConfidentTarget[k] !== true && targets.listFdr[at]! <= settings.fdr,
        kind: TARGET_KINDS[targets.kind[at]!] ?? 'shift',
        observedShift: targets.observedShift[at]!,
        predictedShift: targets.predictedShift[at]!,
      }
    })
    .sort((a, b) => a.rank - b.rank)
}

/** @returns the observed shift of a gene by its place, NaN without an experiment */
function observedIn(
  { genes, environments, targets }: ResultView,
  experiment: string | null,
): (j: number) => number {
  const from = experiment === null ? NaN : environments.indexOf(experiment) * genes.length
  return (j) => (experiment === null ? NaN : targets.observedShift[from + j]!)
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`

function textOf(
  { interventions, draws }: WhatIf,
  rows: readonly (PredictedGene & { readonly observed: number })[],
  { result, compared, all }: { result: string; compared: string | null; all: boolean },
): string {
  const others = rows.filter((row) => !row.acted)
  const following = others.filter((row) => row.follows)
  const listed = all ? others : following.length > 0 ? following : others.slice(0, SHOWN_AT_LEAST)
  const seen = (value: number): string[] => (compared === null ? [] : [signed(value)])
  const done = interventions.flatMap(({ gene, kind, amount, lowest, highest, outside }) => [
    `  ${gene} ${kind === 'hold' ? 'held at' : 'shifted by'} ${signed(amount)}`,
    ...(outside
      ? [
          `    beyond all samples (${signed(lowest)} to ${signed(highest)}): the mechanisms are extrapolated there`,
        ]
      : []),
  ])
  const table = columns([
    ['gene', 'shift', '95 % interval', 'P(follows)', ...(compared === null ? [] : [`in ${compared}`])],
    ...listed.map((row) => [
      row.gene,
      signed(row.shift),
      `${signed(row.low)} to ${signed(row.high)}`,
      row.downstream.toFixed(3),
      ...seen(row.observed),
    ]),
  ])
  return [
    `In the network of '${result}', in control sd:`,
    ...done,
    '',
    `${following.length} of ${others.length} other genes more likely follow than not; ${others.filter((row) => row.moves).length} have an interval without 0 (${draws} draws)`,
    listed.length > 0 ? table : '',
  ].join('\n')
}
