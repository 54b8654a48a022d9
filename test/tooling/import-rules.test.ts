import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** The lint rules of the project without those that need a type-checked program: the files below do not exist. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [{ files: ['**/*.ts', '**/*.vue'], ...tseslint.configs.disableTypeChecked }],
})

async function rulesBrokenBy(code: string, filePath: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, filePath) })
  const fatal = result!.messages.find((message) => message.fatal)
  if (fatal) throw new Error(fatal.message)
  return [...new Set(result!.messages.flatMap((message) => message.ruleId ?? []))]
}

const FOLDER_OF = {
  domain: 'src-shared/domain',
  contract: 'src-shared/contract',
  rpc: 'src-shared/rpc',
  core: 'src-main/core',
  model: 'src-main/model',
  io: 'src-main/io',
  report: 'src-main/report',
  engine: 'src-main/engine',
  hosts: 'src-main/hosts',
  desktop: 'src-main/desktop',
  preload: 'src-main/preload',
  components: 'src-renderer/components',
  services: 'src-renderer/services',
  stores: 'src-renderer/stores',
  'features/network': 'src-renderer/features/network',
  'features/import': 'src-renderer/features/import',
  app: 'src-renderer/app',
} as const
type Part = keyof typeof FOLDER_OF

/** The import table of docs/architecture.md, written out a second time on purpose. */
const MAY_IMPORT: Record<Part, readonly Part[]> = {
  domain: [],
  contract: ['domain'],
  rpc: ['contract', 'domain'],
  core: ['domain'],
  model: ['domain', 'contract', 'core'],
  io: ['domain', 'contract', 'core'],
  report: ['domain', 'contract', 'core'],
  engine: ['domain', 'contract', 'rpc', 'core', 'model', 'io', 'report'],
  hosts: ['engine', 'rpc', 'contract', 'domain'],
  desktop: ['contract'],
  preload: ['contract'],
  components: ['domain', 'contract'],
  services: ['domain', 'contract', 'rpc'],
  stores: ['domain', 'contract', 'services'],
  'features/network': ['domain', 'contract', 'components', 'services', 'stores'],
  'features/import': ['domain', 'contract', 'components', 'services', 'stores'],
  app: ['domain', 'contract', 'components', 'services', 'stores', 'features/network', 'features/import'],
}

function firstSource(folder: string): string {
  const absolute = join(root, folder)
  const found = existsSync(absolute)
    ? readdirSync(absolute, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.d.ts'))
        .sort()[0]
    : undefined
  if (!found) throw new Error(`${folder} holds no source file`)
  return join(absolute, found)
}

function importOf(from: Part, to: Part): string {
  const path = relative(join(root, FOLDER_OF[from]), firstSource(FOLDER_OF[to])).replace(/\.ts$/, '')
  return `import * as imported from '${path.startsWith('.') ? path : `./${path}`}'\nexport const used = imported\n`
}

const parts = Object.keys(FOLDER_OF) as Part[]

describe('The import table', () => {
  it.each(parts)('lets %s import its row and nothing else of the project', async (from) => {
    const accepted: Part[] = []
    for (const to of parts) {
      if (to === from) continue
      const broken = await rulesBrokenBy(importOf(from, to), `${FOLDER_OF[from]}/virtual.ts`)
      if (!broken.includes('boundaries/dependencies')) accepted.push(to)
    }
    expect(accepted.sort()).toEqual([...MAY_IMPORT[from]].sort())
  })

  it.each([
    ['src-shared/domain/virtual.ts', 'node:fs'],
    ['src-shared/contract/virtual.ts', 'vue'],
    ['src-shared/rpc/virtual.ts', 'ws'],
    ['src-shared/rpc/virtual.ts', 'node:worker_threads'],
    ['src-main/core/evidence/virtual.ts', 'node:worker_threads'],
    ['src-main/core/evidence/virtual.ts', 'fs'],
    ['src-main/core/evidence/virtual.ts', 'zod'],
    ['src-main/model/virtual.ts', 'papaparse'],
    ['src-main/io/import/virtual.ts', 'electron'],
    ['src-main/engine/virtual.ts', 'electron'],
    ['src-main/engine/virtual.ts', 'onnxruntime-node'],
    ['src-main/hosts/virtual.ts', 'electron'],
    ['src-main/desktop/virtual.ts', 'ws'],
    ['src-main/preload/virtual.ts', 'node:fs'],
    ['src-main/preload/virtual.ts', 'zod'],
    ['src-renderer/components/virtual.ts', 'echarts'],
    ['src-renderer/components/virtual.ts', 'pinia'],
    ['src-renderer/stores/virtual.ts', 'cytoscape'],
    ['src-renderer/services/virtual.ts', 'node:path'],
    ['src-renderer/features/import/virtual.ts', 'echarts/core'],
    ['src-renderer/features/import/virtual.ts', 'cytoscape'],
    ['src-renderer/app/virtual.ts', 'echarts'],
    ['src-renderer/app/virtual.ts', 'electron'],
  ])('refuses in %s an import of %s', async (file, source) => {
    const code = `import * as imported from '${source}'\nexport const used = imported\n`
    expect(await rulesBrokenBy(code, file)).toContain('boundaries/dependencies')
  })

  it.each([
    ['src-shared/contract/virtual.ts', 'zod'],
    ['src-main/io/import/virtual.ts', 'node:zlib'],
    ['src-main/io/import/virtual.ts', 'papaparse'],
    ['src-main/model/virtual.ts', 'onnxruntime-node'],
    ['src-main/engine/virtual.ts', 'node:worker_threads'],
    ['src-main/hosts/virtual.ts', 'ws'],
    ['src-main/desktop/virtual.ts', 'electron'],
    ['src-main/preload/virtual.ts', 'electron'],
    ['src-renderer/features/network/virtual.ts', 'cytoscape'],
    ['src-renderer/features/targets/virtual.ts', 'echarts/core'],
    ['src-renderer/stores/virtual.ts', 'pinia'],
  ])('allows in %s an import of %s', async (file, source) => {
    const code = `import * as imported from '${source}'\nexport const used = imported\n`
    expect(await rulesBrokenBy(code, file)).not.toContain('boundaries/dependencies')
  })

  it.each([
    ['a re-export', "export * from 'electron'\n"],
    ['a dynamic import', "export const load = () => import('electron')\n"],
    ['a type import', "import type { App } from 'electron'\nexport type X = App\n"],
  ])('sees %s', async (_form, code) => {
    expect(await rulesBrokenBy(code, 'src-main/engine/virtual.ts')).toContain('boundaries/dependencies')
  })

  it('refuses a source file outside the known folders', async () => {
    expect(await rulesBrokenBy('export const x = 1\n', 'src-main/helpers/virtual.ts')).toContain(
      'boundaries/no-unknown-files',
    )
  })
})

describe('The core', () => {
  const file = 'src-main/core/search/virtual.ts'
  it.each([
    ['chance', 'export const x = Math.random()\n', 'no-restricted-properties'],
    ['the clock', 'export const x = Date.now()\n', 'no-restricted-properties'],
    ['the date', 'export const x = new Date()\n', 'no-restricted-syntax'],
    ['the performance timer', 'export const x = performance.now()\n', 'no-restricted-globals'],
    ['an async function', 'export async function f() {}\n', 'no-restricted-syntax'],
    ['a promise', 'export const x = new Promise(() => {})\n', 'no-restricted-syntax'],
  ])('is kept free of %s', async (_what, code, rule) => {
    expect(await rulesBrokenBy(code, file)).toContain(rule)
  })

  it('is the only part with that rule: the engine may read the clock', async () => {
    expect(await rulesBrokenBy('export const x = Date.now()\n', 'src-main/engine/virtual.ts')).toEqual([])
  })
})

describe('All sources', () => {
  it.each([
    ['any', 'export const x = (y: any): unknown => y\n', '@typescript-eslint/no-explicit-any'],
    ['@ts-ignore', '// @ts-ignore\nexport const x = 1\n', '@typescript-eslint/ban-ts-comment'],
    ['eval', "export const x = (): unknown => eval('1')\n", 'no-eval'],
    ['console output', "console.log('x')\n", 'no-console'],
  ])('are kept free of %s', async (_what, code, rule) => {
    expect(await rulesBrokenBy(code, 'src-main/engine/virtual.ts')).toContain(rule)
  })

  it('cannot switch a rule off by a comment', async () => {
    const code = '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const x: any = 1\n'
    expect(await rulesBrokenBy(code, 'src-main/engine/virtual.ts')).toContain(
      '@typescript-eslint/no-explicit-any',
    )
  })
})

describe('The renderer', () => {
  it('never turns text into HTML, neither in a template', async () => {
    const component =
      '<script setup lang="ts">\ndefineProps<{ note: string }>()\n</script>\n\n<template>\n  <p v-html="note" />\n</template>\n'
    expect(await rulesBrokenBy(component, 'src-renderer/components/Virtual.vue')).toContain('vue/no-v-html')
  })

  it('nor in a script', async () => {
    const code = 'export const f = (e: HTMLElement, text: string): void => {\n  e.innerHTML = text\n}\n'
    expect(await rulesBrokenBy(code, 'src-renderer/components/virtual.ts')).toContain(
      'no-restricted-properties',
    )
  })
})
