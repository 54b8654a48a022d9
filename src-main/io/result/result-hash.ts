import { createHash } from 'node:crypto'
import type { AnalysisResult, ModelRecord } from '../../../src-shared/domain/result'
import { canonicalJson } from './canonical-json'

/**
 * SHA-256 (lower-case hex) over everything that data, settings, seed and learned model determine: input contents,
 * genes, experiments, settings, posteriors, diagnostics, learned state, and which network and combiner took part.
 *
 * Left out, because they may differ between two runs that are the same: app version and kernel, execution provider,
 * date, file and data set names, warnings, choices, repairs and expected directions of the import, timings, threads, memory.
 */
export function resultHash(result: Omit<AnalysisResult, 'resultHash'>): string {
  // canonicalJson leaves undefined members out.
  const notDetermined = { seconds: undefined, threads: undefined, peakMemoryBytes: undefined }
  const determined = {
    format: result.format,
    version: result.version,
    input: {
      ...result.input,
      name: undefined,
      // their effect is in the values; their wording may change
      repairs: undefined,
      choices: undefined,
      // what is expected changes no answer
      directions: undefined,
      files: result.input.files.map(({ sha256 }) => sha256),
    },
    settings: result.settings,
    genes: result.genes,
    environments: result.environments,
    edges: result.edges,
    targets: result.targets,
    diagnostics: { ...result.diagnostics, ...notDetermined },
    learned: result.learned,
    // Version 1 knew neither; its hash must stay what it was.
    ...(result.version === 1
      ? {}
      : { mode: result.mode, model: hashedModel(result.model), parts: result.parts }),
    // A result of a version that kept no quality has the hash that it had.
    quality: result.quality,
    // The genes and what changed in them; why a gene was chosen is left out, as a reproduction names the genes.
    ...(result.version >= 3
      ? { measured: result.measured && { names: result.measured.names }, differential: result.differential }
      : {}),
  }
  return createHash('sha256').update(canonicalJson(determined)).digest('hex')
}

function hashedModel(model: ModelRecord | null): object | null {
  return model && { sha256: model.sha256, combinerSha256: model.combinerSha256 }
}
