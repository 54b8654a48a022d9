import { encodingOf } from '../text-encoding'
import { startsWith, startsWithText, unreadable } from './not-yet'

const KNOWN: readonly (readonly [what: string, is: (head: Buffer) => boolean])[] = [
  ['a PDF document', (head) => startsWithText(head, '%PDF-')],
  ['an R data file', (head) => /^(RDX[23]\n|X\n\0|RDA[23]\n)/.test(head.subarray(0, 6).toString('latin1'))],
  ['a Parquet file', (head) => startsWithText(head, 'PAR1')],
  ['a zip archive', (head) => startsWith(head, [0x50, 0x4b, 0x03, 0x04])],
  ['a bzip2 archive', (head) => startsWithText(head, 'BZh')],
  ['an xz archive', (head) => startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ['a Zstandard archive', (head) => startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])],
  ['a picture', (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47]) || startsWith(head, [0xff, 0xd8, 0xff])],
  ['a tar archive', (head) => head.subarray(257, 262).toString('latin1') === 'ustar'],
]

const whatIs = (head: Buffer): string | null => KNOWN.find(([, is]) => is(head))?.[0] ?? null

/** Text has no zero bytes, but UTF-16 with its byte order mark does. */
const isBinary = (head: Buffer): boolean =>
  !encodingOf(head).encoding.startsWith('utf-16') && head.includes(0)

export const otherBinary = KNOWN.map(([what, is]) =>
  unreadable(
    what,
    is,
    (name) => `${name} is ${what}, not a table. Export the expression table as CSV or tab-separated text.`,
  ),
).concat(
  unreadable(
    'binary data',
    (head) => whatIs(head) === null && isBinary(head),
    (name) =>
      `${name} is not a text table: it holds a zero byte. It may be damaged or in another format. Copy it again, or export the table as CSV or tab-separated text.`,
  ),
)
