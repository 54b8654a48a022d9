import type { EdgeSingular, StylesheetJson } from 'cytoscape'

/** Of routes around genes. A corner is cut by 5 at a right angle, less than its distance from the gene that it goes around. */
const CORNER_RADIUS = 12

/** The stylesheet of the graph, from the tokens in force; built anew when the theme changes. */
export function graphStyle(): StylesheetJson {
  const computed = getComputedStyle(document.documentElement)
  const token = (name: string): string => computed.getPropertyValue(name).trim()
  const p = (edge: EdgeSingular): number => Number(edge.data('p'))
  const wide = (edge: EdgeSingular): number => Number(edge.data('width'))
  const sign = (name: 'act' | 'inh' | 'unk'): { color: string; arrow: string } => ({
    color: token(`--sign-${name}`),
    arrow: token(`--arrow-${name}`),
  })
  const signRule = (selector: string, name: 'act' | 'inh' | 'unk'): StylesheetJson[number] => ({
    selector,
    style: {
      'line-color': sign(name).color,
      'target-arrow-color': sign(name).color,
      'target-arrow-shape': sign(name).arrow as 'triangle',
    },
  })
  return [
    // Beside the still picture that is moved lies the canvas, not a veil; a press on the canvas needs no mark.
    {
      selector: 'core',
      style: {
        'active-bg-color': token('--c-text-3'),
        'active-bg-size': 0,
        'active-bg-opacity': 0,
        'outside-texture-bg-color': token('--c-surface'),
        'outside-texture-bg-opacity': 0,
        'selection-box-color': token('--c-accent'),
        'selection-box-opacity': 0.15,
        'selection-box-border-color': token('--c-accent'),
        'selection-box-border-width': 1,
      },
    },
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        'font-family': token('--font').replaceAll(/["']/g, ''),
        'font-weight': 500,
        'text-valign': 'center',
        'text-halign': 'center',
        color: token('--c-text'),
        'background-color': token('--c-node'),
        'border-color': token('--c-node-line'),
        'border-width': 1.2,
        'min-zoomed-font-size': 5,
        // as in Cytoscape: a box takes what it touches
        'box-selection': 'overlap',
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'node[gene]',
      style: { width: 'data(w)', height: 'data(h)', label: 'data(gene)', 'font-size': 'data(f)' },
    },
    {
      selector: 'node.group',
      style: {
        label: 'data(label)',
        'text-valign': 'top',
        'font-size': 12,
        color: token('--c-text-2'),
        'text-background-color': token('--c-surface'),
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
        'background-color': token('--c-surface-2'),
        'background-opacity': 0.7,
        'border-color': token('--c-border-strong'),
        'border-style': 'dashed',
        'border-width': 1,
        padding: '9px',
      },
    },
    { selector: 'node.target', style: { 'border-width': 4, 'border-style': 'double' } },
    {
      selector: 'node.lonely',
      style: { 'border-color': token('--c-border-strong'), color: token('--c-text-3') },
    },
    {
      selector: 'edge',
      style: {
        'curve-style': 'bezier',
        'control-point-step-size': 28,
        width: (edge: EdgeSingular) => 1 + 3 * wide(edge),
        opacity: (edge: EdgeSingular) => 0.6 + 0.4 * p(edge),
        'arrow-scale': 1.15,
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'edge[bend]',
      style: {
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'node-position',
        'control-point-weights': 0.5,
        'control-point-distances': 'data(bend)',
      },
    },
    {
      selector: 'edge[weights]',
      style: {
        'curve-style': 'round-segments',
        'edge-distances': 'node-position',
        'segment-weights': (edge: EdgeSingular) => edge.data('weights') as number[],
        'segment-distances': (edge: EdgeSingular) => edge.data('distances') as number[],
        'segment-radii': [CORNER_RADIUS],
      },
    },
    signRule('edge.activates', 'act'),
    signRule('edge.inhibits', 'inh'),
    signRule('edge.unknown', 'unk'),
    signRule('edge.named', 'unk'),
    { selector: 'edge.weak', style: { 'line-style': 'dashed', 'line-dash-pattern': [6, 4] } },
    { selector: 'edge.named', style: { 'line-style': 'dotted', width: 1.5, opacity: 0.9 } },
    {
      selector: 'node.picked',
      style: {
        'background-color': token('--c-select'),
        'border-color': token('--c-accent'),
        'border-width': 2,
      },
    },
    { selector: 'node.near', style: { 'border-color': token('--c-accent') } },
    {
      selector: 'node.chosen',
      style: {
        'border-color': token('--c-accent'),
        'border-width': 2,
        'border-style': 'solid',
        'background-color': token('--c-select'),
      },
    },
    // A target stays one while it is selected.
    {
      selector: 'node.target.picked, node.target.chosen',
      style: { 'border-width': 4, 'border-style': 'double' },
    },
    {
      selector: 'edge.chosen',
      style: {
        'underlay-color': token('--c-accent'),
        'underlay-opacity': 0.28,
        'underlay-padding': 5,
        opacity: 1,
        'z-index': 10,
      },
    },
  ]
}
