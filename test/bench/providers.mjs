/**
 * node test/bench/providers.mjs [--json] [GENES,EXPERIMENTS …]
 *
 * The learned model on the CPU and on an NVIDIA card, through the program's own loader: differences to the fixture of
 * the training code and to each other, and times. Without a card it says why CUDA does not run. docs/gpu.md has figures.
 */
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { printProviders } from './print-providers.mjs'

const root = resolve(import.meta.dirname, '../..')
const out = join(root, 'out/bench')
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
      input: { providers: join(import.meta.dirname, 'providers.ts') },
      output: { entryFileNames: '[name].js' },
    },
  },
})
await printProviders(root, process.argv.slice(2))
