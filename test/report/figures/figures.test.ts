import { describe, expect, it } from 'vitest'
import { edgeMechanismFigure } from '../../../src-main/report/figures/edge-mechanism-figure'
import { networkCaption, networkFigure } from '../../../src-main/report/figures/network-figure'
import { COLOUR, PROBABILITY_STEPS, probabilityColours } from '../../../src-main/report/figures/palette'
import { linearScale } from '../../../src-main/report/figures/scale'
import { element, text } from '../../../src-main/report/figures/svg'
import { targetEvidenceFigure } from '../../../src-main/report/figures/target-evidence-figure'
import { heatmapPanels, targetHeatmaps } from '../../../src-main/report/figures/target-heatmap'
import { targetRanking } from '../../../src-main/report/figures/target-ranking'
import { findingsOf } from '../../../src-main/report/findings'
import { GENERATED_EVIDENCE, makeResult } from '../make-result'

const occurrences = (markup: string, part: string): number => markup.split(part).length - 1

function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [r, g, bl] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * bl!
  }
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

describe('SVG writer', () => {
  it('escapes attributes and text, and rounds numbers', () => {
    expect(text(1.23456, 2, '<script>', 'end', { id: '"x"' }).markup).toBe(
      '<text x="1.23" y="2" text-anchor="end" id="&quot;x&quot;">&lt;script&gt;</text>',
    )
    expect(element('g', { a: undefined }).markup).toBe('<g/>')
  })
})

describe('palette', () => {
  it('keeps the ink of every step readable on its fill', () => {
    for (const { from, fill } of PROBABILITY_STEPS) {
      const colours = probabilityColours(from)
      expect(colours.fill).toBe(fill)
      expect(contrast(colours.fill, colours.ink)).toBeGreaterThanOrEqual(4.5)
    }
    for (const colour of [COLOUR.text, COLOUR.text2, COLOUR.text3, COLOUR.accent])
      expect(contrast(colour, COLOUR.surface)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('scale', () => {
  it('covers the values with round ticks', () => {
    const scale = linearScale([-1.37, 4.2], [100, 0])
    expect(scale.ticks).toEqual([-2, 0, 2, 4, 6])
    expect([scale(-2), scale(6), scale.decimals]).toEqual([100, 0, 0])
  })

  it('stands equal, absent and impossible values', () => {
    expect(linearScale([3, 3], [0, 10])(3)).toBeCloseTo(5)
    for (const values of [[], [Number.NaN], [Infinity, 1]])
      expect(Number.isFinite(linearScale(values, [0, 10])(1))).toBe(true)
    expect(linearScale([0, 1e-9], [0, 10]).ticks.every(Number.isFinite)).toBe(true)
  })
})

describe('network figure', () => {
  const result = makeResult({ genes: 30, environments: 6 })
  const findings = findingsOf(result)
  const figure = networkFigure(result, findings)!

  it('draws every edge from 0.30 on, dashed below 0.50', () => {
    const dashed = findings.edges.filter((edge) => edge.probability < 0.5).length
    // one dashed line more is the legend's
    expect(occurrences(figure.markup.markup, 'stroke-dasharray="5 4"')).toBe(dashed + 1)
    expect(figure.drawnEdges).toBe(findings.edges.length)
    for (const edge of findings.edges) {
      const [source, target] = [result.genes[edge.source]!, result.genes[edge.target]!]
      expect(figure.markup.markup).toMatch(
        new RegExp(`<title>${source} (activates|inhibits|acts on) ${target},`),
      )
    }
  })

  it('shows each sign by a shape of its own', () => {
    const heads = { activates: 'L', inhibits: 'stroke-width="3.2"', unknown: '<circle' }
    for (const edge of findings.edges) {
      const title = `${result.genes[edge.source]} ${edge.sign === 'unknown' ? 'acts on' : edge.sign} ${result.genes[edge.target]},`
      const group = figure.markup.markup.split(`<title>${title}`)[1]!.split('</g>')[0]!
      expect(group).toContain(heads[edge.sign])
      expect(group).toContain(COLOUR[edge.sign])
    }
  })

  it('names the strongest edges for those who cannot see it', () => {
    const first = findings.edges[0]!
    const description = /<desc[^>]*>([^<]*)/.exec(figure.markup.markup)![1]!
    expect(description).toContain(result.genes[first.source]!)
    expect(description).toContain(`${findings.edges.length} edges`)
  })

  it('says how many edges and genes are not drawn', () => {
    const big = makeResult({ genes: 150, environments: 3 })
    const many = findingsOf(big)
    const drawn = networkFigure(big, many)!
    expect(drawn.drawnEdges).toBe(90)
    expect(networkCaption(big, many, drawn)).toContain(`${many.edges.length - 90} more reach 0.30`)
    expect(networkCaption(big, many, drawn)).toContain(`${150 - drawn.drawnGenes} genes without such an edge`)
  })

  it('is absent when there is no edge to draw', () => {
    expect(networkFigure(result, { ...findings, edges: [] })).toBeNull()
  })
})

describe('target figures', () => {
  const result = makeResult({ genes: 60, environments: 50, withoutTarget: [4] })
  const findings = findingsOf(result)

  it('shows the genes with the highest probabilities in panels of 40 experiments', () => {
    const [first, second] = heatmapPanels(findings)
    const genes = first!.genes
    expect(targetHeatmaps(result, findings)).toHaveLength(2)
    expect(first!.rows.map((row) => row.environment)).toEqual(Array.from({ length: 40 }, (_, k) => k))
    expect(second!.rows).toHaveLength(10)
    expect(genes).toHaveLength(24)
    const highest = (gene: number): number =>
      Math.max(...first!.rows.map(({ environment: k }) => result.targets.probability[k * 60 + gene]!))
    const shown = Math.min(...genes.map(highest))
    const hidden = Math.max(
      ...result.genes
        .map((_, gene) => gene)
        .filter((gene) => !genes.includes(gene))
        .map(highest),
    )
    expect(shown).toBeGreaterThanOrEqual(hidden)
  })

  it('outlines exactly the cells that are on a list', () => {
    const listed = heatmapPanels(findings).flatMap(({ rows, genes }) =>
      rows.flatMap((row) => row.confident.filter((target) => genes.includes(target.gene))),
    ).length
    const outlined = targetHeatmaps(result, findings).reduce(
      (sum, panel) => sum + occurrences(panel.markup, 'stroke-width="1.6"'),
      0,
    )
    // each panel's legend has one more
    expect(outlined).toBe(listed + 2)
  })

  it('says under a heatmap how many listed targets have no column', () => {
    const [few] = heatmapPanels(findings, 2)
    const beyond = few!.rows
      .flatMap(({ confident }) => confident)
      .filter(({ gene }) => !few!.genes.includes(gene))
    expect(beyond.length).toBeGreaterThan(1)
    const note = `${beyond.length} targets on a list not among these genes`
    expect(targetHeatmaps(result, findings, 'few', 2)[0]!.markup).toContain(note)
  })

  it('fills the marks of listed genes only', () => {
    const confident = findings.experiments.find((experiment) => experiment.confident.length > 0)!
    expect(occurrences(targetRanking(result, confident).markup, '<circle')).toBe(confident.confident.length)
    const none = targetRanking(result, findings.experiments[4]!).markup
    expect(occurrences(none, '<circle')).toBe(0)
    expect(none).toContain('0 genes on the list')
  })

  it('draws each sample with both predictions, and pools them above twelve', () => {
    const few = targetEvidenceFigure(GENERATED_EVIDENCE.target(result, 0, 3), 'control sd', 'few')!.markup
    expect(occurrences(few, '<title>sample_')).toBe(5)
    expect(occurrences(few, 'stroke="#4150b5"')).toBe(6)
    const crowd = makeResult({ samplesPerExperiment: 40 })
    const pooled = targetEvidenceFigure(GENERATED_EVIDENCE.target(crowd, 0, 3), 'control sd', 'crowd')!.markup
    expect(pooled).toContain('40 samples')
    expect(occurrences(pooled, 'stroke="#4150b5"')).toBe(2)
    expect(
      targetEvidenceFigure({ ...GENERATED_EVIDENCE.target(result, 0, 3), samples: [] }, 'control sd', 'none'),
    ).toBeNull()
  })
})

describe('edge mechanism figure', () => {
  it('draws control, perturbed and unused samples apart, and at most 300', () => {
    const result = makeResult({ environments: 3, samplesPerExperiment: 4, controlSamples: 6 })
    const drawn = edgeMechanismFigure(GENERATED_EVIDENCE.edge(result, 0, 1), 'control sd', 'edge')!
    // one of each is the legend's
    expect(occurrences(drawn.markup.markup, 'width="5.2"')).toBe(6 + 1)
    expect(occurrences(drawn.markup.markup, '<circle')).toBe(8 + 1)
    expect(occurrences(drawn.markup.markup, 'm0-6l-6 6')).toBe(4 + 1)
    const large = makeResult({ environments: 3, samplesPerExperiment: 400 })
    const thinned = edgeMechanismFigure(GENERATED_EVIDENCE.edge(large, 0, 1), 'control sd', 'edge')!
    expect(thinned.drawn).toBeLessThanOrEqual(300)
    expect(thinned.samples).toBe(1210)
  })

  it('shows the samples also when no kept set of causes holds the cause', () => {
    const evidence = GENERATED_EVIDENCE.edge(makeResult(), 0, 1)
    const none = new Float64Array(0)
    const drawn = edgeMechanismFigure(
      { ...evidence, curve: { x: none, mean: none, low: none, high: none } },
      'control sd',
      'edge',
    )!
    expect(drawn.markup.markup).not.toContain('NaN')
    expect(drawn.drawn).toBe(30)
  })
})
