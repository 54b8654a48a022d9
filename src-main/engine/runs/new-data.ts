import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { firstBlocking, matchingName, speciesOf, type ReadOutcome } from '../../io/import'

const FEWEST_SHARED = 2

/** New experiments are read on the scale of the study and for its genes, however many others the file has. */
export function optionsOfNewData(read: ReadOptions, { input, genes }: AnalysisResult): ReadOptions {
  return {
    ...read,
    addsToStudy: true,
    transform: read.transform === 'auto' ? input.transform : read.transform,
    genes: read.genes.length > 0 ? read.genes : [...genes],
  }
}

/**
 * The data under the names that the genes have in the study.
 * @throws AppError DATA_INSUFFICIENT with the coverage when hardly any gene is shared, else what a blocking finding asks
 */
export function newDataset({ dataset, summary }: ReadOutcome, result: AnalysisResult): Dataset {
  const studyName = new Map(result.genes.map((gene) => [matchingName(gene), gene]))
  const shared = summary.genes.filter((gene) => studyName.has(matchingName(gene))).length
  const onlyGenesLack = summary.findings.every(
    ({ level, rule }) => level !== 'blocking' || rule === 'too-little',
  )
  if (shared < FEWEST_SHARED && onlyGenesLack) throw fewShared(shared, summary, result)
  if (!dataset)
    throw (
      firstBlocking(summary.findings) ??
      new AppError('DATA_FORMAT', `'${summary.name}' could not be read as an expression table.`)
    )
  const genes = dataset.genes.map((gene) => studyName.get(matchingName(gene)) ?? gene)
  return { ...dataset, genes }
}

function fewShared(
  shared: number,
  { name, genesInFiles, geneSamples }: ReadOutcome['summary'],
  { genes, input }: AnalysisResult,
): AppError {
  const count = (value: number): string => value.toLocaleString('en-US')
  const [ours, theirs] = [speciesOf(genes), speciesOf(geneSamples)]
  const species =
    ours !== null && theirs !== null && ours !== theirs
      ? ` The study looks ${ours}, the new data ${theirs}.`
      : ` The study has genes such as '${genes[0]}', the new data '${geneSamples[0] ?? ''}'.`
  return new AppError(
    'DATA_INSUFFICIENT',
    `Only ${count(shared)} of ${count(genes.length)} genes of the study '${input.name}' ${shared === 1 ? 'is' : 'are'} shared with '${name}', which has ${count(genesInFiles)} ${genesInFiles === 1 ? 'gene' : 'genes'}.${species} Both need the same kind of gene names.`,
    { shared, studyGenes: genes.length, newGenes: genesInFiles },
  )
}
