import { LARGEST_INTERVENTION, NextQuestion } from '../../../src-shared/contract/what-if'
import { SETTLED, type NextExperiments } from '../../../src-shared/domain/next-experiment'
import type { Command, CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { usageError, type Arguments } from './options'
import { RESULT_NOTE, resultFileOf } from './result-argument'
import { columns } from './terminal'

const SHOWN = 10

export const next: Command = {
  summary: 'Which gene to perturb next: what holding each at a level is expected to settle of the network.',
  positionals: { names: 'RESULT', min: 1, max: 1 },
  options: {
    level: {
      value: 'AMOUNT',
      help: 'Level at which the gene is held, in control sd from the control mean; default -2, a knock-down.',
    },
    samples: { value: 'N', help: 'Samples of the experiment; default 5.' },
    all: { help: `List every gene that was tried, not only the best ${SHOWN}.` },
    json: { help: 'One JSON object on standard output, progress as JSON lines on standard error.' },
  },
  example: 'metacadi next metacadi-out/screen --level -2 --samples 5',
  notes: [
    RESULT_NOTE,
    `Pairs of genes are open when neither a direction nor "no edge" has a probability of ${SETTLED}. Figures are expectations over simulated outcomes under the learned model.`,
  ],
  run: (context) => withEngine((session) => planWith(session, context)),
}

async function planWith(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const [resultPath] = args.positionals as [string]
  const question = questionFrom(args)
  const run = await client.call('run.open', { file: await grant(resultFileOf(resultPath)) }, { signal })
  const answer = await client.call(
    'run.nextExperiments',
    { runId: run.runId, ...question },
    { signal, onProgress: terminal.progress },
  )
  terminal.answer(textOf(answer, run.name, args.isOn('all')), {
    command: 'next',
    result: run.name,
    resultHash: run.resultHash,
    ...answer,
  })
}

/** @throws AppError INVALID_PARAMS */
function questionFrom(args: Arguments): { level: number; samples: number } {
  const given = args.text('level')
  const samples = args.count('samples', { min: 1, max: 100 })
  const level = given === undefined ? undefined : Number(given.trim() || NaN)
  const parsed = NextQuestion.safeParse({ level, samples })
  if (parsed.success) return parsed.data
  throw usageError(
    `--level must be a number from -${LARGEST_INTERVENTION} to ${LARGEST_INTERVENTION}; '${given ?? ''}' was given.`,
    'level',
  )
}

function textOf(answer: NextExperiments, name: string, all: boolean): string {
  const { candidates, level, samples, openPairs, openBits, leftOut } = answer
  const head = [
    `In the network of '${name}', ${openPairs} pairs of genes are open (${openBits.toFixed(1)} bits).`,
    `Expected of one gene held at ${level} control sd in ${samples} samples:`,
    '',
  ]
  if (candidates.length === 0)
    return [...head.slice(0, 1), 'No gene is expected to settle anything more.', ''].join('\n')
  const table = columns([
    ['gene', 'bits', '+-', 'of what is open', 'genes that follow', 'says most about', 'hit before in'],
    ...candidates.slice(0, all ? undefined : SHOWN).map((row) => [
      `${row.gene}${row.outside ? ' *' : ''}`,
      row.bits.toFixed(2),
      row.bitsError.toFixed(2),
      `${((100 * row.bits) / openBits).toFixed(1)} %`,
      row.followers.toFixed(1),
      row.pairs
        .slice(0, 2)
        .map((pair) => `${pair.source}-${pair.target}`)
        .join(', '),
      row.hitIn.join(', '),
    ]),
  ])
  return [
    ...head,
    table,
    ...(candidates.some(({ outside }) => outside)
      ? ['  * beyond all samples: the mechanisms are extrapolated there']
      : []),
    ...(leftOut > 0 ? [`  ${leftOut} genes that can say least were not tried`] : []),
    '',
  ].join('\n')
}
