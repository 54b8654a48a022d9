import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname
const at = (path: string): string => resolve(root, path)

/** One build for all hosts: desktop main, engine process, its workers, web host and command line share `out/main`. */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: false,
      rollupOptions: {
        // The one native module: it stays in node_modules and is packed with its libraries.
        external: ['onnxruntime-node'],
        input: {
          desktop: at('src-main/desktop/main.ts'),
          engine: at('src-main/hosts/engine-process.ts'),
          worker: at('src-main/engine/analysis/worker.ts'),
          'shard-worker': at('src-main/engine/shards/shard-worker.ts'),
          reader: at('src-main/engine/datasets/reading/reader-process.ts'),
          'memory-guard': at('src-main/engine/datasets/reading/memory-guard.ts'),
          web: at('src-main/hosts/web.ts'),
          cli: at('src-main/hosts/cli.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [vue()],
    build: {
      outDir: at('out/renderer'),
      // Half the parsing at every start, and a third of the bytes through a tunnel.
      minify: true,
      rollupOptions: { input: at('src-renderer/index.html') },
    },
  },
})
