import type { AnalysisResult } from '../../../src-shared/domain/result'
import { canonicalJson } from './canonical-json'

/**
 * The text of `result.json`: full precision, the same bytes for the same result. The two fields that tell
 * what the file is come first so that a person (or `file`) sees them; all others are sorted. A result of an
 * older version is written as one: what its reader filled in is left out again.
 */
export function serialiseResult(result: AnalysisResult): string {
  const { format, version, mode, model, parts, measured, differential, ...common } = result
  const rest = {
    ...common,
    ...(version >= 2 ? { mode, model, parts } : {}),
    ...(version >= 3 ? { measured, differential } : {}),
  }
  return `{"format":${JSON.stringify(format)},"version":${version},${canonicalJson(rest).slice(1)}\n`
}
