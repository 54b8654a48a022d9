import { keptHonestyCheck } from '../../src-main/engine/runs/kept-honesty-check'
import { readResultFile } from '../../src-main/io/result/result-file'
import { renderReportHtml } from '../../src-main/report/html'

/** Processor time of the report of a stored result, its check on the study's own data included, and its size. */
export async function timeReport(path: string): Promise<{ seconds: number; bytes: number }> {
  const result = await readResultFile(path, 'result.json')
  const before = process.cpuUsage()
  const honesty = await keptHonestyCheck(result, new AbortController().signal)
  const page = renderReportHtml(result, { honesty })
  const { user, system } = process.cpuUsage(before)
  return { seconds: (user + system) / 1e6, bytes: Buffer.byteLength(page) }
}
