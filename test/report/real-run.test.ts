import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ReadOptions } from '../../src-shared/contract/dataset-source'
import type { AnalysisResult } from '../../src-shared/domain/result'
import { RunSettings } from '../../src-shared/domain/run-settings'
import { runAnalysis } from '../../src-main/engine/analysis/run-analysis'
import { readDataset } from '../../src-main/io/import'
import { parseResult } from '../../src-main/io/result/parse-result'
import { serialiseResult } from '../../src-main/io/result/serialise-result'
import { renderReportHtml } from '../../src-main/report/html'
import { methodsText } from '../../src-main/report/methods-text'
import { builtApp } from '../support/built-app'

/** From the file of the bundled example to the report, with the engine's own evidence. */
describe('report of a real run', () => {
  let result: AnalysisResult
  let html: string
  let truth: { targets: Record<string, string[]> }

  beforeAll(async () => {
    const { root } = await builtApp()
    const folder = join(root, 'examples/drug-screen')
    const { dataset } = await readDataset(
      { files: [{ name: 'expression.csv', path: join(folder, 'expression.csv') }] },
      ReadOptions.parse({ files: ['expression.csv'], name: 'Simulated drug screen' }),
      {},
    )
    truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as typeof truth
    result = await runAnalysis(dataset!, RunSettings.parse({}), { threads: 2 })
    html = renderReportHtml(result)
  }, 120_000)

  it('names the file by its hash, and the run by its own', () => {
    expect(html).toContain(result.input.files[0]!.sha256)
    expect(html).toContain(result.resultHash)
    expect(methodsText(result)).toContain(result.input.files[0]!.sha256)
  })

  it('lists as confident what the result calls confident, which are mostly the true targets', () => {
    let listed = 0
    let right = 0
    result.environments.forEach((environment, k) => {
      const block = html.slice(html.indexOf(`<h3 id="experiment-${k + 1}">`))
      expect(block.slice(0, 600).includes('No confident target.')).toBe(result.targets.noConfidentTarget[k])
      if (result.targets.noConfidentTarget[k]) return
      const table = block.slice(block.indexOf(`id="targets-${k + 1}"`)).split('</table>')[0]!
      const genes = [
        ...table.matchAll(
          /<tr>(?:(?!<\/tr>)[\s\S])*?<bdi>([^<]+)<\/bdi>(?:(?!<\/tr>)[\s\S])*?tag ok(?:(?!<\/tr>)[\s\S])*?<\/tr>/g,
        ),
      ].map((match) => match[1]!)
      listed += genes.length
      right += genes.filter((name) => truth.targets[environment]?.includes(name)).length
    })
    expect(listed).toBeGreaterThan(8)
    expect(right / listed).toBeGreaterThan(0.6)
  })

  it('shows the evidence of up to twelve experiments and six edges from the run itself', () => {
    expect(html.match(/<svg [^>]*aria-labelledby="evidence-/g)).toHaveLength(
      Math.min(12, result.environments.length),
    )
    expect(html.match(/<svg [^>]*aria-labelledby="mechanism-/g)).toHaveLength(6)
    expect(/\bNaN\b|undefined/.exec(html.replace(/<script[\s\S]*?<\/script>/g, ''))?.[0]).toBeUndefined()
  })

  it('is the same to the byte after the result was stored and opened again', () => {
    expect(renderReportHtml(parseResult(serialiseResult(result)))).toBe(html)
  })
})
