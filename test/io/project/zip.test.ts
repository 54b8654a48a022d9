import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import { openCheckedZip, PROJECT_LIMITS, type ZipLimits } from '../../../src-main/io/project/zip-reader'
import { writeZip } from '../../../src-main/io/project/zip-writer'

const folder = mkdtempSync(join(tmpdir(), 'metacadi-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 1000)
    yield await Promise.resolve(content.subarray(at, at + 1000))
}

async function zipOf(files: readonly (readonly [string, Uint8Array])[]): Promise<Buffer> {
  const written: Uint8Array[] = []
  const entries = files.map(([name, content]) => ({
    name,
    bytes: content.length,
    read: () => piecesOf(content),
  }))
  await writeZip(entries, (bytes) => {
    written.push(Uint8Array.from(bytes))
    return Promise.resolve()
  })
  return Buffer.concat(written)
}

async function contentOf(
  bytes: Uint8Array,
  limits: ZipLimits = PROJECT_LIMITS,
): Promise<Record<string, Buffer>> {
  const path = join(folder, 'x.metacadi')
  writeFileSync(path, bytes)
  const zip = await openCheckedZip(path, 'x.metacadi', limits)
  try {
    const found: Record<string, Buffer> = {}
    for (const name of zip.names) {
      const pieces: Uint8Array[] = []
      for await (const piece of zip.read(name)) pieces.push(piece)
      found[name] = Buffer.concat(pieces)
    }
    return found
  } finally {
    await zip.close()
  }
}

const refusalOf = (bytes: Uint8Array, limits?: ZipLimits): Promise<string> =>
  contentOf(bytes, limits).then(
    () => 'read',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${error.message}` : String(error)),
  )

const text = (content: string): Uint8Array => Buffer.from(content, 'utf8')

describe('The zip of a project', () => {
  it('gives back any names and contents, and another program reads it too', async () => {
    const name = fc.stringMatching(/^[a-z0-9äé-]{1,12}$/)
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 3_000 })), async (files) => {
        const bytes = await zipOf(Object.entries(files))
        expect(await contentOf(bytes)).toEqual(
          Object.fromEntries(Object.entries(files).map(([key, value]) => [key, Buffer.from(value)])),
        )
        const other = unzipSync(bytes)
        expect(Object.keys(other).sort()).toEqual(Object.keys(files).sort())
        for (const [key, value] of Object.entries(files))
          expect(Buffer.from(other[key]!).equals(value)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['an absolute path', '/etc/passwd'],
    ['a drive', 'C:/windows/system.ini'],
    ['a path that leaves its folder', 'data/../../outside'],
    ['a backslash', 'data\\..\\outside'],
    ['a folder', 'data/'],
    ['a control character', 'data/a\u0000b'],
    ['a dot', './project.json'],
    ['a name that is too long', 'a'.repeat(600)],
  ])('is refused when a name is %s', async (_what, name) => {
    expect(await refusalOf(await zipOf([[name, text('x')]]))).toMatch(/^DATA_FORMAT .*Nothing was unpacked/)
  })

  it('is refused with two files of one name, also in another spelling', async () => {
    for (const names of [
      ['a', 'a'],
      ['project.json', 'PROJECT.json'],
      ['\u00e9', 'e\u0301'],
    ])
      expect(await refusalOf(await zipOf(names.map((name) => [name, text('x')] as const)))).toContain(
        'two files of one name',
      )
  })

  it('is refused with a link, an encrypted file or files that lie over one another', async () => {
    const good = await zipOf([
      ['a', text('first')],
      ['b', text('second')],
    ])
    const directory = good.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    const second = good.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), directory + 4)
    const patched = (change: (bytes: Buffer) => void): Buffer => {
      const copy = Buffer.from(good)
      change(copy)
      return copy
    }
    expect(await refusalOf(good)).toBe('read')
    expect(
      await refusalOf(patched((bytes) => bytes.writeUInt32LE((0o120777 << 16) >>> 0, directory + 38))),
    ).toContain('a link')
    expect(await refusalOf(patched((bytes) => bytes.writeUInt16LE(1, directory + 8)))).toContain('encrypted')
    expect(await refusalOf(patched((bytes) => bytes.writeUInt32LE(0, second + 42)))).toContain(
      'over one another',
    )
  })

  it('is refused with more than a thousand files', async () => {
    const files = Array.from({ length: 1_001 }, (_, index) => [`f${index}`, text('')] as const)
    expect(await refusalOf(await zipOf(files))).toMatch(/^RESOURCE_LIMIT .*1001 files/)
  })

  it('is not unpacked further than the limits, whatever sizes it declares', async () => {
    const bomb = await zipOf([['a', new Uint8Array(5_000_000)]])
    const lying = Buffer.from(bomb)
    const directory = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    lying.writeUInt32LE(10, directory + 24)
    lying.writeUInt32LE(10, 22)
    const dense: ZipLimits = { ...PROJECT_LIMITS, ratioFromBytes: 1_000_000 }
    const small: ZipLimits = { ...PROJECT_LIMITS, totalBytes: 1_000_000 }
    for (const bytes of [bomb, lying])
      for (const limits of [dense, small]) expect(await refusalOf(bytes, limits)).toMatch(/^RESOURCE_LIMIT /)
  })

  it('never gives damaged content for intact: any changed byte of a file is an error or changes nothing', async () => {
    const files = [
      ['a', text('sample,TP53\n'.repeat(40))],
      ['b', Buffer.from([1, 2, 3, 250])],
    ] as const
    const good = await zipOf(files)
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(good)
        bytes[at]! ^= flip
        let read: Record<string, Buffer>
        try {
          read = await contentOf(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          return
        }
        for (const [name, content] of files) if (read[name]) expect(read[name].equals(content)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})
