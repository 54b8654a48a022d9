import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { Transform } from '../../../src-shared/domain/dataset'
import { transformed } from './build-dataset'
import { centreOnControls } from './centre-on-controls'
import type { Environments } from './control'
import { type ControlBlocks, controlBlocks } from './control-blocks'
import type { Experiments } from './experiments'
import type { Values } from './expression'
import type { SampleDepths } from './sample-depths'
import { scaling } from './scaling'
import { isScaledToTotal, measureScale, PANEL, type Scale, scaleOf, transformFor } from './scale'
import type { Study } from './study'

/** Values that can be compared between samples, and what was done to get there. */
export interface Comparable {
  readonly values: Values
  readonly scale: Scale
  /** some values of the file are zero, and none is below */
  readonly hasZeros: boolean
  /** of the values of the file, by sample in use */
  readonly depths: SampleDepths
  readonly transform: Transform
  readonly blocks: ControlBlocks | null
  readonly findings: readonly Finding[]
}

/**
 * Scale, transform, size factors and control groups.
 * @param complete values without gaps among the samples, and the genes that have them
 */
export async function comparableValues(
  { table, options, pause }: Study,
  complete: { readonly values: Values; readonly genes: Int32Array },
  samples: Int32Array,
  experiments: Experiments,
  environments: Environments,
): Promise<Comparable> {
  const findings: Finding[] = []
  const facts = await measureScale(
    complete.values,
    complete.genes,
    samples,
    environments.environmentOf,
    pause,
  )
  let scale = scaleOf(facts)
  if (scale === 'non-negative' && complete.genes.length >= PANEL && isScaledToTotal(facts.depths.totals))
    scale = 'per-million'
  const { transform: suited, findings: scaleFindings } = transformFor(
    scale,
    facts,
    complete.genes.length,
    options.transform,
  )
  findings.push(...scaleFindings)
  await pause()

  const { transform, factors, ...scaled } = await scaling(
    suited,
    table,
    { ...complete, totals: facts.depths.totals },
    samples,
    environments.environmentOf,
    pause,
  )
  findings.push(...scaled.findings)
  const blocks = controlBlocks(
    experiments,
    environments,
    options.controlGroups,
    facts.zeros / Math.max(1, facts.values),
  )
  findings.push(...blocks.findings)
  const comparable = transformed(complete.values, transform, factors)
  const values = blocks.blocks
    ? await centreOnControls(comparable, complete.genes, environments.environmentOf, blocks.blocks, pause)
    : comparable
  const hasZeros = facts.zeros > 0 && facts.negatives === 0
  return { values, scale, hasZeros, depths: facts.depths, transform, blocks: blocks.blocks, findings }
}
