import { AppError } from '../../../src-shared/contract/errors'
import { figureInfo, type FigureChoice } from '../../../src-shared/contract/figures'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { EvidenceSource } from '../evidence-source'
import { changesOf } from '../changes'
import type { Table } from '../exports/table'
import { findingsOf, shiftUnit, type ExperimentFinding } from '../findings'
import type { Markup } from '../markup'
import { qualityOf } from '../sample-quality'
import { correlationFigure, correlationRows } from './correlation-figure'
import { edgeMechanismFigure } from './edge-mechanism-figure'
import {
  correlationData,
  edgeData,
  heatmapData,
  networkData,
  pcaData,
  predictedObservedData,
  qualityData,
  rankingData,
  reliabilityData,
  targetData,
  volcanoData,
} from './figure-data'
import { networkFigure } from './network-figure'
import { pcaFigure, sampleScores } from './pca-figure'
import { predictedObservedFigure } from './predicted-observed-figure'
import { roomFor } from './preset'
import { reliabilityFigure, reliabilityPanels } from './reliability-figure'
import { sampleStrips } from './sample-strips'
import { heatmapColumns, heatmapPanels, targetHeatmaps } from './target-heatmap'
import { targetEvidenceFigure } from './target-evidence-figure'
import { targetRanking } from './target-ranking'
import { volcanoFigure } from './volcano-figure'

export interface DrawnFigure {
  readonly markup: Markup
  /** what the figure shows, in numbers */
  readonly data: Table
  /** end of a file name, without an extension; holds no text out of the user's files */
  readonly name: string
}

/**
 * Draws one figure of a run.
 * @throws AppError INVALID_PARAMS when something is not named or not there, DATA_INSUFFICIENT when there is nothing to draw
 */
export function drawFigure(
  result: AnalysisResult,
  evidence: EvidenceSource,
  choice: FigureChoice,
): DrawnFigure {
  for (const need of figureInfo(choice.figure).needs)
    if (choice[need] === undefined)
      throw new AppError('INVALID_PARAMS', `The figure '${choice.figure}' needs the name of the ${need}.`)
  const context = { result, evidence, choice, findings: findingsOf(result), unit: shiftUnit(result) }
  switch (choice.figure) {
    case 'network':
      return network(context)
    case 'heatmap':
      return heatmap(context)
    case 'ranking':
      return ranking(context)
    case 'predicted-observed':
      return predictedObserved(context)
    case 'target':
      return target(context)
    case 'edge':
      return edge(context)
    case 'volcano':
      return volcano(context)
    case 'pca':
      return samplePca(context)
    case 'quality':
      return quality(context)
    case 'correlation':
      return correlation(context)
    case 'reliability':
      return reliability(context)
  }
}

interface Context {
  readonly result: AnalysisResult
  readonly evidence: EvidenceSource
  readonly choice: FigureChoice
  readonly findings: ReturnType<typeof findingsOf>
  readonly unit: string
}

function network({ result, findings, choice }: Context): DrawnFigure {
  const drawn = networkFigure(result, findings, 'network', roomFor(choice.preset))
  if (!drawn) throw nothing('No edge has a probability of 0.30 or more.')
  return { markup: drawn.markup, data: networkData(result, findings), name: 'network' }
}

function heatmap({ result, findings, choice }: Context): DrawnFigure {
  const most = heatmapColumns(roomFor(choice.preset))
  const panels = targetHeatmaps(result, findings, 'heatmap', most)
  if (panels.length === 0) throw nothing('There is no perturbed experiment.')
  const markup = panels[choice.panel - 1]
  if (!markup)
    throw new AppError(
      'INVALID_PARAMS',
      `The heatmap has ${panels.length} panels; panel ${choice.panel} was asked for.`,
    )
  return {
    markup,
    data: heatmapData(result, heatmapPanels(findings, most).slice(choice.panel - 1, choice.panel)),
    name: panels.length > 1 ? `heatmap-${choice.panel}` : 'heatmap',
  }
}

function ranking(context: Context): DrawnFigure {
  const { result } = context
  const experiment = experimentOf(context)
  return {
    markup: targetRanking(result, experiment),
    data: rankingData(result, experiment),
    name: `ranking-${experiment.environment + 1}`,
  }
}

function predictedObserved(context: Context): DrawnFigure {
  const { result, unit } = context
  const experiment = experimentOf(context)
  const markup = predictedObservedFigure(result, experiment, unit)
  if (!markup) throw nothing('The result holds no predicted shifts; run the full analysis.')
  return {
    markup,
    data: predictedObservedData(result, experiment),
    name: `predicted-observed-${experiment.environment + 1}`,
  }
}

function target(context: Context): DrawnFigure {
  const { result, evidence, choice, unit } = context
  const experiment = experimentOf(context)
  const gene = geneIn(result, choice.gene!)
  const view = evidence.target(result, experiment.environment, gene)
  if (!view) throw withoutEvidence()
  const name = `target-${experiment.environment + 1}-${gene + 1}`
  const markup = targetEvidenceFigure(view, unit, name)
  if (!markup) throw nothing('The experiment has no samples.')
  return { markup, data: targetData(view), name }
}

function edge({ result, evidence, choice, unit }: Context): DrawnFigure {
  const [source, effect] = [geneIn(result, choice.source!), geneIn(result, choice.target!)]
  if (source === effect)
    throw new AppError('INVALID_PARAMS', 'The source and the target of an edge are two genes.')
  const view = evidence.edge(result, source, effect)
  if (!view) throw withoutEvidence()
  const name = `edge-${source + 1}-${effect + 1}`
  const drawn = edgeMechanismFigure(view, unit, name)
  if (!drawn) throw nothing('There are no samples to show.')
  return { markup: drawn.markup, data: edgeData(result, view), name }
}

function volcano(context: Context): DrawnFigure {
  const { result } = context
  const { environment } = experimentOf(context)
  const changes = changesOf(result)
  if (!changes) throw nothing('The result holds no differential expression.')
  const view = changes.experiment(environment)
  const name = `volcano-${environment + 1}`
  const markup = volcanoFigure(view, name)
  if (!markup) throw nothing('The experiment has no samples.')
  return { markup, data: volcanoData(result, view), name }
}

function samplePca({ result }: Context): DrawnFigure {
  const found = sampleScores(result)
  if (!found) throw nothing('There are too few samples.')
  return { markup: pcaFigure(result, found), data: pcaData(result, found), name: 'pca' }
}

function quality({ result, choice }: Context): DrawnFigure {
  const view = qualityOf(result)
  const markup = sampleStrips(view, result.input.transform, Math.min(roomFor(choice.preset), WIDEST_STRIPS))
  if (!markup) throw nothing(NO_MEASURES)
  return { markup, data: qualityData(view), name: 'quality' }
}

function correlation({ result, choice }: Context): DrawnFigure {
  const view = qualityOf(result)
  const rows = correlationRows(view)
  if (!rows) throw nothing(view.quality ? 'There are too many experiments.' : NO_MEASURES)
  const markup = correlationFigure(view, rows, roomFor(choice.preset))
  return { markup, data: correlationData(rows), name: 'correlation' }
}

function reliability({ result, choice }: Context): DrawnFigure {
  const curves = result.model?.reliability ?? []
  if (curves.length === 0 || result.mode !== 'full')
    throw nothing('Reliability curves come with a learned model and are those of full answers.')
  return {
    markup: reliabilityFigure(
      'reliability',
      'Calibration of full answers on simulated studies',
      reliabilityPanels(curves),
      roomFor(choice.preset),
    ),
    data: reliabilityData(curves),
    name: 'reliability',
  }
}

function experimentOf({ result, findings, choice }: Context): ExperimentFinding {
  const index = result.environments.indexOf(choice.experiment!)
  const found = findings.experiments[index]
  if (!found)
    throw new AppError('INVALID_PARAMS', `'${choice.experiment}' is no experiment of this run.`, {
      experiments: result.environments.slice(0, 20),
    })
  return found
}

function geneIn({ genes }: AnalysisResult, name: string): number {
  const index = genes.indexOf(name)
  if (index < 0) throw new AppError('INVALID_PARAMS', `'${name}' is no gene of this run.`)
  return index
}

/** pixels; in the report it fills the page */
const WIDEST_STRIPS = 740

const NO_MEASURES = 'The result holds no measures of the samples over all genes of the file.'

const withoutEvidence = (): AppError =>
  nothing('This is the instant answer, which has no evidence views; run the full search.')

const nothing = (why: string): AppError =>
  new AppError('DATA_INSUFFICIENT', `There is nothing to draw. ${why}`)
