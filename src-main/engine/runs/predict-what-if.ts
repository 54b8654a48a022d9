import type { LearnedResult } from '../../../src-shared/domain/result'
import type { WhatIf } from '../../../src-shared/domain/what-if'
import type { DrawNetwork } from '../../core/effects/draw-network'
import type { Intervention } from '../../core/effects/network-response'
import { networksOf, whatIf } from '../../core/effects/what-if'
import { createRng } from '../../core/random/rng'

const DRAWS = 400
/** Streams of the seed of the run; other streams belong to the run and its checks. */
const STREAM = { networks: 7002, prediction: 7003 } as const

const networks = new WeakMap<LearnedResult, DrawNetwork>()

/** Networks of a result as they are probable: made once, since that takes longer than asking them. */
export function drawnNetworks(result: LearnedResult): DrawNetwork {
  const draw = networks.get(result) ?? networksOf(result, createRng(result.settings.seed, STREAM.networks))
  networks.set(result, draw)
  return draw
}

/** What the learned network predicts; the same numbers for the same question, and smooth from one amount to the next. */
export function predictWhatIf(result: LearnedResult, interventions: readonly Intervention[]): WhatIf {
  const rng = createRng(result.settings.seed, STREAM.prediction)
  return whatIf(result, drawnNetworks(result), interventions, DRAWS, rng)
}
