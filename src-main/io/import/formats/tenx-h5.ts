import { blocking, choiceOf, info, listed, quoted } from '../findings'
import { AppError } from '../../../../src-shared/contract/errors'
import { damaged, openHdf5, type Hdf5Group } from '../hdf5/hdf5-file'
import { transposed } from '../hdf5/matrices'
import { sparseMatrix, type MatrixPlan } from '../hdf5/matrix'
import { matrixTable } from '../matrix-table'
import { isSingleCell, readCells } from '../single-cell/read-cells'
import { transposedEntries } from '../single-cell/transposed-entries'
import { geneOfFeature, guideLabels, guideReader, GUIDES, tenxGenes, type Features } from '../tenx-features'
import type { ExpressionTable, ReadRequest, SourceFile } from '../types'
import { UNPACKING, type WholeFile } from '../whole-file'

interface Genome {
  readonly name: string
  readonly plan: MatrixPlan
  readonly group: Hdf5Group
}

/** `/matrix` (v3) or groups named by genome (v2), each a sparse matrix of features × barcodes. */
export const isTenx = (root: Hdf5Group): boolean => genomesOf(root).length > 0

export async function readTenx(
  file: SourceFile,
  whole: WholeFile,
  request: ReadRequest,
): Promise<ExpressionTable> {
  const { root, close } = await openHdf5(file, whole.path)
  try {
    const genomes = genomesOf(root)
    const names = genomes.map(({ name }) => name)
    const { part } = request.options
    const largest = genomes.reduce((most, each) => (each.plan.values > most.plan.values ? each : most))
    const genome = part === 'auto' ? largest : (genomes.find(({ name }) => name === part) ?? largest)
    const findings = []
    if (part !== 'auto' && genome.name !== part)
      findings.push(
        blocking('INVALID_PARAMS', 'part', `${file.name} has no ${quoted(part)}. It has ${listed(names)}.`, {
          choice: choiceOf(
            'part',
            names.map((name) => [name, name] as const),
          ),
        }),
      )
    else if (part === 'auto' && genomes.length > 1)
      findings.push(
        info(
          'part',
          `${genome.name} is used. The file also has ${listed(names.filter((name) => name !== genome.name))}.`,
          {
            examples: names,
          },
        ),
      )
    const barcodes = genome.group.dataset('barcodes')?.texts()
    const features = featuresOf(genome.group)
    const { plan } = genome
    if (barcodes?.length !== plan.columns || features?.names.length !== plan.rows)
      throw damaged(
        file,
        `its matrix is ${plan.rows} × ${plan.columns}, but there are ${features?.names.length ?? 0} features and ${barcodes?.length ?? 0} barcodes`,
      )
    const onMatrix = (fraction: number): void => request.onProgress?.(UNPACKING + (1 - UNPACKING) * fraction)
    const parts =
      genomes.length > 1
        ? genomes.map(({ name, plan: { rows, columns: cells } }) => ({ name, rows: cells, columns: rows }))
        : []
    const { genes, columns, findings: other } = tenxGenes(features)
    if (genes.length === 0)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} holds no gene expression, only ${listed([...new Set(features.types)])}.`,
      )
    if (isSingleCell(plan.columns, request.options))
      return await readCells(
        {
          format: '10x HDF5',
          fileName: file.name,
          input: whole.input,
          gzip: whole.gzip,
          cells: barcodes,
          genes,
          geneOf: geneOfFeature(columns, plan.rows),
          entries: transposedEntries(plan.entries),
          environment: null,
          guides: guideReader(features, barcodes.length),
          texts: () => null,
          columns: [],
          part: genomes.length > 1 ? genome.name : null,
          parts,
          findings: [...findings, ...other],
        },
        { ...request, onProgress: onMatrix },
      )
    const matrix = transposed(await plan.load(request, onMatrix))
    const guides = guideLabels(features, matrix)
    return matrixTable({
      format: '10x HDF5',
      input: whole.input,
      gzip: whole.gzip,
      matrix,
      genes,
      columns: columns.length === matrix.columns ? null : columns,
      samples: barcodes,
      labels: guides?.labels ?? null,
      environmentColumn: guides ? GUIDES : null,
      environmentCandidates: [],
      part: genomes.length > 1 ? genome.name : null,
      parts,
      findings: [...findings, ...other, ...(guides?.findings ?? [])],
    })
  } finally {
    close()
  }
}

function genomesOf(root: Hdf5Group): Genome[] {
  return root.names.flatMap((name) => {
    const group = root.subgroup(name)
    const shape = group?.dataset('shape')
    if (!group || shape?.length !== 2 || !group.dataset('barcodes')) return []
    const [features, barcodes] = Array.from(shape.numbers() as ArrayLike<number | bigint>, Number)
    const plan = sparseMatrix(group, 'columns', [features!, barcodes!])
    return plan ? [{ name, plan, group }] : []
  })
}

function featuresOf(group: Hdf5Group): Features | null {
  const features = group.subgroup('features')
  if (features) {
    const [ids, names] = [features.dataset('id'), features.dataset('name')]
    if (!ids || !names) return null
    return {
      ids: ids.texts(),
      names: names.texts(),
      types: features.dataset('feature_type')?.texts() ?? null,
      targets: features.dataset('target_gene_name')?.texts() ?? null,
    }
  }
  const [ids, names] = [group.dataset('genes'), group.dataset('gene_names')]
  return ids && names ? { ids: ids.texts(), names: names.texts(), types: null } : null
}
