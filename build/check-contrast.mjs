/**
 * Checks the colour roles of the design tokens against WCAG 2.2: 4.5:1 for text, 3:1 for graphics,
 * in both themes. Run by `npm run lint`; `node build/check-contrast.mjs other.css` checks another file.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const file = process.argv[2] ?? resolve(import.meta.dirname, '../src-renderer/styles/tokens.css')
const css = readFileSync(file, 'utf8')

const TEXT_RATIO = 4.5
const GRAPHICS_RATIO = 3

const surfaces = ['--c-app', '--c-surface', '--c-surface-2', '--c-surface-3', '--c-select']
const states = ['ok', 'warn', 'bad']

/** [foreground, background] pairs that occur in the interface. */
const textPairs = [
  ...['--c-text', '--c-text-2', '--c-text-3'].flatMap((text) => surfaces.map((surface) => [text, surface])),
  ...['--c-surface', '--c-surface-2', '--c-accent-soft', '--c-select'].map((surface) => [
    '--c-accent',
    surface,
  ]),
  ['--c-on-accent', '--c-accent'],
  ['--c-on-accent', '--c-accent-hover'],
  ...states.flatMap((state) => [
    [`--c-${state}`, '--c-surface'],
    [`--c-${state}`, `--c-${state}-soft`],
    ['--c-text', `--c-${state}-soft`],
    ['--c-text-2', `--c-${state}-soft`],
  ]),
  ...[0, 1, 2, 3, 4, 5, 6].map((step) => [step < 4 ? '--p-ink-lo' : '--p-ink-hi', `--p-${step}`]),
]

const graphics = [
  '--c-border-strong',
  '--c-focus',
  '--sign-act',
  '--sign-inh',
  '--sign-unk',
  '--c-node-line',
  '--c-hit',
  '--c-nohit',
  '--p-bar',
]
const graphicsPairs = [
  ...graphics.flatMap((graphic) =>
    ['--c-app', '--c-surface', '--c-surface-2'].map((surface) => [graphic, surface]),
  ),
  ['--p-bar', '--p-track'],
]

/** The custom properties with a hex colour in the first rule whose selector matches. */
function colours(selector) {
  const start = css.search(selector)
  if (start < 0) throw new Error(`${file} has no rule for ${selector}`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-fA-F]{6})\b/g)].map((match) => [match[1], match[2]]),
  )
}

/** Relative luminance of sRGB, WCAG 2.2 definition. */
function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

let failures = 0
const themes = [
  ['light', /:root,\s*\[data-theme=['"]?light['"]?\]\s*\{/],
  ['dark', /\[data-theme=['"]?dark['"]?\]\s*\{/],
]
for (const [theme, selector] of themes) {
  const colour = colours(selector)
  for (const [kind, pairs, limit] of [
    ['text', textPairs, TEXT_RATIO],
    ['graphics', graphicsPairs, GRAPHICS_RATIO],
  ]) {
    let lowest = { ratio: Infinity, pair: [] }
    for (const [front, back] of pairs) {
      const missing = [front, back].filter((name) => !colour.has(name))
      const ratio = missing.length ? 0 : contrast(colour.get(front), colour.get(back))
      if (missing.length)
        console.error(`FAIL ${theme} ${kind}: ${missing.join(' and ')} is not defined as a hex colour`)
      else if (ratio < limit)
        console.error(`FAIL ${theme} ${kind}: ${front} on ${back} is ${ratio.toFixed(2)}:1, needs ${limit}:1`)
      if (ratio < limit) failures++
      if (ratio < lowest.ratio) lowest = { ratio, pair: [front, back] }
    }
    console.log(
      `contrast, ${theme} ${kind}: ${pairs.length} pairs, lowest ${lowest.ratio.toFixed(2)}:1 (${lowest.pair.join(' on ')})`,
    )
  }
}
process.exitCode = failures ? 1 : 0
