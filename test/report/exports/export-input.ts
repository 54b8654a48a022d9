import { ExportOptions, type ExportOptionsInput } from '../../../src-shared/contract/export-formats'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { ExportInput } from '../../../src-main/report/exports/exporter'
import { makeResult } from '../make-result'
import { HOSTILE_NAMES } from '../hostile-names'

export const exportInput = (result: AnalysisResult, options: ExportOptionsInput = {}): ExportInput => ({
  result,
  options: ExportOptions.parse(options),
  honesty: null,
  resultJson: () => '{"format":"metacadi-result"}\n',
})

/** Names that only some of the formats stumble over, besides those of the report. */
export const AWKWARD_NAMES: readonly string[] = [
  ...HOSTILE_NAMES,
  '-1',
  '@SUM(A1)',
  "'=already guarded",
  '\tleading tab',
  'a\\N back\\slash\\',
  "quo\"te and 'apostrophe'",
  'percent %s & ampersand',
  'comma, semicolon; pipe|',
  '_x0041_ looks like an escape',
  'new\r\nline',
  '[bracket] { brace } # hash // slash',
  ' spaces around ',
  'NA',
  '12',
  'TP53',
  'TP53\u0001',
]

/** A study whose genes, experiments and name are all awkward. */
export const awkwardResult = (): AnalysisResult =>
  makeResult({
    genes: AWKWARD_NAMES,
    environments: AWKWARD_NAMES.slice(0, 14),
    name: AWKWARD_NAMES[0]!,
    control: AWKWARD_NAMES[3]!,
    settings: {
      constraints: {
        required: [{ source: AWKWARD_NAMES[3]!, target: AWKWARD_NAMES[12]! }],
        forbidden: [{ source: AWKWARD_NAMES[0]!, target: AWKWARD_NAMES[8]! }],
        tiers: [AWKWARD_NAMES.slice(0, 3), AWKWARD_NAMES.slice(17, 20)],
      },
      knownTargets: { [AWKWARD_NAMES[2]!]: { genes: [AWKWARD_NAMES[5]!], complete: true } },
    },
  })
