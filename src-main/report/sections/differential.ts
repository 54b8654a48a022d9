import type { ChangeSummary } from '../../../src-shared/contract/differential-view'
import { CHANGED_AT } from '../../../src-shared/domain/differential'
import { changesOf } from '../changes'
import { volcanoFigure } from '../figures/volcano-figure'
import { count, percent, plural } from '../format'
import { html, type Content, type Markup } from '../markup'
import { figureBlock, type ReportContext } from './section'

/** The change of an experiment in one sentence: `412 genes changed; 3 direct targets explain 71 % …`. */
export function changeSentence(summary: ChangeSummary): string {
  const { tested, changed, up, down, changedInNetwork, targets, explained } = summary
  if (changed === 0) return `None of ${plural(tested, 'gene')} changed (adjusted p ≤ ${CHANGED_AT}).`
  const sides = `${count(up)} up, ${count(down)} down`
  const share =
    explained === null
      ? ''
      : `; ${plural(targets.length, 'direct target')} ${targets.length === 1 ? 'explains' : 'explain'} ${percent(explained)} of the squared shifts of the others among them`
  return `${count(changed)} of ${plural(tested, 'gene')} changed (${sides}; adjusted p ≤ ${CHANGED_AT}). ${count(changedInNetwork)} of them ${changedInNetwork === 1 ? 'is' : 'are'} in the network${share}.`
}

/** Differential expression beside the targets of one experiment. */
export function volcanoBlock({ result }: ReportContext, environment: number): Markup | null {
  const changes = changesOf(result)
  if (!changes) return null
  const view = changes.experiment(environment)
  const markup = volcanoFigure(view, `volcano-${environment + 1}`)
  if (!markup) return null
  return figureBlock(
    markup,
    html`<strong>Differential expression beside the network.</strong> ${changeSentence(view.summary)} Every
      gene of the file is a mark; filled circles are direct targets, squares follow from them along the
      network, triangles are in the network and unexplained.`,
  )
}

export function changeLine({ result }: ReportContext, environment: number): Content {
  const summary = changesOf(result)?.overview.experiments[environment]
  return summary ? html`<p>${changeSentence(summary)}</p>` : null
}
