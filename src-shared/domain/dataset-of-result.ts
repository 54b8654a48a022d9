import type { Dataset } from './dataset'
import type { AnalysisResult } from './result'

/** The data of a stored run as its importer handed them over. */
export function datasetOfResult(result: AnalysisResult): Dataset {
  const { input, genes, environments } = result
  const environmentOf = new Int32Array(input.samples.length)
  let row = 0
  input.samplesPerEnvironment.forEach((count, k) => {
    environmentOf.fill(k, row, row + count)
    row += count
  })
  return {
    name: input.name,
    genes,
    samples: input.samples,
    values: input.values,
    environmentOf,
    environments: [input.control ?? '', ...environments],
    transform: input.transform,
    files: input.files,
    ...(result.quality ? { quality: result.quality } : {}),
    ...(input.directions ? { directions: input.directions } : {}),
  }
}
