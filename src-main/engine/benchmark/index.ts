export { formatBenchmark } from './format-benchmark'
export type { BenchmarkReport } from './report'
export { runBenchmark, type BenchmarkOptions, type BenchmarkProgress } from './run-benchmark'
export { simulateManifest, type SimulateHooks } from './simulate-manifest'
