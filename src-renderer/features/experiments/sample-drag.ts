/** Samples that are dragged from their table to an experiment; the same is done by menus. */
const TYPE = 'application/x-metacadi-samples'

export function startSampleDrag(event: DragEvent, samples: readonly string[]): void {
  event.dataTransfer?.setData(TYPE, JSON.stringify(samples))
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
}

export const isSampleDrag = (event: DragEvent): boolean => event.dataTransfer?.types.includes(TYPE) ?? false

/** Empty when something else was dropped. */
export function draggedSamples(event: DragEvent): string[] {
  const data = event.dataTransfer?.getData(TYPE) ?? ''
  if (data === '') return []
  const samples: unknown = JSON.parse(data)
  return Array.isArray(samples) ? samples.filter((name) => typeof name === 'string') : []
}
