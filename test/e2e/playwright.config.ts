import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'

const executablePath = await findChromium()
if (!executablePath) throw new Error(CHROMIUM_HINT)

/** The built renderer in a real browser, served by the real web host. Each test file starts its own host. */
export default defineConfig({
  testDir: '.',
  // Built once before all tests; where that fails it is said once, and no test begins.
  globalSetup: './build-once.ts',
  outputDir: '../../test-results',
  // Analyses use all cores; side by side they would only slow each other down.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    // A trace of every test costs a sixth of its time; `--trace on` makes one of the test that is looked into.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: CHROMIUM_ARGS },
  },
})
