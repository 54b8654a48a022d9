import { AppError } from '../../src-shared/contract/errors'
import type { NetworkAnswer } from '../core/combine'
import type { StudySummary } from '../core/features/summary'
import type { SelfTest } from './manifest'
import { messageOf } from './unavailable'

/**
 * Compares the answer to the manifest's tiny study with the one the exporter got. It also warms the session up.
 * @returns what is wrong, or null
 */
export async function runSelfTest(
  test: SelfTest,
  infer: (summary: StudySummary) => Promise<NetworkAnswer>,
): Promise<string | null> {
  let answer: NetworkAnswer
  try {
    answer = await infer({
      genes: test.genes,
      experiments: test.experiments,
      pair: Float32Array.from(test.pair),
      experiment: Float32Array.from(test.env),
      global: Float32Array.from(test.glob),
    })
  } catch (error) {
    return `the self-test cannot be run: ${error instanceof AppError ? error.message : messageOf(error)}`
  }
  const difference = Math.max(
    largestDifference(answer.edge, test.edge),
    largestDifference(answer.ancestor, test.ancestor),
    largestDifference(answer.target, test.target),
  )
  if (difference <= test.tolerance) return null
  return `the self-test failed: the largest difference to the reference answer is ${difference.toPrecision(2)}, ${test.tolerance.toPrecision(2)} is allowed.`
}

/** Infinity when the lengths differ. */
function largestDifference(found: Float32Array, expected: readonly number[]): number {
  if (found.length !== expected.length) return Infinity
  return found.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0)
}
