/**
 * node test/bench/model.mjs [NETWORK.onnx]
 *
 * Latency and peak memory of the network at several sizes, each in a process of its own: the constants of
 * src-main/model/memory.ts are the growth of the peak resident size over an opened session. Linux only (VmHWM).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const [network = join(root, 'models/metacadi/metacadi.onnx'), d, K] = process.argv.slice(2)
const SIZES = [
  [20, 20],
  [50, 50],
  [100, 100],
  [200, 200],
  [200, 1],
  [50, 1000],
]
const peakBytes = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024

async function measure(genes, experiments) {
  const { InferenceSession, Tensor } = await import('onnxruntime-node')
  const session = await InferenceSession.create(readFileSync(network), {
    executionProviders: ['cpu'],
    interOpNumThreads: 1,
    enableMemPattern: false,
  })
  const opened = process.memoryUsage.rss()
  let state = 1
  const uniform = () => (state = (state * 48271) % 2147483647) / 1073741824 - 1
  const shapes = {
    pair: [1, genes, genes],
    env: [1, experiments, genes],
    glob: [1, experiments],
  }
  const feeds = Object.fromEntries(
    session.inputMetadata.map(({ name, shape }) => {
      const dims = [...shapes[name], shape.at(-1)]
      const values = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, uniform)
      return [name, new Tensor('float32', values, dims)]
    }),
  )
  const times = []
  for (let round = 0; round < 5; round++) {
    const from = performance.now()
    await session.run(feeds)
    times.push(performance.now() - from)
  }
  const grown = (peakBytes() - opened) / 1e6
  await session.release()
  const best = Math.min(...times)
  console.log(
    `d=${genes} K=${experiments}`.padEnd(16),
    `${best.toFixed(0)} ms at best of five, ${grown.toFixed(0)} MB`,
  )
}

if (d !== undefined) await measure(Number(d), Number(K))
else if (!existsSync(network)) console.log('left out: no network in models/metacadi (or name one)')
else
  for (const [genes, experiments] of SIZES)
    execFileSync(process.execPath, [import.meta.filename, network, String(genes), String(experiments)], {
      stdio: 'inherit',
    })
