import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatDuration,
  formatNumber,
  formatPercent,
  formatProbability,
  formatSigned,
} from '../../../src-renderer/strings/format'

describe('Numbers in the interface', () => {
  it('never claim a certainty they do not have', () => {
    expect([0.999, 0.004, 0, 1, 0.5].map(formatProbability)).toEqual([
      '>0.99',
      '<0.01',
      '0.00',
      '1.00',
      '0.50',
    ])
  })
  it('have a true minus, and no minus before a zero', () => {
    expect(formatNumber(-0.5)).toBe('\u22120.50')
    expect(formatNumber(-0.001)).toBe('0.00')
    expect([formatSigned(0.5), formatSigned(0.001)]).toEqual(['+0.50', '0.00'])
  })
  it('are a dash when there is no number', () => {
    expect([formatNumber(Number.NaN), formatProbability(Number.NaN)]).toEqual(['–', '–'])
  })
  it('carry units a reader can say aloud', () => {
    expect([formatPercent(0.1), formatPercent(0.005)]).toEqual(['10\u00A0%', '0.5\u00A0%'])
    expect([formatDuration(0.2), formatDuration(12), formatDuration(185), formatDuration(7800)]).toEqual([
      'under 1 s',
      '12 s',
      '3 min 5 s',
      '2 h 10 min',
    ])
    expect([formatBytes(900), formatBytes(29_000), formatBytes(2.05e9)]).toEqual([
      '900 bytes',
      '29.0 KB',
      '2.0 GB',
    ])
  })
})
