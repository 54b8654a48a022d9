import type { OutsideRange } from '../domain/answer-parts'

/** What each property of a study is called; keys are those of core/combine. */
const WORDS: Readonly<Record<string, string>> = {
  genes: 'the number of genes',
  experiments: 'the number of experiments',
  controlSamples: 'the number of control samples',
  fewestSamples: 'the number of samples of an experiment',
  medianSamples: 'the usual number of samples per experiment',
  mostSamples: 'the number of samples of an experiment',
  largestShiftedShare: 'the share of genes that are shifted',
  meanAbsoluteZ: 'the size of the shifts over all genes',
  ratioGain95: 'how far relations between genes are from straight lines',
  heteroscedasticity90: 'how much the scatter of a gene depends on other genes',
  meanAbsoluteSkew: 'the skew of the values',
  meanKurtosis: 'how heavy the tails of the values are',
  zeroShare: 'the share of values at the floor of their gene, as a rule zeros',
  clippedShare: 'the share of extreme statistics',
}

/** An experiment in which nearly every gene is shifted looks like a batch. */
const BATCH = 'largestShiftedShare'

/** One sentence about a property that the learned model has not met in training. */
export function outsideRangeText(range: OutsideRange, environments: readonly string[]): string {
  const words = WORDS[range.quantity] ?? `'${range.quantity}'`
  const side = range.value > range.high ? 'above' : 'below'
  const limit = range.value > range.high ? range.high : range.low
  const where = range.environment === null ? '' : ` in '${environments[range.environment] ?? ''}'`
  const hint =
    range.quantity === BATCH && side === 'above'
      ? ' A shift of nearly every gene is often a batch effect.'
      : ''
  return `Unusual for the learned model: ${words}${where} (${shown(range.value)}) is ${side} what it was trained on (${shown(limit)}).${hint}`
}

const shown = (value: number): string => String(Number(value.toPrecision(2)))
