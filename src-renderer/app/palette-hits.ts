import { computed, type ComputedRef, type Ref } from 'vue'
import { EXPORT_FORMAT_IDS } from '../../src-shared/contract/export-formats'
import { fuzzyScore } from '../services/fuzzy'
import { useOpenFiles } from '../stores/open-files'
import { useRoute } from '../stores/route'
import { useRuns } from '../stores/runs'
import { useSelection } from '../stores/selection'
import { useTargetView } from '../stores/target-view'
import { formatProbability, text } from '../strings'
import type { Command } from './commands'

/** One line of the palette. */
export interface PaletteHit {
  readonly id: string
  readonly label: string
  /** what it is, or where it stands in the menus */
  readonly hint: string
  readonly shortcut?: string
  /** name of a gene, or two of them */
  readonly italic?: boolean
  readonly run: () => void
}

const MOST = 40
/** of genes and of edges, so that neither crowds out everything else */
const MOST_OF_A_KIND = 12
/** A gene is meant before a command that fits as well. */
const GENE_FIRST = 0.5
/** One command is found more easily than one of many experiments. */
const COMMAND_FIRST = 0.25

/** Genes, edges, experiments, runs, files to save, examples and every command, the best fits to what was typed first. */
export function usePaletteHits(
  query: Ref<string>,
  commands: () => readonly Command[],
): ComputedRef<readonly PaletteHit[]> {
  const runs = useRuns()
  const route = useRoute()
  const selection = useSelection()
  const targetView = useTargetView()
  const files = useOpenFiles()
  const kinds = text.palette

  const words = computed(() =>
    query.value
      .toLowerCase()
      .split(/[\s→>,-]+/)
      .filter(Boolean),
  )
  const showOn = (tab: 'network' | 'targets'): void => {
    if (!runs.view) return
    if (route.current.name === 'results' && (tab === 'network' || route.current.tab === tab)) return
    route.go({ name: 'results', runId: runs.view.run.runId, tab })
  }

  const commandHits = computed((): PaletteHit[] =>
    commands()
      .filter((command) => command.enabled && command.id !== 'find')
      .map(({ id, label, menu, shortcut, checked, run }) => ({
        id: `c ${id}`,
        label,
        hint: checked === true ? kinds.chosen : text.menu[menu],
        ...(shortcut === undefined ? {} : { shortcut }),
        run,
      })),
  )
  const experimentHits = computed((): PaletteHit[] =>
    (runs.view?.environments ?? []).map((name) => ({
      id: `x ${name}`,
      label: name,
      hint: kinds.experiment,
      run: () => {
        showOn('targets')
        targetView.experiment = name
      },
    })),
  )
  const runHits = computed((): PaletteHit[] => {
    const shown = runs.view?.run.runId
    const others = runs.entries.filter(({ run }) => run.runId !== shown)
    const at = (id: string): number => runs.entries.findIndex(({ run }) => run.runId === id)
    return others.flatMap(({ run: { runId }, label }): PaletteHit[] => [
      {
        id: `r ${runId}`,
        label: kinds.showRun(label),
        hint: kinds.run,
        run: () => route.go({ name: 'results', runId, tab: 'network' }),
      },
      ...(shown === undefined
        ? []
        : [
            {
              id: `d ${runId}`,
              label: kinds.compareWith(label),
              hint: kinds.run,
              run: () => {
                const [before, after] = at(runId) < at(shown) ? [runId, shown] : [shown, runId]
                route.go({ name: 'compare', before, after })
              },
            },
          ]),
    ])
  })
  const fileHits = computed((): PaletteHit[] =>
    runs.view
      ? EXPORT_FORMAT_IDS.map((format) => ({
          id: `f ${format}`,
          label: kinds.saveAs(text.report.formats[format]),
          hint: text.menu.file,
          run: () => void runs.save(format),
        }))
      : [],
  )
  const exampleHits = computed((): PaletteHit[] =>
    (files.examples ?? []).map((example) => ({
      id: `s ${example.id}`,
      label: kinds.openExample(example.title),
      hint: kinds.example,
      run: () => void files.openExample(example, false),
    })),
  )
  const others = computed(() => [
    ...commandHits.value,
    ...runHits.value,
    ...fileHits.value,
    ...exampleHits.value,
  ])

  interface Scored {
    readonly hit: PaletteHit
    readonly score: number
  }
  const byScore = (a: Scored, b: Scored): number => b.score - a.score
  const scored = (hit: PaletteHit, more = 0): Scored[] => {
    const score = fuzzyScore(words.value, hit.label)
    return score === null ? [] : [{ hit, score: score + more }]
  }

  function geneHits(): Scored[] {
    return (runs.view?.genes ?? [])
      .flatMap((gene) =>
        scored(
          {
            id: `g ${gene}`,
            label: gene,
            hint: kinds.gene,
            italic: true,
            run: () => {
              selection.selectGene(gene)
              showOn('network')
            },
          },
          GENE_FIRST,
        ),
      )
      .sort(byScore)
      .slice(0, MOST_OF_A_KIND)
  }
  function edgeHits(): Scored[] {
    const named = (name: string): boolean => words.value.every((word) => name.toLowerCase().includes(word))
    return runs.edges
      .filter(({ source, target }) => named(`${source} ${target}`))
      .slice(0, MOST_OF_A_KIND)
      .flatMap((edge) =>
        scored({
          id: `e ${edge.id}`,
          label: `${edge.source} → ${edge.target}`,
          hint: formatProbability(edge.probability),
          italic: true,
          run: () => {
            selection.selectEdge(edge)
            showOn('network')
          },
        }),
      )
  }

  return computed(() => {
    if (words.value.length === 0) return commandHits.value
    return [
      ...geneHits(),
      ...(words.value.length > 1 ? edgeHits() : []),
      ...experimentHits.value
        .flatMap((hit) => scored(hit))
        .sort(byScore)
        .slice(0, MOST_OF_A_KIND),
      ...others.value.flatMap((hit) => scored(hit, COMMAND_FIRST)),
    ]
      .sort(byScore)
      .slice(0, MOST)
      .map(({ hit }) => hit)
  })
}
