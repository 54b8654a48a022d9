import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { blocking, plural, shown } from './findings'
import type { Study } from './study'

export const FEWEST_GENES = 2
const FEWEST_SAMPLES = 3

/** Nothing can be learned from what is left. @param before what was found until now */
export function tooLittle(
  study: Study,
  genes: Int32Array,
  rows: Int32Array,
  before: readonly Finding[],
): Finding[] {
  const findings = tooFewGenes(study, genes.length)
  const noExperiments = before.some((finding) => finding.rule === 'no-experiments')
  const fewest = study.options.addsToStudy ? 1 : FEWEST_SAMPLES
  if (rows.length < fewest && !noExperiments) {
    const text =
      `${fileNames(study)} ${study.tables.length === 1 ? 'has' : 'have'} ${plural(rows.length, 'sample')} that can be used; at least ${fewest} ${fewest === 1 ? 'is' : 'are'} needed. ` +
      'Add samples, or include ones that were left out.'
    findings.push(blocking('DATA_INSUFFICIENT', 'too-little', text))
  }
  return findings
}

export function tooFewGenes(study: Study, genes: number): Finding[] {
  if (genes >= FEWEST_GENES) return []
  const text =
    `${fileNames(study)} ${study.tables.length === 1 ? 'has' : 'have'} ${plural(genes, 'gene')} of ${plural(study.table.genes.length, 'gene')} that can be used; a network needs at least ${FEWEST_GENES}. ` +
    'Add genes, or keep ones that were left out.'
  return [blocking('DATA_INSUFFICIENT', 'too-little', text)]
}

const fileNames = ({ tables }: Study): string => tables.map((each) => shown(each.input.name)).join(', ')
