import type { AnalysisResult } from '../../../src-shared/domain/result'
import { wasmKernelAvailable } from '../../core/evidence/wasm/wasm-kernel'
import { resultHash } from '../../io/result/result-hash'
import { APP_NAME, APP_VERSION } from '../version'
import type { PreparedRun } from './prepare-run'
import { runWarnings } from './warnings'

/** What the stages of a run found out. */
export type Answer = Pick<
  AnalysisResult,
  'mode' | 'model' | 'parts' | 'edges' | 'targets' | 'diagnostics' | 'learned' | 'warnings'
>

/** An answer with the record of what was analysed, and its hash. */
export function assembleResult({ dataset, settings, starts }: PreparedRun, answer: Answer): AnalysisResult {
  const unhashed: Omit<AnalysisResult, 'resultHash'> = {
    format: 'metacadi-result',
    version: 3,
    app: {
      name: APP_NAME,
      version: APP_VERSION,
      kernel: wasmKernelAvailable() ? 'wasm-simd' : 'typescript',
    },
    createdAt: new Date().toISOString(),
    input: {
      name: dataset.name,
      files: dataset.files,
      transform: dataset.transform,
      ...(dataset.repairs && dataset.repairs.length > 0 ? { repairs: dataset.repairs } : {}),
      ...(dataset.choices ? { choices: dataset.choices } : {}),
      ...(dataset.directions ? { directions: dataset.directions } : {}),
      control: starts[1]! > 0 ? dataset.environments[0]! : null,
      samplesPerEnvironment: dataset.environments.map((_, k) => starts[k + 1]! - starts[k]!),
      samples: dataset.samples,
      values: dataset.values,
    },
    settings,
    genes: dataset.genes,
    environments: dataset.environments.slice(1),
    measured: dataset.measured ?? null,
    differential: dataset.differential ?? null,
    ...(dataset.quality ? { quality: dataset.quality } : {}),
    ...answer,
    warnings: [...answer.warnings, ...runWarnings(dataset, starts, answer.diagnostics)],
  }
  return { ...unhashed, resultHash: resultHash(unhashed) }
}
