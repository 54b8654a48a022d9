import { defineConfig } from 'vitest/config'

/** Everything but the browser tests, which Playwright runs from test/e2e. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Forked processes: tests start workers, child processes and servers of their own. Files that run in the
    // same process share its modules, which are loaded once; none of them changes global state.
    pool: 'forks',
    // Vitest leaves a core free by default, which on two cores is half of the computer.
    maxWorkers: '100%',
    isolate: false,
  },
})
