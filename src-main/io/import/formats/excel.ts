import { startsWith, unreadable } from './not-yet'

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

export const xlsx = unreadable(
  'Excel workbook',
  (head, fileName) =>
    startsWith(head, ZIP) &&
    (head.includes('xl/') || (head.includes('[Content_Types].xml') && /\.xls[xmb]$/i.test(fileName))),
  (name) =>
    `${name} is an Excel workbook; this version reads text tables. ` +
    'In Excel choose Save As → "CSV UTF-8" for the sheet with the numbers, and open that file.',
)

/** The old binary workbook, and also the shell of an encrypted .xlsx. */
export const xls = unreadable(
  'Excel 97–2003 or encrypted workbook',
  (head) => startsWith(head, OLE),
  (name) =>
    `${name} is an old (.xls) or password-protected Excel workbook, which cannot be read. ` +
    'Open it in Excel and save the sheet as "CSV UTF-8".',
)
