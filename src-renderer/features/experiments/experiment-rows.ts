import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'

/** One line of the table of experiments: an experiment, or one of several control groups. */
export interface ExperimentRow {
  readonly name: string
  readonly samples: number
  readonly isControl: boolean
  /** group it is compared with; null = not said, or there is one control only */
  readonly controlGroup: string | null
  readonly direction: 'up' | 'down' | null
}

/** Experiments with the control groups that were put together apart again; controls first. */
export function experimentRows({ environments, samples }: DatasetSummary): ExperimentRow[] {
  const groups = new Map<string, number>()
  for (const { environment, group } of samples) {
    const control = environments.find(({ isControl, name }) => isControl && name === environment)
    if (control) groups.set(group ?? environment, (groups.get(group ?? environment) ?? 0) + 1)
  }
  const controls = [...groups].map(([name, count]) => ({
    name,
    samples: count,
    isControl: true,
    controlGroup: null,
    direction: null,
  }))
  const perturbed = environments
    .filter(({ name, isControl }) => name !== '' && !isControl)
    .map(({ name, samples: count, controlGroup, direction }) => ({
      name,
      samples: count,
      isControl: false,
      controlGroup: controlGroup ?? null,
      direction: direction ?? null,
    }))
  return [...controls, ...perturbed]
}

/** The experiment of a sample as the table calls it. */
export const rowOfSample = ({ environment, group }: DatasetSummary['samples'][number]): string =>
  group ?? environment

/** Controls, perturbed and left-out samples. */
export function binsOf({ environments, samples }: DatasetSummary): {
  control: number
  perturbed: number
  leftOut: number
} {
  const controls = new Set(environments.filter(({ isControl }) => isControl).map(({ name }) => name))
  const bins = { control: 0, perturbed: 0, leftOut: 0 }
  for (const { environment } of samples) {
    if (environment === '') bins.leftOut++
    else if (controls.has(environment)) bins.control++
    else bins.perturbed++
  }
  return bins
}
