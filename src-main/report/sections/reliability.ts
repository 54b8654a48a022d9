import type { RunDiagnostics } from '../../../src-shared/domain/result'
import { bytes, count, seconds } from '../format'
import { html, type Content, type Markup } from '../markup'
import { factTable } from '../table'
import { methodBlock } from './learned-model'
import type { ReportContext } from './section'

export function reliabilitySection(context: ReportContext): Content {
  const { result } = context
  return [
    warnings(result.warnings),
    methodBlock(context),
    result.mode !== 'instant' && searchDiagnostics(result.diagnostics),
    timing(result.diagnostics),
  ]
}

function searchDiagnostics(run: RunDiagnostics): Markup {
  const prior = run.targetCountPrior.map((share, number) => `${number}: ${share.toFixed(3)}`)
  return factTable('diagnostics', 'Diagnostics of the closed form', [
    ['Kind of data', run.preset === 'clean' ? 'clean (bulk, arrays, log values)' : 'noisy counts'],
    ['Direct causes per gene, at most', count(run.maxParents)],
    ['Candidate causes per gene', count(run.candidates)],
    ['Sets of causes scored per gene', count(run.parentSetsPerGene)],
    [
      'Search over orders of the genes',
      run.exactOrders ? 'exact sum over all orders' : `${run.chains} chains of ${count(run.sweeps)} sweeps`,
    ],
    ['Largest difference of an edge probability between chains', run.maxChainDifference.toFixed(3)],
    ['Effective number of orders', count(run.effectiveOrders)],
    [
      'Prior on the number of targets per experiment',
      prior.length > 0 ? prior.join(', ') : 'independent genes',
    ],
  ])
}

function timing(run: RunDiagnostics): Markup {
  return factTable('timing', 'Time and memory', [
    ...stagesOf(run.seconds).map(([stage, value]): [string, string] => [stage, seconds(value)]),
    ['threads', count(run.threads)],
    ['peak memory', run.peakMemoryBytes > 0 ? bytes(run.peakMemoryBytes) : 'not measured'],
  ])
}

const STAGES = ['preparing', 'network', 'instant', 'screening', 'scoring', 'searching', 'averaging']

/** In the order in which they ran; a stored result holds them in another. */
function stagesOf(seconds: Readonly<Record<string, number>>): [string, number][] {
  const position = (stage: string): number => (STAGES.includes(stage) ? STAGES.indexOf(stage) : STAGES.length)
  return Object.entries(seconds).sort(([a], [b]) => position(a) - position(b) || (a < b ? -1 : 1))
}

function warnings(texts: readonly string[]): Content {
  if (texts.length === 0) return html`<p>The run gave no warnings.</p>`
  return html`<div class="warning">
    <h3>Warnings</h3>
    <ul>
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ul>
  </div> `
}
