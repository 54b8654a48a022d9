import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const out = join(root, 'out/bench')

/** What a measured part may need beside it, by the name it looks for. */
const BESIDE = {
  worker: 'src-main/engine/analysis/worker.ts',
  reader: 'src-main/engine/datasets/reading/reader-process.ts',
  'memory-guard': 'src-main/engine/datasets/reading/memory-guard.ts',
}

/**
 * Builds `test/bench/NAME.ts` out of the sources, with the bundles that it starts, and imports it.
 * @param {string} name
 * @param {readonly (keyof typeof BESIDE)[]} beside
 */
export async function importBench(name, beside = []) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['onnxruntime-node'] },
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: {
        input: {
          [name]: join(import.meta.dirname, `${name}.ts`),
          ...Object.fromEntries(beside.map((each) => [each, join(root, BESIDE[each])])),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  return import(pathToFileURL(join(out, `${name}.js`)).href)
}
