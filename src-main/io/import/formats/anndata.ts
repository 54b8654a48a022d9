import type { Finding } from '../../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../../src-shared/contract/errors'
import { blocking, choiceOf, info, listed, quoted } from '../findings'
import { environmentOfColumns, type NamedColumns } from '../environment-of-columns'
import { readFrame, type Frame } from '../hdf5/frame'
import { damaged, openHdf5, type Hdf5Group, type Numbers } from '../hdf5/hdf5-file'
import { planMatrix, type MatrixPlan } from '../hdf5/matrix'
import { matrixTable } from '../matrix-table'
import { isSingleCell, readCells } from '../single-cell/read-cells'
import type { ExpressionTable, ReadRequest, SourceFile } from '../types'
import { UNPACKING, type WholeFile } from '../whole-file'

interface Layer {
  readonly name: string
  readonly plan: MatrixPlan
  readonly genes: Frame
}

export const ANNDATA = 'AnnData'

/** Has the two tables that every AnnData file has. */
export const isAnnData = (root: Hdf5Group): boolean =>
  root.names.includes('obs') && root.names.includes('var')

export async function readAnnData(
  file: SourceFile,
  whole: WholeFile,
  request: ReadRequest,
): Promise<ExpressionTable> {
  const { root, close } = await openHdf5(file, whole.path)
  try {
    const cells = readFrame(root, 'obs')
    const genes = readFrame(root, 'var')
    if (!cells || !genes) throw damaged(file, 'obs or var cannot be read as a table')
    const layers = layersOf(root, genes)
    if (layers.length === 0)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} holds no expression values: there is neither X nor a layer nor raw/X. Choose the file with the values.`,
      )
    const { layer, findings } = chooseLayer(file, layers, request.options.part)
    const { plan } = layer
    if (plan.rows !== cells.names.length || plan.columns !== layer.genes.names.length)
      throw damaged(
        file,
        `${layer.name} is ${plan.rows} × ${plan.columns}, but there are ${cells.names.length} samples and ${layer.genes.names.length} genes`,
      )
    const environment = environmentOfColumns(file.name, columnsOf(cells), request.options.environmentColumn)
    const parts = layers.map(({ name, plan: { rows, columns } }) => ({ name, rows, columns }))
    const onMatrix = (fraction: number): void => request.onProgress?.(UNPACKING + (1 - UNPACKING) * fraction)
    if (isSingleCell(plan.rows, request.options))
      return await readCells(
        {
          format: ANNDATA,
          fileName: file.name,
          input: whole.input,
          gzip: whole.gzip,
          cells: cells.names,
          genes: layer.genes.names,
          geneOf: null,
          entries: plan.entries,
          environment,
          guides: null,
          texts: cells.texts,
          columns: cells.columns,
          part: layer.name,
          parts,
          findings,
        },
        { ...request, onProgress: onMatrix },
      )
    const experiments = new Set(environment.labels ?? []).size
    const pseudobulkBytes = Math.max(1, experiments) * plan.columns * 8
    const matrix = await plan.load({ ...request, pseudobulkBytes }, onMatrix)
    return matrixTable({
      format: ANNDATA,
      input: whole.input,
      gzip: whole.gzip,
      matrix,
      genes: layer.genes.names,
      columns: null,
      samples: cells.names,
      ...environment,
      part: layer.name,
      parts,
      findings: [...findings, ...environment.findings],
    })
  } finally {
    close()
  }
}

/** Every matrix of samples × genes, the preferred first: counts, raw, X, then the other layers. */
function layersOf(root: Hdf5Group, genes: Frame): Layer[] {
  const names = root.subgroup('layers')?.names ?? []
  const rawGenes = readFrame(root, 'raw/var') ?? readFrame(root, 'raw.var')
  const rawPath = root.names.includes('raw') ? 'raw/X' : 'raw.X'
  const raw = rawGenes && planMatrix(root, rawPath)
  const of = (name: string): Layer[] => {
    const plan = planMatrix(root, name)
    return plan ? [{ name, plan, genes }] : []
  }
  const counts = names.filter((name) => name === 'counts')
  const others = names.filter((name) => name !== 'counts')
  return [
    ...counts.flatMap((name) => of(`layers/${name}`)),
    ...(raw ? [{ name: 'raw/X', plan: raw, genes: rawGenes }] : []),
    ...of('X'),
    ...others.flatMap((name) => of(`layers/${name}`)),
  ]
}

function chooseLayer(
  file: SourceFile,
  layers: readonly Layer[],
  asked: string,
): { layer: Layer; findings: Finding[] } {
  const names = layers.map(({ name }) => name)
  if (asked !== 'auto') {
    const layer = layers.find(({ name }) => name === asked || name === `layers/${asked}`)
    if (layer) return { layer, findings: [] }
    const text = `${file.name} has no ${quoted(asked)}. It has ${listed(names)}.`
    const choice = choiceOf(
      'part',
      names.map((name) => [name, name] as const),
    )
    return { layer: layers[0]!, findings: [blocking('INVALID_PARAMS', 'part', text, { choice })] }
  }
  const counts = layers.find(({ name, plan }) => name === 'layers/counts' && areCounts(plan.sample()))
  const layer =
    counts ??
    layers.find(({ name }) => name === 'raw/X') ??
    layers.find(({ name }) => name === 'X') ??
    layers[0]!
  if (layers.length === 1) return { layer, findings: [] }
  const others = names.filter((name) => name !== layer.name)
  const what = counts ? 'counts' : 'values'
  const text = `The ${what} in ${layer.name} are used. The file also has ${listed(others)}.`
  return { layer, findings: [info('part', text, { examples: names })] }
}

function areCounts(values: Numbers): boolean {
  for (let index = 0; index < values.length; index++) {
    const value = Number(values[index])
    if (value < 0 || value !== Math.floor(value)) return false
  }
  return true
}

const columnsOf = (cells: Frame): NamedColumns => ({
  names: cells.columns.filter((name) => cells.isText(name)),
  all: cells.columns,
  texts: (name) => cells.texts(name),
})
