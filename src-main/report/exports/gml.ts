import { thresholdOf, type Exporter } from './exporter'
import { exportText } from './names'
import { INTERACTION, networkOf } from './network'

/** GML: 7-bit ASCII, keys of letters, whole numbers as ids; a real number has a decimal point. */
export const gml: Exporter = (input) => {
  const network = networkOf(input, thresholdOf('gml', input.options))
  const nodes = network.nodes.map(({ gene, name, targetIn }) =>
    block('node', [
      ['id', whole(gene)],
      ['label', quoted(name)],
      ['geneId', quoted(exportText(input.result.genes[gene]!))],
      ['directTargetCount', whole(targetIn.length)],
      ['directTargetIn', targetIn.length > 0 ? quoted(targetIn.join('; ')) : null],
    ]),
  )
  const edges = network.edges.map((edge) =>
    block('edge', [
      ['source', whole(edge.source)],
      ['target', whole(edge.target)],
      ['label', quoted(INTERACTION[edge.sign])],
      ['probability', real(edge.probability)],
      ['effect', real(edge.effect)],
      ['effectLow', real(edge.effectLow)],
      ['effectHigh', real(edge.effectHigh)],
      ['constraint', edge.constraint === '' ? null : quoted(edge.constraint)],
      ['experiments', whole(edge.experiments)],
    ]),
  )
  return `Creator ${quoted(`${input.result.app.name} ${input.result.app.version}`)}
Version 1
graph [
  directed 1
  label ${quoted(network.name)}
  comment ${quoted(network.description)}
${[...nodes, ...edges].join('')}]
`
}

function block(name: string, entries: readonly (readonly [string, string | null])[]): string {
  const lines = entries.flatMap(([key, value]) => (value === null ? [] : [`    ${key} ${value}\n`]))
  return `  ${name} [\n${lines.join('')}  ]\n`
}

const whole = (value: number): string => String(value)

/** Digits on both sides of the point, as the grammar wants them; null for what is no number. */
function real(value: number): string | null {
  if (!Number.isFinite(value)) return null
  const text = String(value)
  const [mantissa, exponent] = text.split('e')
  const withPoint = mantissa!.includes('.') ? mantissa! : `${mantissa}.0`
  return exponent === undefined ? withPoint : `${withPoint}E${exponent}`
}

/** Quotes, ampersands and everything beyond printable ASCII as numeric character references. */
function quoted(text: string): string {
  const escaped = Array.from(exportText(text), (character) =>
    /^[ !#-%'-~]$/.test(character) ? character : `&#${character.codePointAt(0)};`,
  )
  return `"${escaped.join('')}"`
}
