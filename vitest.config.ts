import { defineConfig } from 'vitest/config'

/** Everything but the browser tests, which Playwright runs from test/e2e. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Forked processes: tests start workers, child processes and servers of their own.
    pool: 'forks',
  },
})
