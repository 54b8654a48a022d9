/**
 * Writes THIRD-PARTY.md: every library whose code is bundled into the app, with its licence text.
 * `node build/third-party.mjs --check` fails when the file does not match what is installed.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const BUNDLED = [
  '@dagrejs/dagre',
  '@lucide/vue',
  'cac',
  'cytoscape',
  'd3-force',
  'echarts',
  'element-plus',
  'fflate',
  'msgpackr',
  'onnxruntime-node',
  'papaparse',
  'pinia',
  'vue',
  'ws',
  'zod',
]

/** Downloads files for other platforms while it is installed; not in a package. */
const INSTALLER_ONLY = /^(adm-zip|global-agent)$/

/** Packages of a repository whose licence is in none of its packages. */
const MICROSOFT_MIT = `MIT License

Copyright (c) Microsoft Corporation

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`
const KNOWN_TEXTS = { 'onnxruntime-node': MICROSOFT_MIT, 'onnxruntime-common': MICROSOFT_MIT }

/** Dependencies that leave nothing in a bundle: types, and Vue's compilers, which run in the build. */
const BUILD_ONLY = /^(@types\/|csstype$|@vue\/(compiler-|server-renderer)|vue-component-type-helpers$)/

/** Where a package is found from another one, as Node looks for it. */
function locate(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === dirname(folder)) return undefined
  }
}

function collect(names, from, found) {
  for (const name of names) {
    const folder = locate(name, from)
    if (!folder || found.has(folder)) continue
    const json = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (BUILD_ONLY.test(json.name) || INSTALLER_ONLY.test(json.name)) continue
    found.set(folder, json)
    collect(Object.keys(json.dependencies ?? {}), folder, found)
  }
  return found
}

function licenceText(folder) {
  const name = readdirSync(folder).find((file) => /^licen[cs]e(\.|$|-)/i.test(file))
  return name ? readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim() : undefined
}

const packages = [...collect(BUNDLED, root, new Map())]
  .map(([folder, json]) => ({
    name: json.name,
    version: json.version,
    licence: json.license,
    text: licenceText(folder) ?? KNOWN_TEXTS[json.name],
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Most texts differ only in their copyright lines; equal ones are printed once. */
const byText = Map.groupBy
  ? Map.groupBy(packages, ({ text }) => text)
  : packages.reduce((map, entry) => map.set(entry.text, [...(map.get(entry.text) ?? []), entry]), new Map())

const page = [
  '# Third-party software',
  '',
  'These libraries, or the parts of them that are used, are bundled into the app. Electron and Chromium come with their own notices (`LICENSES.chromium.html` in a package).',
  'ONNX Runtime is a compiled library; the notices of what is built into it are its own [ThirdPartyNotices](https://github.com/microsoft/onnxruntime/blob/v1.30.0/ThirdPartyNotices.txt).',
  'Written by `node build/third-party.mjs`.',
  '',
  '| Library | Version | Licence |',
  '|---|---|---|',
  ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
  '',
  ...[...byText].flatMap(([text, entries]) => [
    `## ${entries.map(({ name }) => name).join(', ')}`,
    '',
    '```text',
    text ?? `The package names its licence (${entries[0].licence}) without a text.`,
    '```',
    '',
  ]),
].join('\n')

const file = join(root, 'THIRD-PARTY.md')
if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
  console.error('THIRD-PARTY.md does not match the installed libraries: run `node build/third-party.mjs`.')
  process.exitCode = 1
}
