import type { SimulatedStudy } from '../../core/simulate/study'

/** Enough digits that rounding is far below any noise of the simulators. */
const SIGNIFICANT_DIGITS = 5

export interface StudyFiles {
  /** expression table: first column `environment`, then one column per gene */
  readonly csv: string
  /** what is known about the study, as indented JSON */
  readonly truth: string
}

/** How a study is called where it is written; by default after its model, size and seed. */
export interface StudyName {
  readonly id: string
  readonly family: string
}

/**
 * A simulated study as the two texts of the benchmark format: a table that the importer reads like any
 * other, and the truth beside it, which no analysis ever sees. `metacadi simulate` saves them as
 * `<id>.csv` and `<id>.truth.json`; `runBenchmark` scores against the latter.
 */
export function writeStudy(study: SimulatedStudy, name: StudyName = defaultName(study)): StudyFiles {
  return { csv: expressionTable(study), truth: truthJson(study, name) }
}

export function studyId(family: string, study: Pick<SimulatedStudy, 'spec' | 'seed'>): string {
  return `${family}_d${study.spec.genes}_n${study.spec.samplesPerEnvironment}_s${study.seed}`
}

function defaultName(study: SimulatedStudy): StudyName {
  const { model } = study.spec
  const family = model.kind === 'additive-noise' ? model.mechanism : model.kind
  return { id: studyId(family, study), family }
}

function expressionTable(study: SimulatedStudy): string {
  const d = study.genes.length
  const lines = [['environment', ...study.genes].join(',')]
  for (let sample = 0; sample < study.environmentOf.length; sample++) {
    const cells = [study.environments[study.environmentOf[sample]!]!]
    for (let gene = 0; gene < d; gene++) cells.push(cellText(study.values[sample * d + gene]!))
    lines.push(cells.join(','))
  }
  return lines.join('\n') + '\n'
}

function cellText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)))
}

function truthJson(study: SimulatedStudy, name: StudyName): string {
  const { spec, genes, environments } = study
  const perturbed = environments.slice(1)
  const inEnvironment = (index: number): SimulatedStudy['perturbations'] =>
    study.perturbations.filter(({ environment }) => environment === index + 1)
  const truth = {
    id: name.id,
    family: name.family,
    d: spec.genes,
    n_control: spec.controlSamples,
    n_per_env: spec.samplesPerEnvironment,
    n_envs: spec.environments,
    seed: study.seed,
    control: environments[0],
    intervention: spec.model.interventions.join('+'),
    target_design: spec.targets.design,
    genes,
    edges: study.edges.map(([cause, effect]) => [genes[cause], genes[effect]]),
    targets: Object.fromEntries(
      perturbed.map((environment, index) => [
        environment,
        inEnvironment(index).map(({ gene }) => genes[gene]),
      ]),
    ),
    kinds: Object.fromEntries(
      perturbed.map((environment, index) => [
        environment,
        Object.fromEntries(inEnvironment(index).map(({ gene, kind }) => [genes[gene], kind])),
      ]),
    ),
    spec,
  }
  return JSON.stringify(truth, null, 1) + '\n'
}
