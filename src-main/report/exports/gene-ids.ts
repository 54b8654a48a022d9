import type { AnalysisResult } from '../../../src-shared/domain/result'

/** The name of a gene as it stands in the file; the shown name where the result knows no other. */
export function geneIds({ measured }: AnalysisResult): (gene: string) => string {
  const ids = measured?.ids
  if (!ids) return (gene) => gene
  const idOf = new Map(measured.names.map((name, at) => [name, ids[at]!]))
  return (gene) => idOf.get(gene) ?? gene
}
