import { GENE_FATES, GENE_REASONS, type MeasuredGenes } from '../../../src-shared/domain/measured-genes'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { defaultLimits, findGenes, mostGenes } from '../../io/import'
import { droppedGenesTable } from '../../report/exports/dropped-genes'
import { sampleQualityView } from '../../report/sample-quality'
import type { HandlersOf } from '../handlers'
import type { FileGrants } from '../files/file-grants'
import type { JobList } from '../jobs/job-list'
import type { DatasetStore } from './dataset-store'
import { exampleOptions, listExamples } from './examples'

interface Parts {
  readonly jobs: JobList
  readonly grants: FileGrants
  readonly datasets: DatasetStore
  readonly examplesDir: string
}

export function datasetHandlers({
  jobs,
  grants,
  datasets,
  examplesDir,
}: Parts): HandlersOf<'dataset'> & HandlersOf<'example'> {
  return {
    'example.list': () => listExamples(examplesDir),
    'example.open': ({ exampleId }, call) =>
      jobs.run('example.open', call, async (job) =>
        datasets.read(await exampleOptions(examplesDir, exampleId, grants), job),
      ),
    'dataset.read': (options, call) => jobs.run('dataset.read', call, (job) => datasets.read(options, job)),
    'dataset.summary': async ({ datasetId }) => (await datasets.get(datasetId)).summary,
    'dataset.quality': async ({ datasetId, knownTargets }) => {
      const { dataset } = await datasets.ready(datasetId)
      return sampleQualityView(dataset, knownTargets)
    },
    'dataset.genes': async ({ datasetId }) => {
      const { dataset } = await datasets.ready(datasetId)
      const { names, ids, fate, reason } = measuredGenes(dataset)
      return {
        names,
        ids,
        fate,
        reason,
        shift: dataset.geneScores?.shift ?? null,
        variance: dataset.geneScores?.variance ?? null,
        most: mostGenes(2 * defaultLimits().tableBytes),
      }
    },
    'dataset.findGenes': async ({ datasetId, names }) => {
      const measured = measuredGenes((await datasets.ready(datasetId)).dataset)
      return findGenes(names, measured.names, measured.ids)
    },
    'dataset.droppedGenes': async ({ datasetId }) => {
      const { dataset } = await datasets.ready(datasetId)
      return {
        fileName: 'dropped-genes.tsv',
        mediaType: 'text/tab-separated-values',
        bytes: new TextEncoder().encode(droppedGenesTable(measuredGenes(dataset), false)),
      }
    },
    'dataset.close': async ({ datasetId }) => {
      await datasets.close(datasetId)
      return null
    },
  }
}

/** A dataset that did not come from a file has the genes that it has. */
function measuredGenes({ measured, genes }: Dataset): MeasuredGenes {
  if (measured) return measured
  return {
    names: genes,
    ids: null,
    fate: new Uint8Array(genes.length).fill(GENE_FATES.indexOf('analysed')),
    reason: new Uint8Array(genes.length).fill(GENE_REASONS.indexOf('all-genes')),
  }
}
