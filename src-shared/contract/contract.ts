import { z } from 'zod'
import { ProviderChoice } from '../domain/learned-model'
import { RunSettings } from '../domain/run-settings'
import { WriteConstraints, type ConstraintsFile } from './constraints-file'
import { ReadOptions } from './dataset-source'
import type { DatasetSummary } from './dataset-summary'
import type { ExperimentDifferential } from './differential-view'
import type { ChangeSources } from '../domain/change-sources'
import type { ConstraintCosts } from '../domain/constraint-cost'
import type { EdgeSupport } from '../domain/edge-support'
import type { EdgeEvidence, TargetEvidence } from '../domain/evidence'
import type { EngineInfo, ExampleInfo, JobInfo, Progress, RunEstimate } from './engine-info'
import type { ExperimentEvidence, HonestyCheck } from '../domain/experiment-evidence'
import type { FileDescription } from './file-description'
import type { FoundGene, GeneTable } from './gene-table'
import { EXPORT_FORMAT_IDS, ExportOptions } from './export-formats'
import { FigureRequest } from './figures'
import { job, query } from './method'
import type { NewExperimentAnswer } from './new-experiment'
import { projectMethods } from './project'
import { REPORT_SECTION_IDS } from './report-sections'
import type { Reproduction, RunRecord } from './reproduction'
import type { ResultView, RunSummary } from './result-view'
import { InterventionRequest, MOST_INTERVENTIONS, NextQuestion } from './what-if'
import type { NextExperiments } from '../domain/next-experiment'
import type { WhatIf } from '../domain/what-if'
import type { SampleQualityView } from './sample-quality'

const DatasetRef = z.object({ datasetId: z.string() })
const RunRef = z.object({ runId: z.string() })

/** Every method of the engine. Names are `noun.verb`. */
export const contract = {
  'engine.info': query<EngineInfo>()(z.object({})),
  /** Where the learned model runs from now on, for every window of this engine. */
  'engine.chooseProvider': query<EngineInfo>()(z.object({ provider: ProviderChoice })),
  'job.list': query<JobInfo[]>()(z.object({})),

  /** The bundled examples, with their story; `open` reads one as if the user had chosen its file. */
  'example.list': query<ExampleInfo[]>()(z.object({})),
  'example.open': job<DatasetSummary, Progress>()(z.object({ exampleId: z.string() })),

  /** Reads granted files into a dataset; calling it again with other options re-reads the same files. */
  'dataset.read': job<DatasetSummary, Progress>()(ReadOptions),
  /** What `dataset.read` answered, for a window that was reloaded. */
  'dataset.summary': query<DatasetSummary>()(DatasetRef),
  'dataset.close': query<null>()(DatasetRef),
  /** How the samples lie beside each other, which deserve a look, and whether known targets move. */
  'dataset.quality': query<SampleQualityView>()(
    DatasetRef.extend({ knownTargets: RunSettings.shape.knownTargets }),
  ),
  /** Every gene of the file: whether it is analysed, and why. */
  'dataset.genes': query<GeneTable>()(DatasetRef),
  /** Which genes of the file are meant by these names: symbols, older symbols, aliases, identifiers. */
  'dataset.findGenes': query<FoundGene[]>()(
    DatasetRef.extend({ names: z.array(z.string().max(200)).max(5000) }),
  ),
  /** The genes of the file that are not analysed and why, as bytes for the host to save. */
  'dataset.droppedGenes': query<{ fileName: string; mediaType: string; bytes: Uint8Array }>()(DatasetRef),

  /** @param genes estimate for so many genes instead of those of the dataset */
  'analysis.estimate': query<RunEstimate>()(
    DatasetRef.extend({ settings: RunSettings, genes: z.number().int().min(2).max(5000).optional() }),
  ),
  'analysis.run': job<RunSummary, Progress>()(
    DatasetRef.extend({
      settings: RunSettings,
      threads: z.number().int().min(0).max(64).default(0),
      resume: z.boolean().default(false),
      /** the instant answer that the run left when it was cut off: it gives way to the full one; any other run stays */
      replaces: z.string().max(200).optional(),
      /** chosen by the caller, to name this run in `analysis.finish` */
      token: z.string().max(100).optional(),
    }),
  ),
  /**
   * Ends the search of a running analysis: its result so far, marked as such, is its result. False when no such run is searching
   * or waiting to.
   */
  'analysis.finish': query<boolean>()(z.object({ token: z.string().max(100) })),
  /**
   * Runs of the open data sets that were interrupted, newest first; `analysis.run {resume: true}` with these settings goes on
   * with one. The data set that is named is read again where the engine was restarted meanwhile.
   */
  'analysis.interrupted': query<{ datasetId: string; percent: number; settings: RunSettings }[]>()(
    z.object({ datasetId: z.string().optional() }),
  ),
  /** Forgets what an interrupted run had done. */
  'analysis.discard': query<null>()(DatasetRef.extend({ settings: RunSettings })),

  /** Reads constraints from a granted file: the JSON form, or Tetrad knowledge. */
  'constraints.read': query<ConstraintsFile>()(z.object({ file: z.string() })),
  /** The constraints of the draft as one file, as bytes for the host to save. */
  'constraints.write': query<{ fileName: string; mediaType: string; bytes: Uint8Array }>()(WriteConstraints),

  'run.list': query<RunSummary[]>()(z.object({})),
  'run.view': query<ResultView>()(RunRef),
  /** Opens a stored `result.json` from a granted file; of a project or a report, the run that it shows. */
  'run.open': job<RunSummary, Progress>()(z.object({ file: z.string() })),
  'run.edgeEvidence': query<EdgeEvidence>()(RunRef.extend({ source: z.string(), target: z.string() })),
  /** Which experiments support an edge, and what it competes with. */
  'run.edgeSupport': query<EdgeSupport>()(RunRef.extend({ source: z.string(), target: z.string() })),
  'run.targetEvidence': query<TargetEvidence>()(RunRef.extend({ environment: z.string(), gene: z.string() })),
  /** Which genes upstream account for the shift of a gene in an experiment, how much, and along which paths. */
  'run.changeSources': query<ChangeSources>()(RunRef.extend({ environment: z.string(), gene: z.string() })),
  /** What the learned network predicts when genes are held at a level or shifted. */
  'run.whatIf': query<WhatIf>()(
    RunRef.extend({ interventions: z.array(InterventionRequest).min(1).max(MOST_INTERVENTIONS) }),
  ),
  /** Which gene to perturb next: what holding each at a level is expected to settle of the network. */
  'run.nextExperiments': job<NextExperiments, Progress>()(RunRef.extend(NextQuestion.shape)),
  /**
   * Differential expression of one experiment, every tested gene of the file. DATA_INSUFFICIENT where the run holds none
   * (`ResultView.hasDifferential` is false).
   */
  'run.differential': query<ExperimentDifferential>()(RunRef.extend({ environment: z.string() })),
  /** Targets of new experiments under the stored posterior; the network is not learned again. */
  'run.adapt': job<NewExperimentAnswer, Progress>()(RunRef.extend({ read: ReadOptions })),

  /** Which sample decides the answer to an experiment, which look swapped, which experiments it resembles. */
  'experiment.evidence': job<ExperimentEvidence, Progress>()(RunRef.extend({ environment: z.string() })),
  /** False alarms on control samples, and hidden known targets found again: how the method behaves on these data. */
  'honesty.check': job<HonestyCheck, Progress>()(RunRef),

  /** What every statement that only one of two runs of the same data was made with cost in log evidence. */
  'run.constraintCosts': query<ConstraintCosts>()(z.object({ before: z.string(), after: z.string() })),

  /** What is in a granted project, result or report: versions, hashes, runs. It is not opened. */
  'file.describe': query<FileDescription>()(z.object({ file: z.string() })),

  /** What a granted `result.json` or HTML report records about its run. */
  'run.record': query<RunRecord>()(z.object({ file: z.string() })),
  /** Whether a run gave what a granted `result.json` or HTML report records, and if not, what differs. */
  'run.compareWithRecord': query<Reproduction>()(RunRef.extend({ file: z.string() })),

  /** One figure of the run as a file with the size of a journal preset, or the data behind it. */
  'run.figure': query<{
    fileName: string
    mediaType: string
    bytes: Uint8Array
    widthMm: number
    heightMm: number
    /** a remark about the size, or '' */
    note: string
  }>()(RunRef.extend({ request: FigureRequest })),

  /** The report as it would be saved: its elements without scripts, and its style sheet. */
  'run.preview': query<{ style: string; body: string }>()(
    RunRef.extend({ sections: z.array(z.enum(REPORT_SECTION_IDS)) }),
  ),

  /** One file of the run, as bytes for the host to save. */
  'run.export': query<{ fileName: string; mediaType: string; bytes: Uint8Array }>()(
    RunRef.extend({
      format: z.enum(EXPORT_FORMAT_IDS),
      options: ExportOptions.default(ExportOptions.parse({})),
      /** the kept project whose state the HTML report carries; null = it carries the run alone */
      projectId: z.string().max(200).nullable().default(null),
    }),
  ),

  ...projectMethods,
} as const

export type Contract = typeof contract
export type MethodName = keyof Contract
