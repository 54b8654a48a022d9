import { CHANGED_AT, type DifferentialExpression } from '../../src-shared/domain/differential'
import {
  GENE_FATES,
  GENE_REASONS,
  type GeneFate,
  type GeneReason,
} from '../../src-shared/domain/measured-genes'
import { isLearned, type AnalysisResult, type ModelRecord } from '../../src-shared/domain/result'
import { LEAST_ANY_TARGET } from '../core/search/any-target'
import { PAPER_CITATION } from './citation'
import { findingsOf, knownTargetsOf, NETWORK_THRESHOLD, shiftUnit } from './findings'
import { count, dateTime, listed, percent, plural } from './format'
import { cleanText } from './markup'

export type MethodsFormat = 'plain' | 'markdown'

interface Paragraph {
  readonly heading: string
  readonly text: string
}

/** A methods section for a paper, from the record of the run alone: the same result gives the same text. */
export function methodsText(result: AnalysisResult, format: MethodsFormat = 'plain'): string {
  const markdown = format === 'markdown'
  const name = (text: string): string => (markdown ? escapeMarkdown(cleanText(text)) : cleanText(text))
  return paragraphs(result, name)
    .map(({ heading, text }) => (markdown ? `### ${heading}\n\n${text}\n` : `${heading}\n${text}\n`))
    .join('\n')
}

/** Characters that Markdown would read as its own, and the pipe of tables. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `\\${character}`)
}

function paragraphs(result: AnalysisResult, name: (text: string) => string): Paragraph[] {
  return [
    { heading: 'Data', text: dataText(result, name) },
    ...(result.differential
      ? [{ heading: 'Differential expression', text: differentialText(result, result.differential) }]
      : []),
    { heading: 'Model', text: modelText(result) },
    ...(isLearned(result) ? [{ heading: 'Search', text: searchText(result) }] : []),
    ...(result.model ? [{ heading: 'Learned model', text: learnedText(result, result.model) }] : []),
    { heading: 'Intervention targets', text: targetText(result, name) },
    { heading: 'Software', text: softwareText(result) },
    { heading: 'Reference', text: `${PAPER_CITATION}.` },
  ]
}

const TRANSFORM_TEXT = {
  none: 'Values were used as they stand in the file, without a transform.',
  log1p: 'Values were transformed by log(1 + x).',
  'log1p-size-factors':
    'Counts were divided by size factors computed from all genes of the file and transformed by log(1 + x).',
  'log1p-cpm':
    'Counts were scaled to counts per million of all genes of the file and transformed by log(1 + x).',
  'log1p-panel-factors':
    'Counts were divided by the depth of each sample, a factor shared by all genes of the panel (empirical best linear unbiased prediction on log counts), and transformed by log(1 + x).',
} as const

function dataText(result: AnalysisResult, name: (text: string) => string): string {
  const { input } = result
  const findings = findingsOf(result)
  const files = input.files.map((file) => `${name(file.name)} (SHA-256 ${file.sha256})`)
  const perturbed = findings.experiments.map((experiment) => experiment.samples)
  const sizes =
    perturbed.length === 0
      ? ''
      : ` and ${plural(perturbed.length, 'perturbed experiment')} with ${range(perturbed)} ${Math.max(...perturbed) === 1 ? 'sample' : 'samples'} each`
  const control =
    input.control !== null && findings.controlSamples > 0
      ? `${plural(findings.controlSamples, 'control sample')} (${name(input.control)})`
      : 'no control samples'
  return [
    `Expression of ${plural(result.genes.length, 'gene')} in ${plural(findings.totalSamples, 'sample')} was analysed: ${control}${sizes}.`,
    files.length > 0 ? `Input: ${files.join('; ')}.` : '',
    (input.repairs ?? []).length > 0
      ? `On import: ${input.repairs!.map(({ text }) => name(text)).join(' ')}`
      : '',
    TRANSFORM_TEXT[input.transform],
    genesText(result),
    `Each gene was scaled to zero mean and unit standard deviation of the ${result.input.control !== null ? 'control samples' : 'pooled samples'}; ${normalScoreText(result)}`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

const FATE_TEXT: Readonly<Record<GeneFate, string>> = {
  analysed: '',
  'not-named': 'not among the genes that were named',
  'not-chosen': 'lower in shift and variance than those chosen',
  constant: 'constant',
  'mostly-zero': 'zero in more than 97 % of the samples',
  'missing-values': 'with missing values',
  identical: 'identical to another gene',
}

const REASON_TEXT: Readonly<Record<GeneReason, string>> = {
  '-': '',
  'all-genes': '',
  named: 'named by the user',
  pinned: 'pinned by the user',
  'known-target': 'as known targets',
  'transcription-factor': 'as transcription factors (GO:0003700) with the largest shift',
  shift: 'by the largest shift of an experiment against the control',
  variance: 'by variance',
}

/** Which genes of the file were analysed and why, and how they are named. */
function genesText({ measured, genes }: AnalysisResult): string {
  if (!measured || measured.names.length === genes.length) return measured?.ids ? SYMBOLS_TEXT : ''
  const tally = (codes: Uint8Array, words: readonly string[]): string[] =>
    words.flatMap((word, index) => {
      const number = codes.reduce((sum, code) => sum + Number(code === index), 0)
      return word === '' || number === 0 ? [] : [`${count(number)} ${word}`]
    })
  const kept = tally(
    measured.reason,
    GENE_REASONS.map((reason) => REASON_TEXT[reason]),
  )
  const left = tally(
    measured.fate,
    GENE_FATES.map((fate) => FATE_TEXT[fate]),
  )
  return [
    `Of ${plural(measured.names.length, 'gene')} of the file ${count(genes.length)} were analysed${kept.length > 0 ? ` (${kept.join(', ')})` : ''}; left out: ${left.join(', ')}.`,
    measured.ids ? SYMBOLS_TEXT : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

const SYMBOLS_TEXT =
  'Older symbols and identifiers were replaced by current gene symbols (Ensembl 100, HGNC, NCBI Gene 2022) where one gene was meant.'

function differentialText(
  { input }: AnalysisResult,
  { tested, freedom, priorFreedom, batches }: DifferentialExpression,
): string {
  return [
    `Every experiment was compared with the control in ${plural(tested, 'gene')} of the file by moderated t statistics (Smyth 2004; residual variances squeezed towards a common prior${Number.isFinite(priorFreedom) ? ` with ${priorFreedom.toFixed(1)} degrees of freedom` : ''}, ${freedom.toFixed(1)} degrees of freedom in all)${batches > 1 ? `, with ${batches} batches in the linear model` : ''}.`,
    `${input.transform === 'none' ? 'Differences are in the unit of the values' : 'Fold changes are on the log2 scale'}; p values were adjusted within each experiment by Benjamini and Hochberg (1995), and genes with an adjusted p of at most ${CHANGED_AT} are called changed.`,
  ].join(' ')
}

function normalScoreText(result: AnalysisResult): string {
  if (!isLearned(result)) return 'the network saw summary statistics of these values.'
  const mapped = result.learned.preprocessing.genes.filter((gene) => gene.kind !== 'linear').length
  if (mapped === 0) return 'no gene needed a map to normal scores.'
  return `${count(mapped)} of them ${mapped === 1 ? 'was' : 'were'} first mapped to normal scores because of skew, heavy tails or ties.`
}

function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low === high ? count(low) : `${count(low)}–${count(high)}`
}

/** Said plainly: the idea is the paper's, network, features, training and combiner are this software's. */
function learnedText({ mode }: AnalysisResult, model: ModelRecord): string {
  const version = model.sha256.slice(0, 12)
  const combination =
    mode === 'instant'
      ? 'Probabilities are those of the network alone.'
      : model.combinerSha256 === null
        ? 'Probabilities are the tempered mean of the log-odds of network and closed form.'
        : `Probabilities combine the log-odds of network and closed form by gradient-boosted trees (combiner ${model.combinerSha256.slice(0, 12)}) that were fitted on further simulated studies, in part of kinds the network was not trained on; for edges they are averaged with the tempered mean of both log-odds.`
  return [
    `A neural network (version ${version}, run by ONNX Runtime on the ${model.provider === 'cuda' ? 'GPU' : 'CPU'}) that was trained once, on simulated studies, maps summary statistics of pairs of genes and of genes in experiments to log-odds of edges and targets; it was not trained on the data of this study.`,
    combination,
    'Constraints and known targets were applied to the combined probabilities exactly.',
    'Learning over many studies in advance is the idea of MetaCaDI (reference below); the network, its features, its training studies and the combiner are those of the software.',
  ].join(' ')
}

function modelText(result: AnalysisResult): string {
  if (!isLearned(result))
    return 'The instant answer was used: no mechanism was fitted to the samples. The framework follows the idea of MetaCaDI (reference below).'
  const { diagnostics, settings } = result
  const preset = diagnostics.preset === 'clean' ? 'clean measurements' : 'noisy counts'
  return [
    'Every gene was modelled as a function of its direct causes plus noise (Bayesian regression on a linear term and a sine basis of a Gaussian process), with one causal network shared by all experiments.',
    'In each experiment a gene is unchanged, shifted, changed in its noise, or replaced by a distribution of its own; the marginal likelihood of each case was computed in closed form.',
    `The variant for ${preset} was used${settings.preset === 'auto' ? ' (chosen from the data)' : ''}.`,
    'The framework follows the idea of MetaCaDI (reference below): joint inference of the network and of unknown intervention targets over many experiments, with adaptation in closed form. The formulas are those of the software, described in its method page, and not those of the paper.',
  ].join(' ')
}

function searchText(result: AnalysisResult): string {
  const { diagnostics: run, settings } = result
  const { required, forbidden, tiers, roots = [], leaves = [] } = settings.constraints
  const orders = run.exactOrders
    ? 'All orders of the genes were summed exactly.'
    : `Orders of the genes were sampled by Markov chain Monte Carlo with tempering (${run.chains} chains of ${count(run.sweeps)} sweeps); edge probabilities of the chains differ by at most ${run.maxChainDifference.toFixed(3)}.`
  const knowledge =
    required.length + forbidden.length + tiers.length + roots.length + leaves.length === 0
      ? 'No prior knowledge of the network was used.'
      : `Prior knowledge: ${plural(required.length, 'required edge')}, ${plural(forbidden.length, 'forbidden edge')}, ${[
          plural(tiers.length, 'tier'),
          ...(roots.length > 0 ? [`${plural(roots.length, 'gene')} without a cause`] : []),
          ...(leaves.length > 0 ? [`${plural(leaves.length, 'gene')} without an effect`] : []),
        ].join(', ')}.`
  return `Per gene, sets of at most ${plural(run.maxParents, 'direct cause')} among ${run.candidates} screened candidates were scored, weighted by α = ${settings.evidenceWeight}. ${orders} ${knowledge} Edges with a posterior probability of at least ${NETWORK_THRESHOLD} are reported as the network.`
}

const PRIOR_TEXT = {
  learned:
    'The prior on the number of targets per experiment was estimated from all experiments of the study',
  independent: 'Genes were given independent prior probabilities of being a target',
  'at-least-one': 'Every experiment was assumed to have at least one target',
} as const

function targetText(result: AnalysisResult, name: (text: string) => string): string {
  if (result.environments.length === 0)
    return 'There was no perturbed experiment; no intervention targets were sought.'
  const { settings, diagnostics } = result
  const known = knownTargetsOf(result).map(({ environment }) => environment)
  const prior =
    diagnostics.targetCountPrior.length > 0
      ? ` (P(0, 1, 2, …) = ${diagnostics.targetCountPrior.map((share) => share.toFixed(3)).join(', ')})`
      : ''
  return [
    ...(result.mode === 'closed-form'
      ? [
          `The probability that a gene is a direct target of an experiment was averaged over networks. ${PRIOR_TEXT[settings.targetsPrior]}${prior}.`,
        ]
      : [
          ...(result.mode === 'full'
            ? [
                'The closed form’s target probabilities were averaged over networks before they were combined.',
              ]
            : []),
          ...(settings.targetsPrior === 'at-least-one' ? [`${PRIOR_TEXT['at-least-one']}.`] : []),
        ]),
    `Lists of targets were cut at an expected false discovery rate of ${percent(settings.fdr)}; ${
      result.mode === 'closed-form'
        ? 'an experiment whose evidence allows no such list is reported as having no confident target.'
        : `an experiment without such a list in which the probability that any gene was hit is below ${LEAST_ANY_TARGET} is reported as having no confident target.`
    }`,
    `Shifts are given in ${shiftUnit(result)} of the gene.`,
    known.length > 0
      ? `Known targets were given for ${plural(known.length, 'experiment')} (${listed(known.map(name), 10)}).`
      : 'No targets were given in advance.',
  ].join(' ')
}

function softwareText(result: AnalysisResult): string {
  const { app } = result
  const kernel = app.kernel === 'wasm-simd' ? 'WebAssembly SIMD' : 'TypeScript'
  return `${cleanText(app.name)} ${cleanText(app.version)} (${kernel} kernel), seed ${result.settings.seed}, ${dateTime(result.createdAt)}. Result hash ${result.resultHash}; the same data, settings${result.model ? ', learned model' : ''} and seed give the same hash.`
}
