import type { AnalysisResult } from '../../src-shared/domain/result'
import { year } from './format'

export const PAPER_CITATION =
  'Ong, H. J., Chikahara, Y., Iwata, T.: MetaCaDI: A Meta-Learning Framework for Scalable Causal Discovery with Unknown Interventions. arXiv:2510.22298 (2025)'

const PAPER_BIBTEX = `@misc{ong2025metacadi,
  title         = {{MetaCaDI}: A Meta-Learning Framework for Scalable Causal Discovery with Unknown Interventions},
  author        = {Ong, Hans Jarett and Chikahara, Yoichi and Iwata, Tomoharu},
  year          = {2025},
  eprint        = {2510.22298},
  archivePrefix = {arXiv},
  primaryClass  = {stat.ML}
}`

/** How to cite the app that made the result. */
export function appCitation(result: AnalysisResult): string {
  return `MetaCaDI Desktop, version ${result.app.version} (${year(result.createdAt)})`
}

/** BibTeX of the paper whose idea is followed, and of the app that made the result. */
export function bibtex(result: AnalysisResult): string {
  return `${PAPER_BIBTEX}

@software{metacadi_desktop,
  title   = {{MetaCaDI Desktop}},
  author  = {{The MetaCaDI Desktop contributors}},
  year    = {${year(result.createdAt)}},
  version = {${result.app.version.replace(/[^\w.+-]/g, '')}},
  note    = {Result ${result.resultHash.slice(0, 16)}}
}
`
}
