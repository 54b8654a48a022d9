import { AppError } from '../../../src-shared/contract/errors'
import { count } from './findings'
import { detectDelimiter } from './delimiter'
import { workbookRows, xlsx } from './formats/excel'
import { readerFor } from './formats/readers'
import { textTable } from './formats/text-table'
import { openBytes } from './source-bytes'
import { cleanName } from './table-layout'
import { rowSplitter } from './table-rows'
import { decodeText, NotUtf8 } from './text-encoding'
import type { Encoding, ReadRequest, SampleSheet, SheetRow, SourceFile } from './types'
import { ENVIRONMENT_COLUMNS, headerKey, isControlWord, SAMPLE_COLUMNS } from './words'
import { isMissingName } from './number-cell'

const LONGEST_SHEET = 64 * 2 ** 20

/** @param experimentColumn name of the column with the experiments; 'auto' looks for the usual names */
export async function readSampleSheet(
  file: SourceFile,
  request: ReadRequest,
  experimentColumn: string,
): Promise<SampleSheet> {
  const reader = await readerFor(file, request)
  if (reader !== textTable && reader !== xlsx) await reader.read(file, request)
  const rows = reader === xlsx ? await workbookRows(file, request) : await textRows(file, request)
  const [header, ...body] = rows
  const keys = (header ?? []).map(headerKey)
  const column = (...names: readonly string[]): number => keys.findIndex((key) => names.includes(key))
  const sample = column(...SAMPLE_COLUMNS, 'name', 'id')
  if (sample < 0)
    throw new AppError(
      'DATA_FORMAT',
      `The sample sheet ${file.name} has no column 'sample'. Name the column with the sample names 'sample'.`,
      { columns: header ?? [] },
    )
  const asked = experimentColumn === 'auto' ? -1 : column(headerKey(experimentColumn))
  const usual =
    ['experiment', ...ENVIRONMENT_COLUMNS].map((name) => column(name)).find((index) => index >= 0) ?? -1
  const experiment = asked >= 0 ? asked : usual
  const role = column('role')
  const controlGroup = column('control_group')
  const targets = column('known_targets', 'targets', 'known_target')
  const complete = column('targets_complete', 'all_targets_known')
  const direction = column('direction')
  const batch = column('batch')
  const cell = (row: readonly string[], index: number): string => {
    const text = index < 0 ? '' : cleanName(row[index] ?? '')
    return isMissingName(text) ? '' : text
  }
  return {
    name: file.name,
    hasExperiments: experiment >= 0,
    hasAskedColumn: asked >= 0,
    rows: body
      .map((row) => ({
        sample: cleanName(row[sample] ?? ''),
        experiment: cell(row, experiment),
        role: roleOf(cell(row, role)),
        controlGroup: cell(row, controlGroup),
        knownTargets: cell(row, targets)
          .split(';')
          .map(cleanName)
          .filter((gene) => gene !== ''),
        complete: /^(yes|y|true|1|all|complete)$/i.test(cell(row, complete)),
        direction: directionOf(cell(row, direction)),
        batch: cell(row, batch),
      }))
      .filter((row) => row.sample !== ''),
  }
}

/** A sheet that was recorded as rows. */
export function sheetOfRows(rows: readonly SheetRow[]): SampleSheet {
  const hasExperiments = rows.some(({ experiment }) => experiment !== '')
  return { name: 'the recorded sample sheet', hasExperiments, hasAskedColumn: hasExperiments, rows }
}

function textRows(file: SourceFile, request: ReadRequest): Promise<string[][]> {
  return sheetRows(file, request, null).catch((error: unknown) => {
    if (error instanceof NotUtf8) return sheetRows(file, request, 'windows-1252')
    throw error
  })
}

const UP = /^(up|increased?|over-?expression|oe|activation|crispra|gain|\+|\+1|1)$/i
const DOWN = /^(down|decreased?|knock-?(down|out)|kd|ko|repression|crispri|inhibition|loss|-|-1)$/i

const directionOf = (text: string): SheetRow['direction'] =>
  UP.test(text) ? 'up' : DOWN.test(text) ? 'down' : null

function roleOf(text: string): SheetRow['role'] {
  if (text === '') return ''
  return isControlWord(text) ? 'control' : 'perturbed'
}

async function sheetRows(
  file: SourceFile,
  request: ReadRequest,
  encoding: Encoding | null,
): Promise<string[][]> {
  const bytes = await openBytes(file, { ...request, onProgress: undefined })
  let whole = ''
  for await (const piece of decodeText(file, bytes.chunks, encoding, () => undefined)) {
    whole += piece
    if (whole.length > LONGEST_SHEET)
      throw new AppError(
        'RESOURCE_LIMIT',
        `${file.name} is too large for a sample sheet (more than ${count(LONGEST_SHEET)} characters).`,
      )
  }
  const text = whole.replace(/^(?:[ \t]*(?:[#%][^\n]*)?\n)+/, '')
  // a sheet that lists only sample names has one column and needs no delimiter
  const splitter = rowSplitter(file, detectDelimiter(file, text.slice(0, 256 * 1024)) ?? 'tab', LONGEST_SHEET)
  const rows = [...splitter.push(text), ...splitter.end()]
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''))
}
