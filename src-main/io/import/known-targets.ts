import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { KnownTargets } from '../../../src-shared/domain/run-settings'
import { count, quoted, review, shown } from './findings'
import { matchingName } from './gene-names'

export type TargetsByExperiment = ReadonlyMap<string, KnownTargets>

/** a wrong column of the sheet can name thousands */
const TOLD_APART = 20

/** The listed targets that are among `genes`, by their name there; the others cannot be reported. @param genes asked for when there are any */
export function presentTargets(
  listed: TargetsByExperiment,
  experiments: readonly string[],
  genes: () => readonly string[],
  where: 'in the data' | 'among the chosen genes',
): { targets: Map<string, KnownTargets>; findings: Finding[] } {
  if (listed.size === 0) return { targets: new Map(), findings: [] }
  const present = genes()
  const exact = new Set(present)
  const loose = new Map(present.map((gene) => [matchingName(gene), gene]))
  const targets = new Map<string, KnownTargets>()
  const absent: string[] = []
  const findings: Finding[] = []
  for (const [experiment, known] of listed) {
    if (!experiments.includes(experiment)) continue
    const found: string[] = []
    for (const gene of known.genes) {
      const name = exact.has(gene) ? gene : loose.get(matchingName(gene))
      if (name !== undefined) {
        found.push(name)
        continue
      }
      absent.push(gene)
      if (absent.length > TOLD_APART) continue
      const text = `${shown(gene)} is listed as a target of experiment ${quoted(experiment)} but is not ${where}; it cannot be reported.`
      findings.push(review('target-not-measured', text, { examples: [gene] }))
    }
    if (found.length > 0) targets.set(experiment, { genes: found, complete: known.complete })
  }
  if (absent.length > TOLD_APART) {
    const text = `${count(absent.length - TOLD_APART)} more listed targets are not ${where}.`
    findings.push(review('target-not-measured', text, { examples: absent.slice(TOLD_APART) }))
  }
  return { targets, findings }
}
