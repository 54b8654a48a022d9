import { describe, expect, it } from 'vitest'
import type { AnalysisResult, ModelRecord } from '../../src-shared/domain/result'
import { methodsText } from '../../src-main/report/methods-text'
import { reportPage } from '../../src-main/report/page'
import { GENERATED_EVIDENCE, makeResult } from './make-result'

const MODEL: ModelRecord = {
  sha256: 'ab'.repeat(32),
  combinerSha256: 'cd'.repeat(32),
  featureVersion: 1,
  provider: 'cpu',
  reliability: [
    {
      kind: 'targets',
      samplesPerEnvironment: 10,
      bins: [
        { count: 40, meanPrediction: 0.15, observedShare: 0.1 },
        { count: 60, meanPrediction: 0.95, observedShare: 0.97 },
      ],
    },
    {
      kind: 'edges',
      samplesPerEnvironment: 10,
      bins: [{ count: 9, meanPrediction: 0.5, observedShare: 0.3 }],
    },
  ],
}

/** A full answer whose methods agree but for one target and one edge. */
function fullResult(): AnalysisResult {
  const base = makeResult({ genes: 4, environments: 2 })
  const edges = new Float64Array(16).fill(-5)
  const targets = new Float64Array(8).fill(-5)
  const other = { edges: edges.slice(), targets: targets.slice() }
  other.targets[4 + 2] = 2
  other.edges[1] = 1
  // the diagonal is no edge, whatever stands there
  other.edges[0] = 9
  return {
    ...base,
    mode: 'full',
    model: MODEL,
    parts: {
      edges: { network: other.edges, closedForm: edges },
      targets: { network: other.targets, closedForm: targets },
      outside: [
        { quantity: 'zeroShare', environment: null, value: 0.71, low: 0, high: 0.6 },
        { quantity: 'largestShiftedShare', environment: 1, value: 0.93, low: 0, high: 0.5 },
      ],
    },
  }
}

const textOf = (result: AnalysisResult): string =>
  reportPage(result, GENERATED_EVIDENCE)
    .replace(/<script[^]*?<\/script>|<style[^]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

describe('the report of a full answer', () => {
  const text = textOf(fullResult())

  it('names methods, model and provider', () => {
    expect(text).toContain('network and closed form, combined')
    expect(text).toContain('abababababab')
    expect(text).toContain('cdcdcdcdcdcd')
    expect(text).toMatch(/Computed on CPU/)
  })

  it('counts and lists where the methods disagree, the diagonal left out', () => {
    expect(text).toMatch(/On 1 of 8 target probabilities and 1 of 12 edge probabilities/)
    expect(text).toMatch(/Drug 2 GENE3 0\.01 0\.88/)
    expect(text).toMatch(/GENE1 GENE2 0\.01 0\.73/)
  })

  it('says what the model has not met, and that a shift of everything looks like a batch', () => {
    expect(text).toMatch(/zeros \(0\.71\) is above what it was trained on \(0\.6\)/)
    expect(text).toMatch(/in 'Drug 2' \(0\.93\) is above.*batch effect/)
  })

  it('shows how often such probabilities came true', () => {
    expect(text).toMatch(/How often probabilities came true on simulated studies/)
    expect(reportPage(fullResult(), GENERATED_EVIDENCE)).toContain('id="model-reliability-title"')
  })

  it('describes network and combiner in the methods text and does not give them to the paper', () => {
    const methods = methodsText(fullResult())
    expect(methods).toMatch(/neural network \(version abababababab, run by ONNX Runtime on the CPU\)/)
    expect(methods).toMatch(/gradient-boosted trees \(combiner cdcdcdcdcdcd\)/)
    expect(methods).toMatch(/idea of MetaCaDI.*are those of the software/)
    expect(methodsText({ ...fullResult(), model: { ...MODEL, combinerSha256: null } })).toMatch(
      /tempered mean of the log-odds/,
    )
  })
})

describe('the report of an instant answer', () => {
  const full = fullResult()
  const instant: AnalysisResult = {
    ...full,
    mode: 'instant',
    learned: null,
    parts: {
      ...full.parts!,
      edges: { ...full.parts!.edges, closedForm: null },
      targets: { ...full.parts!.targets, closedForm: null },
    },
    edges: {
      ...full.edges,
      effect: new Float64Array(16).fill(NaN),
      effectSd: new Float64Array(16).fill(NaN),
    },
    targets: {
      ...full.targets,
      predictedShift: new Float64Array(8).fill(NaN),
      kind: new Uint8Array(8).fill(3),
    },
  }

  it('says what it has not instead of inventing it', () => {
    const text = textOf(instant)
    expect(text).toMatch(/This is the instant answer/)
    expect(text).not.toMatch(/Where network and closed form disagree|NaN|undefined/)
    // kinds and predicted shifts come from the mechanisms: their columns are gone, not filled
    expect(text).not.toMatch(/not determined|Predicted \(|independent searches/)
    expect(methodsText(instant)).not.toMatch(/sets of at most|Markov chain/)
  })
})

describe('the report of the closed form', () => {
  it('says that the model did not take part, and that it was asked for', () => {
    const text = textOf(makeResult())
    expect(text).toMatch(/Learned model did not take part/)
    expect(text).toMatch(/Asked for network and closed form, combined/)
    expect(methodsText(makeResult())).not.toMatch(/neural network/)
  })
})

describe('an experiment with a target that is not certain', () => {
  it('is not said to be without a target', () => {
    const base = makeResult({ genes: 4, environments: 2, withoutTarget: [0, 1] })
    const open = { ...base, targets: { ...base.targets, noConfidentTarget: [false, true] } }
    const text = textOf(open)
    expect(text).toMatch(/A target, but the gene is unclear/)
    expect(text).toMatch(/gene unclear/)
  })
})
