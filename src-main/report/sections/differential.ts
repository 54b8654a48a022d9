import { changeSentence } from '../change-sentence'
import { changesOf } from '../changes'
import { volcanoData } from '../figures/figure-data'
import { volcanoFigure } from '../figures/volcano-figure'
import { html, type Content, type Markup } from '../markup'
import { figureBlock, type ReportContext } from './section'

/** Differential expression beside the targets of one experiment. */
export function volcanoBlock({ result }: ReportContext, environment: number): Markup | null {
  const changes = changesOf(result)
  if (!changes) return null
  const view = changes.experiment(environment)
  const name = `volcano-${environment + 1}`
  const markup = volcanoFigure(view, name, false)
  if (!markup) return null
  return figureBlock(markup, html`<strong>Differential expression beside the network.</strong>`, {
    name,
    data: volcanoData(result, view),
  })
}

export function changeLine({ result }: ReportContext, environment: number): Content {
  const summary = changesOf(result)?.overview.experiments[environment]
  return summary ? html`<p>${changeSentence(summary)}</p>` : null
}
