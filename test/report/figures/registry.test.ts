import { describe, expect, it, vi } from 'vitest'
import {
  FIGURES,
  FIGURE_NAMES,
  FIGURE_PRESETS,
  FigureChoice,
  type FigureName,
} from '../../../src-shared/contract/figures'
import { sizedFigure } from '../../../src-main/report/figures/preset'
import { drawFigure, type DrawnFigure } from '../../../src-main/report/figures/registry'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { GENERATED_EVIDENCE, makeResult } from '../make-result'
import { awkwardResult } from '../exports/export-input'

// layouts by dagre take seconds on a busy computer
vi.setConfig({ testTimeout: 120_000 })

const named = (result: AnalysisResult): Omit<FigureChoice, 'figure' | 'preset' | 'panel'> => ({
  experiment: result.environments[0]!,
  gene: result.genes[1]!,
  source: result.genes[0]!,
  target: result.genes[2]!,
})

const draw = (figure: FigureName, result: AnalysisResult, more: Partial<FigureChoice> = {}): DrawnFigure =>
  drawFigure(
    figure === 'reliability' ? withCurves(result) : result,
    GENERATED_EVIDENCE,
    FigureChoice.parse({ figure, ...named(result), ...more }),
  )

/** A full answer with reliability curves. */
const withCurves = (result: AnalysisResult): AnalysisResult => ({
  ...result,
  mode: 'full',
  model: {
    sha256: 'ab'.repeat(32),
    combinerSha256: null,
    featureVersion: 1,
    provider: 'cpu',
    reliability: (['targets', 'edges'] as const).map((kind) => ({
      kind,
      samplesPerEnvironment: 10,
      bins: [0.1, 0.5, 0.9].map((p) => ({ count: 100, meanPrediction: p, observedShare: p + 0.02 })),
    })),
  },
})

describe('every figure', () => {
  it.each(FIGURE_NAMES)('%s is a file of a journal width with text of 5 to 7 pt', (name) => {
    for (const preset of FIGURE_PRESETS) {
      const { svg, widthMm } = sizedFigure(draw(name, makeResult({ genes: 25 }), { preset }).markup, preset)
      expect(widthMm).toBeLessThanOrEqual(Number.parseFloat(preset) + 0.01)
      const [, pixels] = /viewBox="0 0 (\d+) /.exec(svg)!
      const perPixel = (widthMm * 72) / 25.4 / Number(pixels)
      const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size) * perPixel)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(7.01)
      if (name !== 'network') expect(Math.min(...sizes)).toBeGreaterThanOrEqual(4.99)
    }
  })

  it.each(FIGURE_NAMES)('%s keeps text as text, and names that are hostile as text too', (name) => {
    const { svg } = sizedFigure(draw(name, awkwardResult()).markup, '183mm')
    expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns=/)
    expect(svg).toContain('<text')
    expect(/<(?:script|img|foreignObject|style|image|use|a)\b/i.exec(svg)).toBeNull()
    expect(/<[^<>]*\son\w+=/i.exec(svg.replace(/"[^"]*"/g, '""'))).toBeNull()
    expect(/(?!\n)\p{Cc}/u.exec(svg)).toBeNull()
  })

  it.each(FIGURE_NAMES)('%s comes with its data, and with a file name of its own making', (name) => {
    const { data, name: file } = draw(name, awkwardResult())
    expect(data.rows.length).toBeGreaterThan(0)
    for (const row of data.rows) expect(row).toHaveLength(data.columns.length)
    expect(file).toMatch(/^[a-z]+(?:-[a-z]+)?(?:-\d+){0,2}$/)
  })

  it('is the same to the byte for the same run', () => {
    for (const name of FIGURE_NAMES)
      expect(sizedFigure(draw(name, makeResult()).markup, '89mm')).toEqual(
        sizedFigure(draw(name, makeResult()).markup, '89mm'),
      )
  })

  it('asks for what it needs and is not named', () => {
    for (const [name, { needs }] of Object.entries(FIGURES))
      for (const need of needs)
        expect(() => draw(name as FigureName, makeResult(), { [need]: undefined })).toThrow(need)
  })
})

describe('a figure that cannot be drawn', () => {
  it('says which name is not of this run', () => {
    expect(() => draw('ranking', makeResult(), { experiment: 'Drug X' })).toThrow("'Drug X' is no experiment")
    expect(() => draw('target', makeResult(), { gene: 'X' })).toThrow("'X' is no gene")
    expect(() => draw('edge', makeResult(), { source: 'GENE1', target: 'GENE1' })).toThrow('two genes')
  })

  it('says that there is nothing to draw', () => {
    const result = makeResult({ environments: [] })
    result.edges.probability.fill(0)
    const choice = (figure: FigureName): FigureChoice => FigureChoice.parse({ figure, experiment: 'x' })
    for (const figure of ['network', 'heatmap'] as const)
      expect(() => drawFigure(result, GENERATED_EVIDENCE, choice(figure))).toThrow('nothing to draw')
  })

  it('says that the instant answer has no evidence', () => {
    const none = { edge: () => null, target: () => null }
    const result = makeResult()
    for (const figure of ['edge', 'target'] as const)
      expect(() => drawFigure(result, none, FigureChoice.parse({ figure, ...named(result) }))).toThrow(
        'instant answer',
      )
  })
})

describe('heatmap', () => {
  it('has as many columns as the width holds, and panels of forty experiments', () => {
    const result = makeResult({ genes: 30, environments: 90 })
    const columns = (preset: FigureChoice['preset']): number =>
      draw('heatmap', result, { preset }).data.rows.length / 40
    expect(columns('89mm')).toBeLessThan(columns('183mm'))
    expect(draw('heatmap', result, { panel: 3 }).name).toBe('heatmap-3')
    expect(() => draw('heatmap', result, { panel: 4 })).toThrow('3 panels')
  })
})

describe('network', () => {
  it('is laid out for the width it gets', () => {
    const widthOf = (preset: FigureChoice['preset']): number =>
      Number(
        /viewBox="0 0 (\d+)/.exec(draw('network', makeResult({ genes: 40 }), { preset }).markup.markup)![1],
      )
    expect(widthOf('89mm')).toBeLessThan(widthOf('183mm'))
  })
})

describe('predicted and observed shifts', () => {
  it('names the direct targets and marks what was given', () => {
    const result = makeResult({
      environments: 2,
      settings: { knownTargets: { 'Drug 1': { genes: ['GENE5'], complete: true } } },
    })
    const { markup } = draw('predicted-observed', result)
    expect(markup.markup).toMatch(/<text[^>]*>GENE5<\/text>/)
    expect(markup.markup).toContain('observed = predicted')
  })

  it('is not drawn when nothing was predicted', () => {
    const result = makeResult()
    result.targets.predictedShift.fill(NaN)
    expect(() => draw('predicted-observed', result)).toThrow('nothing to draw')
  })
})
