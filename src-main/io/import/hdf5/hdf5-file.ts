import { resolve } from 'node:path'
import type { Dataset, Entity, File as H5File, Group } from 'h5wasm/node'
import { AppError } from '../../../../src-shared/contract/errors'
import { quoted } from '../findings'
import type { SourceFile } from '../types'
import { checkComplete } from './superblock'

/**
 * Filters that h5wasm decodes and reports on failure. For LZF and others it knows no decoder and hands out
 * uninitialised memory without an error, so everything else is refused before a read.
 */
const SAFE_FILTERS: ReadonlyMap<number, string> = new Map([
  [1, 'deflate'],
  [2, 'shuffle'],
  [3, 'fletcher32'],
  [4, 'szip'],
])
/** registered numbers of the filters that files of this field use */
const FILTER_NAMES: ReadonlyMap<number, string> = new Map([
  [5, 'N-bit'],
  [6, 'scale-offset'],
  [307, 'BZIP2'],
  [32000, 'LZF'],
  [32001, 'Blosc'],
  [32004, 'LZ4'],
  [32008, 'Bitshuffle'],
  [32013, 'ZFP'],
  [32015, 'Zstandard'],
  [32026, 'Blosc2'],
])

export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

const CLASS_INTEGER = 0
const CLASS_FLOAT = 1
const CLASS_STRING = 3
const CLASS_COMPOUND = 6
const CLASS_ENUM = 8

/** Reads groups and datasets of one file; links that lead elsewhere do not exist for it. */
export interface Hdf5 {
  readonly root: Hdf5Group
  readonly close: () => void
}

/** @param path where the unpacked file lies; `file` is how the user knows it */
export async function openHdf5(file: SourceFile, path: string): Promise<Hdf5> {
  await checkComplete(file, path)
  // loading the library takes a moment and starts its WebAssembly: only for files that need it
  const library = await import('h5wasm/node')
  const module = await library.ready
  // without it a failed read returns whatever the memory held before
  module.activate_throwing_error_handler()
  keepToOpenFiles(library.FS)
  openPaths.add(resolve(path))
  const close = (opened: H5File | null): void => {
    opened?.close()
    openPaths.delete(resolve(path))
  }
  try {
    const opened = guarded(file, () => new library.File(path, 'r'))
    return { root: new Hdf5Group(file, opened, opened), close: () => close(opened) }
  } catch (error) {
    close(null)
    throw error
  }
}

/** The files that were opened by the user's choice; HDF5 itself may be asked by a file to open any other. */
const openPaths = new Set<string>()
let kept = false

/**
 * External links, external storage and virtual datasets make the library open other files. Whatever the way, it ends
 * in this one function of the library's file system, which from now on knows only the chosen files.
 */
function keepToOpenFiles(fileSystem: unknown): void {
  if (kept) return
  kept = true
  const files = fileSystem as {
    open: (path: string, ...rest: unknown[]) => unknown
    ErrnoError: new (code: number) => Error
  }
  const open = files.open.bind(files)
  files.open = (path, ...rest) => {
    if (!openPaths.has(resolve(path))) throw new files.ErrnoError(NOT_FOUND)
    return open(path, ...rest)
  }
}

/** `ENOENT` of the library */
const NOT_FOUND = 44

export class Hdf5Group {
  constructor(
    readonly file: SourceFile,
    readonly root: Group,
    readonly group: Group,
  ) {}

  get names(): string[] {
    return guarded(this.file, () => this.group.keys())
  }

  subgroup(path: string): Hdf5Group | null {
    const found = this.#entity(path)
    return isGroup(found) ? new Hdf5Group(this.file, this.root, found) : null
  }

  dataset(path: string): Hdf5Dataset | null {
    const found = this.#entity(path)
    return isDataset(found) ? new Hdf5Dataset(this.file, found) : null
  }

  attribute(name: string): unknown {
    return attributeOf(this.file, this.group, name)
  }

  /** Follows a path step by step, so that a soft or external link on the way is seen and not followed. */
  #entity(path: string): Entity | null {
    let at: Entity | null = this.group
    for (const name of path.split('/')) {
      if (!isGroup(at)) return null
      const within: Group = at
      at = guarded(this.file, () =>
        within.keys().includes(name) && !leadsElsewhere(within, name) ? within.get(name) : null,
      )
    }
    return at
  }
}

// by their own word: the classes are only known once the library is loaded
const isGroup = (entity: Entity | null): entity is Group =>
  entity !== null && 'type' in entity && (entity.type as string) === 'Group'
const isDataset = (entity: Entity | null): entity is Dataset =>
  entity !== null && 'type' in entity && (entity.type as string) === 'Dataset'

/** An external link is followed by the library without a word, into any file it names. */
function leadsElsewhere(group: Group, name: string): boolean {
  const path = `${group.path === '/' ? '' : group.path}/${name}`
  // null and an empty object say that it is neither
  const soft: unknown = group.get_link(path)
  const external: { filename?: unknown } = group.get_external_link(path)
  return typeof soft === 'string' || typeof external.filename === 'string'
}

export class Hdf5Dataset {
  readonly shape: readonly number[]

  constructor(
    readonly file: SourceFile,
    readonly dataset: Dataset,
  ) {
    this.shape = guarded(file, () => dataset.shape ?? [])
  }

  get length(): number {
    return this.shape.reduce((product, size) => product * size, 1)
  }

  get isText(): boolean {
    return this.#class === CLASS_STRING
  }

  get isNumeric(): boolean {
    return this.#class === CLASS_INTEGER || this.#class === CLASS_FLOAT || this.#class === CLASS_ENUM
  }

  /** Names of the fields of a compound type, in order; null for every other type. */
  get fields(): string[] | null {
    const { compound_type: compound } = this.dataset.metadata
    return this.#class === CLASS_COMPOUND && compound ? compound.members.map(({ name }) => name) : null
  }

  attribute(name: string): unknown {
    return attributeOf(this.file, this.dataset, name)
  }

  /** @param ranges [from, to) for each dimension; a missing one means all */
  numbers(...ranges: (readonly [number, number])[]): Numbers {
    if (!this.isNumeric) throw damaged(this.file, `${quoted(this.dataset.path)} holds no numbers`)
    const read = this.#read(ranges)
    if (!ArrayBuffer.isView(read))
      throw damaged(this.file, `${quoted(this.dataset.path)} cannot be read as numbers`)
    return read as Numbers
  }

  /** Texts of a one-dimensional dataset; numbers as their digits. */
  texts(): string[] {
    if (this.length === 0) return []
    if (!this.isText) return Array.from(this.numbers() as ArrayLike<number | bigint>, String)
    const read = this.#read([])
    return typeof read === 'string' ? [read] : (read as string[])
  }

  /** Rows of a dataset of compound type. */
  records(): unknown[][] {
    return this.#read([]) as unknown[][]
  }

  get #class(): number {
    return this.dataset.metadata.type
  }

  #read(ranges: readonly (readonly [number, number])[]): unknown {
    refuseUnsafeFilters(this.file, this.dataset)
    refuseVirtual(this.file, this.dataset)
    return guarded(this.file, () =>
      ranges.length === 0
        ? this.dataset.value
        : this.dataset.slice(this.shape.map((size, dimension) => [...(ranges[dimension] ?? [0, size])])),
    )
  }
}

function attributeOf(file: SourceFile, holder: Group | Dataset, name: string): unknown {
  return guarded(file, () => {
    const { attrs } = holder
    return Object.hasOwn(attrs, name) ? attrs[name]!.value : undefined
  })
}

function refuseUnsafeFilters(file: SourceFile, dataset: Dataset): void {
  const unsafe = guarded(file, () => dataset.filters).find(({ id }) => !SAFE_FILTERS.has(id))
  if (!unsafe) return
  const name = FILTER_NAMES.get(unsafe.id) ?? `an unknown filter (number ${unsafe.id})`
  const copy = /\.h5ad(\.gz)?$/i.test(file.name)
    ? "In Python: `a.write_h5ad('x2.h5ad', compression='gzip')`."
    : 'In a shell: `h5repack -f GZIP=4 x.h5 x2.h5`.'
  throw new AppError(
    'DATA_FORMAT',
    `${file.name} uses ${name} compression, which cannot be read safely. ${copy}`,
    { filter: unsafe.id, dataset: dataset.path },
  )
}

/** Where its sources are missing, a virtual dataset reads as zeros. */
function refuseVirtual(file: SourceFile, { metadata, path }: Dataset): void {
  if (!metadata.virtual_sources?.length) return
  throw new AppError(
    'DATA_FORMAT',
    `${file.name} takes its values from other files, which are not opened. Save it with its values: \`a.to_memory().write_h5ad('x2.h5ad')\`.`,
    { dataset: path },
  )
}

export const damaged = (file: SourceFile, what: string): AppError =>
  new AppError('DATA_FORMAT', `${file.name} is damaged: ${what}. Copy or download it again.`)

/** What the HDF5 library reports about a file becomes an error about that file. */
function guarded<T>(file: SourceFile, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof AppError) throw error
    const text = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} is damaged: it cannot be read. Copy or download it again.`,
      {
        error: text.slice(0, 2000),
      },
    )
  }
}
