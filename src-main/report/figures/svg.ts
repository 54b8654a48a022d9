import { escapeText, render, shortName, trusted, type Content, type Markup } from '../markup'
import { COLOUR, FONT } from './palette'

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** Two decimals are a hundredth of a pixel; the same number always gives the same text. */
function attributeText(value: string | number): string {
  return typeof value === 'number' ? String(Number(value.toFixed(2))) : escapeText(value)
}

/** One SVG element. Attributes and text are escaped; there is no way to write a script or a link with it. */
export function element(name: string, attributes: Attributes, ...children: Content[]): Markup {
  let markup = `<${name}`
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) markup += ` ${key}="${attributeText(value)}"`
  const inside = render(children)
  return trusted(inside === '' ? `${markup}/>` : `${markup}>${inside}</${name}>`)
}

export interface FigureFrame {
  /** unique in the page */
  readonly id: string
  readonly width: number
  readonly height: number
  readonly title: string
  /** what the figure shows, for those who cannot see it */
  readonly description: string
}

/** A figure that stands alone as a file too: own namespace, colours and font as attributes, no style sheet. */
export function figure(frame: FigureFrame, ...children: Content[]): Markup {
  const { id, width, height } = frame
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'figure',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      'font-family': FONT,
      'font-size': 11,
      fill: COLOUR.text2,
    },
    element('title', { id: `${id}-title` }, frame.title),
    element('desc', { id: `${id}-description` }, frame.description),
    children,
  )
}

export type Anchor = 'start' | 'middle' | 'end'

export function text(
  x: number,
  y: number,
  content: string,
  anchor: Anchor = 'start',
  more: Attributes = {},
): Markup {
  return element('text', { x, y, 'text-anchor': anchor === 'start' ? undefined : anchor, ...more }, content)
}

/** A name cut to the length, the whole name as its tooltip. */
export function nameText(
  x: number,
  y: number,
  name: string,
  length: number,
  anchor: Anchor = 'start',
  more: Attributes = {},
): Markup {
  const short = shortName(name, length)
  const attributes = { x, y, 'text-anchor': anchor === 'start' ? undefined : anchor, ...more }
  return element('text', attributes, short === name ? null : element('title', {}, name), short)
}

export function line(x1: number, y1: number, x2: number, y2: number, more: Attributes = {}): Markup {
  return element('line', { x1, y1, x2, y2, stroke: COLOUR.axis, ...more })
}

export function rect(x: number, y: number, width: number, height: number, more: Attributes = {}): Markup {
  return element('rect', { x, y, width, height, ...more })
}

export function circle(cx: number, cy: number, r: number, more: Attributes = {}): Markup {
  return element('circle', { cx, cy, r, ...more })
}

export function path(d: string, more: Attributes = {}): Markup {
  return element('path', { d, ...more })
}

/** `M x y L x y …` with two decimals. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${attributeText(x)} ${attributeText(y)}`)
    .join('')
}

/** Width of a label in pixels, from an average advance; wide scripts count double. */
export function textWidth(label: string, fontSize: number): number {
  let units = 0
  for (const character of label) units += character.codePointAt(0)! > 0x2e80 ? 1 : 0.58
  return units * fontSize
}
