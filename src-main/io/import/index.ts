export { firstBlocking } from './findings'
export { readDataset, type ReadOutcome } from './read-dataset'
export { sampleSheetTemplate } from './sample-sheet'
export type { ImportSource, ReadHooks, SourceFile } from './types'
