import { defineConfig } from '@playwright/test'
import config from './playwright.config'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const THEMES = ['light', 'dark'] as const

/** Every journey at both window sizes, in light and dark; four times as long as once, so not part of `npm test`. */
export default defineConfig({
  ...config,
  testMatch: /(example|own-data|targets|editing|project|figures|keyboard)\.spec\.ts$/,
  projects: SIZES.flatMap((viewport) =>
    THEMES.map((colorScheme) => ({
      name: `${viewport.width}×${viewport.height} ${colorScheme}`,
      use: { viewport, colorScheme },
    })),
  ),
})
