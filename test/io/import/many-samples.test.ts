import { describe, expect, it } from 'vitest'
import { MOST_MEASURED_SAMPLES } from '../../../src-shared/domain/sample-quality'
import { findingOf, read, rulesOf } from './support'

/** samples in rows, in the order of the generator */
function table(samples: number): string {
  const lines = ['condition,TP53,MYC,JUN']
  for (let row = 0; row < samples; row++)
    lines.push(`${row % 2 === 0 ? 'control' : 'drug'},${row % 11},${row % 13},${row % 7}.5`)
  return `${lines.join('\n')}\n`
}

describe('a table of very many samples', () => {
  it('is read whole, without measures of the single samples, and says so', async () => {
    const outcome = await read(table(MOST_MEASURED_SAMPLES + 1))
    expect(outcome.dataset?.samples).toHaveLength(MOST_MEASURED_SAMPLES + 1)
    expect(outcome.dataset?.quality).toBeUndefined()
    expect(findingOf(outcome, 'samples-not-measured').text).toBe(
      '20,001 samples are too many to be measured one by one: library sizes, principal components and correlations of the ' +
        'samples are left out beyond 20,000. The analysis takes all of them.',
    )
  })

  it('of one sample fewer is measured', async () => {
    const outcome = await read(table(MOST_MEASURED_SAMPLES))
    expect(outcome.dataset?.quality?.scores).toHaveLength(2 * MOST_MEASURED_SAMPLES)
    expect(rulesOf(outcome)).not.toContain('samples-not-measured')
  })
})
