import type { AnalysisResult } from '../../../src-shared/domain/result'
import { experimentsByStrength, NETWORK_THRESHOLD, type TargetFinding } from '../findings'
import { count, percent, plural, probability } from '../format'
import { gene, html, label, type Content, type Markup } from '../markup'
import { flaggedSamples } from './quality'
import { falseAlarmSentence, recoveredSentence } from './honesty'
import type { ReportContext } from './section'

/** Below this many samples an experiment's probabilities are wide. */
const FEW_SAMPLES = 5
/** docs/method.md, section 2: above this difference the chains have not agreed. */
const CHAIN_DIFFERENCE_WARNING = 0.1

/** Asked, found, how sure, what next: the first screen, in plain words. */
export function summary(context: ReportContext): Markup {
  const block = (heading: string, id: string, sentences: Content[]): Markup =>
    html`<div class="answer" id="${id}">
      <h3>${heading}</h3>
      ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
    </div> `
  return html`<div class="answers">
    ${block('What was asked', 'asked', asked(context))}${block('What was found', 'found', found(context))}${block('How sure it is', 'sure', howSure(context))}${block('What to do next', 'next', whatNext(context))}
  </div> `
}

function asked({ result, findings }: ReportContext): Content[] {
  const genes = plural(result.genes.length, 'gene')
  const experiments = findings.experiments.length
  const perturbed = findings.totalSamples - findings.controlSamples
  if (experiments === 0)
    return [
      `Which causal network connects the ${genes}?`,
      `${plural(findings.totalSamples, 'sample')}, no perturbed experiment.`,
    ]
  const which = experiments === 1 ? 'the experiment' : `each of the ${experiments} experiments`
  return [
    `Which genes did ${which} hit directly, and which causal network connects the ${genes}?`,
    `${plural(findings.totalSamples, 'sample')}: ${findings.controlSamples === 0 ? 'no controls' : plural(findings.controlSamples, 'control')} and ${count(perturbed)} in ${plural(experiments, 'experiment')}.`,
  ]
}

/** Confident targets that were found, not given. */
function foundTargets({ findings }: ReportContext): TargetFinding[] {
  return findings.experiments.flatMap((experiment) => experiment.confident.filter((target) => !target.known))
}

function found(context: ReportContext): Content[] {
  const { result, findings } = context
  const sentences: Content[] = []
  const all = findings.experiments
  if (all.length > 0) {
    const withTarget = all.filter((experiment) => experiment.confident.some((target) => !target.known)).length
    const without = all.filter((experiment) => experiment.confident.length === 0)
    const given = all.filter((experiment) => experiment.confident.some((target) => target.known)).length
    const rate = percent(result.settings.fdr)
    const names = named(without.map((experiment) => label(result.environments[experiment.environment]!, 28)))
    sentences.push(
      withTarget === 0
        ? html`<strong>No experiment has a confident direct target</strong> at a false discovery rate of
            ${rate}. The rankings are leads.`
        : html`<strong
              >${count(withTarget)} of ${plural(all.length, 'experiment')}
              ${withTarget === 1 ? 'has' : 'have'} a confident direct target</strong
            >
            at a false discovery rate of
            ${rate}.${without.length > 0 && html` ${names} ${without.length === 1 ? 'has' : 'have'} none.`}`,
    )
    if (given > 0)
      sentences.push(
        `Targets of ${plural(given, 'experiment')} were given in the settings; they are marked “given” and are not findings.`,
      )
  }
  const possible = result.genes.length * (result.genes.length - 1)
  const first = findings.edges.find((edge) => !edge.required)
  sentences.push(
    findings.networkEdges === 0
      ? html`<strong>No edge of the network has a probability of ${NETWORK_THRESHOLD} or more.</strong>`
      : html`<strong>The network has ${plural(findings.networkEdges, 'edge')}</strong> with a probability of
          ${NETWORK_THRESHOLD} or more, of ${count(possible)} possible
          ones.${
            first &&
            html` The surest is ${gene(result.genes[first.source]!, 24)}
              ${first.sign === 'unknown' ? 'acts on' : first.sign} ${gene(result.genes[first.target]!, 24)}
              <span class="nb">(${probability(first.probability)})</span>.`
          }`,
  )
  return sentences
}

function howSure(context: ReportContext): Content[] {
  const { result, findings, honesty } = context
  const sentences: Content[] = []
  const targets = foundTargets(context)
  if (targets.length > 0) {
    const expectedFalse = targets.reduce((sum, target) => sum + 1 - target.probability, 0)
    sentences.push(
      `Of the ${plural(targets.length, 'listed target')}, ${expectedFalse < 0.05 ? 'fewer than 0.1' : `about ${expectedFalse.toFixed(1)}`} ${targets.length === 1 && expectedFalse < 0.05 ? 'is' : 'are'} expected to be false, if the model fits the data.`,
    )
  }
  sentences.push(agreement(result))
  const check = honesty
    ? [falseAlarmSentence(honesty), recoveredSentence(honesty)].filter((sentence) => sentence !== null)
    : []
  if (check.length > 0) sentences.push(html`${check.join(' ')} <a href="#honesty">More on this check.</a>`)
  const flagged = flaggedSamples(context).length
  if (flagged > 0)
    sentences.push(
      html`${plural(flagged, 'sample')} ${flagged === 1 ? 'stands' : 'stand'} out among the
      others${context.shows('quality') ? html` (<a href="#quality">which and why</a>)` : null}.`,
    )
  const few = findings.experiments.filter((experiment) => experiment.samples < FEW_SAMPLES).length
  if (few > 0)
    sentences.push(
      `${plural(few, 'experiment')} ${few === 1 ? 'has' : 'have'} fewer than ${FEW_SAMPLES} samples; probabilities there are wide.`,
    )
  if (findings.controlSamples === 0)
    sentences.push('There are no control samples; shifts are relative to all samples.')
  sentences.push(
    html`${result.warnings.length === 0 ? 'The run gave no warnings.' : html`<a href="#reliability">${plural(result.warnings.length, 'warning')}</a> from the run.`}
      What the probabilities rest on: <a href="#limits">Limits</a>.`,
  )
  return sentences
}

/** Whether chance or the choice of method plays a part in the answer. */
function agreement({ mode, diagnostics, parts }: AnalysisResult): Content {
  if (mode === 'instant')
    return html`<strong>This is the instant answer</strong> of the learned network alone: nothing was fitted
      to these
      samples.${
        parts &&
        parts.outside.length > 0 &&
        html` The study is <a href="#reliability">unlike what the network has learned from</a>.`
      }`
  if (diagnostics.exactOrders)
    return 'The network was summed over all orders of the genes; chance plays no part in it.'
  if (diagnostics.maxChainDifference > CHAIN_DIFFERENCE_WARNING)
    return html`<strong>The ${diagnostics.chains} independent searches disagree</strong> by up to
      ${diagnostics.maxChainDifference.toFixed(2)} in an edge probability.`
  return `The ${diagnostics.chains} independent searches agree: no edge probability differs by more than ${Math.max(0.01, diagnostics.maxChainDifference).toFixed(2)}.`
}

function whatNext(context: ReportContext): Content[] {
  const { result, findings } = context
  const sentences: Content[] = []
  const best = foundTargets(context)
    .sort((a, b) => b.probability - a.probability || a.environment - b.environment || a.rank - b.rank)
    .slice(0, 3)
  if (best.length > 0)
    sentences.push(
      html`Confirm in the laboratory first:
      ${named(best.map((target) => html`${gene(result.genes[target.gene]!, 20)} in ${label(result.environments[target.environment]!, 24)} <span class="nb">(${probability(target.probability)})</span>`))}.`,
    )
  const flagged = flaggedSamples(context)
  if (flagged.length > 0)
    sentences.push(
      html`Look at ${named(flagged.map((sample) => label(context.quality.samples[sample]!, 24)))} before
      relying on ${flagged.length === 1 ? 'its experiment' : 'their experiments'}; run again without what
      failed.`,
    )
  const none = experimentsByStrength(findings)
    .map((position) => findings.experiments[position]!)
    .filter((experiment) => experiment.confident.length === 0)
  if (none.length > 0) {
    const samples = none.map((experiment) => experiment.samples)
    const now =
      Math.min(...samples) === Math.max(...samples)
        ? `${samples[0]}`
        : `${Math.min(...samples)}–${Math.max(...samples)}`
    sentences.push(
      `Where no gene is confident, read the ranking as leads, or add replicates (now ${now} ${now === '1' ? 'sample' : 'samples'} per experiment).`,
    )
  }
  if (result.mode === 'instant')
    sentences.push('Run the full search: it adds effects, evidence and a check on these very data.')
  if (findings.controlSamples === 0) sentences.push('Add control samples: they sharpen every shift.')
  if (!result.diagnostics.exactOrders && result.diagnostics.maxChainDifference > CHAIN_DIFFERENCE_WARNING)
    sentences.push('Run again with more sweeps before relying on single edges.')
  if (findings.networkEdges > 0)
    sentences.push('An edge is best tested by perturbing its cause and measuring its effect gene.')
  if (sentences.length === 0)
    sentences.push('Add perturbed experiments or samples: these data do not settle any edge.')
  return sentences
}

/** `A, B and C`, at most four before "and 7 more". */
function named(items: readonly Markup[]): Content[] {
  const shown = items.length > 5 ? items.slice(0, 4) : items
  const parts: Content[] = []
  shown.forEach((item, index) => {
    const last = index === shown.length - 1 && shown.length === items.length
    if (index > 0) parts.push(last ? ' and ' : ', ')
    parts.push(item)
  })
  if (shown.length < items.length) parts.push(` and ${items.length - shown.length} more`)
  return parts
}
