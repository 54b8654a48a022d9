import type { Edge } from '../../src-shared/domain/constraints'
import { constraintOf } from '../services/edge-list'
import { useConstraints } from '../stores/constraints'
import { useProject } from '../stores/project'
import { useRuns } from '../stores/runs'
import { useSelection } from '../stores/selection'
import { text } from '../strings'
import type { Command } from './command'

/** What the selected edge can be said to be; the keys R and X belong to network and table. */
export function useEdgeCommands(): () => Command[] {
  const project = useProject()
  const runs = useRuns()
  const selection = useSelection()
  const constraints = useConstraints()

  return () => {
    const now = selection.current
    const edge = runs.view && now?.kind === 'edge' ? now : null
    const state = edge ? constraintOf(project.settings.constraints, edge) : ''
    const of = (named: (source: string, target: string) => string, plain: string): string =>
      edge ? named(edge.source, edge.target) : plain
    const act = (on: (edge: Edge) => void) => (): void => {
      if (edge) on(edge)
    }
    return [
      {
        id: 'require-edge',
        label: of(text.undo.require, text.network.require),
        menu: 'edit',
        divided: true,
        enabled: edge !== null && state !== 'required',
        run: act(constraints.require),
      },
      {
        id: 'forbid-edge',
        label: of(text.undo.forbid, text.network.forbid),
        menu: 'edit',
        enabled: edge !== null && state !== 'forbidden',
        run: act(constraints.forbid),
      },
      {
        id: 'reverse-edge',
        label: of(text.undo.reverse, text.network.reverseEdge),
        menu: 'edit',
        enabled: edge !== null,
        run: act(constraints.reverse),
      },
      {
        id: 'free-edge',
        label: of(text.undo.free, text.network.free),
        menu: 'edit',
        enabled: state !== '',
        run: act(constraints.free),
      },
    ]
  }
}
