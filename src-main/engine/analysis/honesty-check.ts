import { setImmediate } from 'node:timers/promises'
import type { FalseAlarms, HiddenTarget, HonestyCheck } from '../../../src-shared/domain/experiment-evidence'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { closedFormVerdicts } from '../../core/evidence/closed-form-verdicts'
import { controlSplits } from '../../core/evidence/control-splits'
import { leaveOneOut } from '../../core/evidence/leave-one-out'
import { bestFdr } from '../../core/search/target-list'
import { createRng } from '../../core/random/rng'
import { throwIfAborted } from './run-hooks'

const MOST_SPLITS = 50
const LEAST_SPLITS = 10
/** Genes × draws: a draw judges every gene, and the check has to stay a matter of seconds. */
const GENES_JUDGED = 2_000
/** Control samples that have to remain for each one that is taken out. */
const REMAINING = 2
/** Stream of the seed that the splits are drawn from; other streams belong to the run. */
const STREAM = 7001

/**
 * How the method behaves on the user's own data: false alarms on control samples judged as experiments, and known targets
 * found again when they are hidden. Both by the closed form, with the network as it was learned (docs/method.md, section 6).
 *
 * @param onShare called with the share of the work done, 0 … 1
 */
export async function honestyCheck(
  result: LearnedResult,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<HonestyCheck> {
  const pause = async (share: number): Promise<void> => {
    onShare(share)
    await setImmediate()
    throwIfAborted(signal)
  }
  const hidden = await findHidden(result, (share) => pause(0.3 * share))
  const falseAlarms = await countFalseAlarms(result, (share) => pause(0.3 + 0.7 * share))
  return { fdr: result.settings.fdr, falseAlarms, hidden }
}

async function countFalseAlarms(
  result: LearnedResult,
  pause: (share: number) => Promise<void>,
): Promise<FalseAlarms | null> {
  const [control, ...sizes] = result.input.samplesPerEnvironment
  const samples = median(sizes.filter((size) => size > 0))
  if (samples === 0 || control! < (REMAINING + 1) * samples) return null
  const d = result.genes.length
  const splits = Math.max(LEAST_SPLITS, Math.min(MOST_SPLITS, Math.floor(GENES_JUDGED / d)))
  const judgeNext = controlSplits(result, samples, createRng(result.settings.seed, STREAM))
  let alarms = 0
  let noTarget = 0
  for (let split = 0; split < splits; split++) {
    await pause(split / splits)
    const verdict = closedFormVerdicts(result, judgeNext(), new Uint8Array(d), 1)
    if (bestFdr(verdict.listFdr, 0, d) <= result.settings.fdr) alarms++
    noTarget += verdict.noTarget[0]! / splits
  }
  return { splits, samples, alarms, meanNoTarget: noTarget }
}

async function findHidden(
  result: LearnedResult,
  pause: (share: number) => Promise<void>,
): Promise<HiddenTarget[]> {
  const known = Object.entries(result.settings.knownTargets).filter(
    ([environment, { genes }]) => result.environments.includes(environment) && genes.length > 0,
  )
  const found: HiddenTarget[] = []
  for (const [index, [environment, { genes }]] of known.entries()) {
    await pause(index / known.length)
    const k = result.environments.indexOf(environment)
    if (result.input.samplesPerEnvironment[k + 1] === 0) continue
    const d = result.genes.length
    const verdict = closedFormVerdicts(result, leaveOneOut(result, k).all(), new Uint8Array(d), 1)
    for (const gene of genes) {
      const j = result.genes.indexOf(gene)
      if (j < 0) continue
      found.push({
        environment,
        gene,
        rank: verdict.rank[j]!,
        probability: verdict.probability[j]!,
        listed: verdict.listFdr[j]! <= result.settings.fdr,
      })
    }
  }
  return found
}

function median(sizes: readonly number[]): number {
  if (sizes.length === 0) return 0
  const sorted = [...sizes].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}
