import { describe, expect, it } from 'vitest'
import {
  bytes,
  count,
  dateTime,
  decimal,
  listed,
  percent,
  plural,
  probability,
  seconds,
  signed,
} from '../../src-main/report/format'

describe('format', () => {
  it('writes a probability as 0 or 1 only when it is exactly that', () => {
    expect([0, 0.0049, 0.005, 0.5, 0.9949, 0.995, 1, Number.NaN].map(probability)).toEqual([
      '0',
      '< 0.01',
      '0.01',
      '0.50',
      '0.99',
      '> 0.99',
      '1',
      'n/a',
    ])
  })

  it('uses a true minus and no sign for what rounds to zero', () => {
    expect([-1.26, 0.04, -0.04, 2, Number.NaN].map((value) => signed(value))).toEqual([
      '−1.3',
      '0.0',
      '0.0',
      '+2.0',
      'n/a',
    ])
    expect(decimal(-0.5)).toBe('−0.50')
  })

  it('shows decimals of a percentage only where they say something', () => {
    expect([0.1, 0.05, 0.025, 0.005, 0.5].map((share) => percent(share).replace('\u202f', ' '))).toEqual([
      '10 %',
      '5 %',
      '2.5 %',
      '0.5 %',
      '50 %',
    ])
  })

  it('reads dates in UTC, whatever the time zone of the computer', () => {
    expect(dateTime('2026-11-23T23:59:30.000Z')).toBe('23 November 2026, 23:59 UTC')
    expect(dateTime('2026-11-24T00:30:00.000+02:00')).toBe('23 November 2026, 22:30 UTC')
    expect(dateTime('some day')).toBe('some day')
  })

  it('groups thousands, chooses units and joins lists', () => {
    expect(count(1234567)).toBe('1,234,567')
    expect([plural(1, 'gene'), plural(0, 'gene'), plural(2, 'category', 'categories')]).toEqual([
      '1 gene',
      '0 genes',
      '2 categories',
    ])
    expect([bytes(999), bytes(1500), bytes(142_000_000), bytes(2.5e9)]).toEqual([
      '999 bytes',
      '1.5 kB',
      '142.0 MB',
      '2.5 GB',
    ])
    expect([seconds(0.001), seconds(1.234), seconds(61), seconds(600)]).toEqual([
      '< 0.01 s',
      '1.23 s',
      '61 s',
      '10.0 min',
    ])
    expect([listed([]), listed(['A']), listed(['A', 'B', 'C']), listed(['A', 'B', 'C', 'D'], 3)]).toEqual([
      '',
      'A',
      'A, B and C',
      'A, B and 2 more',
    ])
  })
})
