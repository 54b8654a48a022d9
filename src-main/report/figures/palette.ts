/** The colours of docs/design/tokens.css (light theme): figures are exported, and exports are always light. */
export const COLOUR = {
  surface: '#ffffff',
  soft: '#f7f8fa',
  border: '#d8dde4',
  axis: '#808997',
  /** marks that only fill the ground */
  faint: '#a9b1bd',
  text: '#1b2129',
  text2: '#47505e',
  text3: '#5c6573',
  accent: '#4150b5',
  accentSoft: '#e3e7fa',
  track: '#e2e6ed',
  activates: '#0072b2',
  inhibits: '#c65300',
  unknown: '#6b7480',
  node: '#ffffff',
  nodeLine: '#566070',
  hit: '#4150b5',
  notHit: '#6b7480',
} as const

export const FONT = "system-ui, -apple-system, 'Segoe UI', Inter, Roboto, 'Noto Sans', sans-serif"

const RAMP = ['#f1f3f9', '#dadff1', '#b6bfe2', '#8c99d1', '#5e6cb8', '#4150a6', '#283380'] as const
/** lower ends of the steps of the indigo ramp */
const STEPS = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9] as const

/** Fill and ink of a cell that shows a probability; the pair keeps a contrast of at least 4.5 : 1. */
export function probabilityColours(probability: number): { fill: string; ink: string } {
  let step = 0
  while (step + 1 < STEPS.length && probability >= STEPS[step + 1]!) step++
  // dark ink on #8c99d1 has 5.9 : 1, white on the next step 4.9 : 1
  return { fill: RAMP[step]!, ink: step >= 4 ? '#ffffff' : COLOUR.text }
}

export const PROBABILITY_STEPS: readonly { from: number; fill: string }[] = STEPS.map((from, step) => ({
  from,
  fill: RAMP[step]!,
}))

/** Colours of the Okabe–Ito palette, darkened where needed to keep 3 : 1 on white; marks differ in shape too. */
export const GROUP_COLOURS = [
  '#0072b2',
  '#c65300',
  '#00795a',
  '#8a4b94',
  '#5c6573',
  '#8f6a00',
  '#4150b5',
] as const
