/** The screens of the window. Kept in the address so that reload, back and forward work in a browser. */
export type ResultTab = 'network' | 'constraints' | 'targets' | 'what-if' | 'next' | 'data' | 'report'
export const RESULT_TABS: readonly ResultTab[] = [
  'network',
  'constraints',
  'targets',
  'what-if',
  'next',
  'data',
  'report',
]

export type Route =
  | { readonly name: 'start' }
  /** a kept project to open; the address a host hands out */
  | { readonly name: 'project'; readonly projectId: string }
  | { readonly name: 'import' }
  | { readonly name: 'experiments' }
  | { readonly name: 'quality' }
  | { readonly name: 'genes' }
  | { readonly name: 'run' }
  | { readonly name: 'compare'; readonly before: string; readonly after: string }
  | { readonly name: 'results'; readonly runId: string; readonly tab: ResultTab }

/** From the file to the run, in this order. */
export const STEPS = ['import', 'experiments', 'quality', 'genes', 'run'] as const
export type Step = (typeof STEPS)[number]

export const isStep = (name: string | undefined): name is Step => STEPS.some((step) => step === name)

const isTab = (value: string | undefined): value is ResultTab => RESULT_TABS.some((tab) => tab === value)

/** `#/results/<run>/<tab>`, `#/compare/<run>/<run>`; anything that is not a screen is the start page. */
export function parseRoute(hash: string): Route {
  const [name, id, tab] = hash.replace(/^#\/?/, '').split('/')
  if (isStep(name)) return { name }
  if (name === 'project' && id && /^[\w-]{1,200}$/.test(id)) return { name, projectId: id }
  if ((name === 'results' || name === 'compare') && id) {
    try {
      if (name === 'compare')
        return tab
          ? { name, before: decodeURIComponent(id), after: decodeURIComponent(tab) }
          : { name: 'start' }
      return { name, runId: decodeURIComponent(id), tab: isTab(tab) ? tab : 'network' }
    } catch {
      return { name: 'start' }
    }
  }
  return { name: 'start' }
}

export function formatRoute(route: Route): string {
  if (route.name === 'start') return '#/'
  if (route.name === 'project') return `#/project/${route.projectId}`
  if (route.name === 'compare')
    return `#/compare/${encodeURIComponent(route.before)}/${encodeURIComponent(route.after)}`
  if (route.name === 'results') return `#/results/${encodeURIComponent(route.runId)}/${route.tab}`
  return `#/${route.name}`
}
