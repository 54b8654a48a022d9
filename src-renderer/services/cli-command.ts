import type { ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import { isDecided, REPAIRS, type RepairName } from '../../src-shared/contract/repairs'
import { SETTINGS, type ScalarSetting } from '../../src-shared/contract/settings'
import type { RunSettings } from '../../src-shared/domain/run-settings'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Quoted for a POSIX shell; plain words stay as they are. */
export function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

const READ_CHOICES = [
  'environmentColumn',
  'control',
  'transform',
  'orientation',
  'delimiter',
  'decimal',
  'duplicateGenes',
  'missingValues',
  'textCells',
  'groupBySampleName',
  'part',
  'hiddenCells',
  'controlGroups',
  'cells',
  'replicateColumn',
] as const

const READ_NUMBERS = [
  'cellsPerExperiment',
  'minCells',
  'cellSeed',
  'minCounts',
  'minGenes',
  'maxMitochondrial',
] as const

/** Repairs whose option has no word of its own on the command line; a value that is the default is not written. */
const DEFAULT_REPAIRS: Readonly<Record<string, string>> = {
  severalGenes: 'drop',
  geneVersions: 'keep',
  geneSymbols: 'keep',
  annotationColumns: 'leave-out',
  sparseGenes: 'drop',
  nearConstantGenes: 'keep',
  identicalGenes: 'keep',
}

function fixes(read: ReadOptionsInput | null): string[] {
  const written = new Set<string>(READ_CHOICES)
  return (Object.keys(REPAIRS) as RepairName[]).flatMap((rule) => {
    const { option, apply } = REPAIRS[rule]
    const value: unknown = read?.[option]
    if (written.has(option) || typeof value !== 'string' || value === 'ask') return []
    if (value === DEFAULT_REPAIRS[option]) return []
    return [value === apply ? rule : `${rule}=${value}`]
  })
}

/** True when the draft holds what only files can say on the command line: samples moved by hand, control groups and directions, or tiers. */
export function needsFiles(read: ReadOptionsInput | null, settings: RunSettings): boolean {
  return (
    read?.sampleSheet !== undefined ||
    Object.keys(read?.assignment ?? {}).length > 0 ||
    Object.keys(read?.controlGroupOf ?? {}).length > 0 ||
    Object.keys(read?.directions ?? {}).length > 0 ||
    settings.constraints.tiers.length > 0
  )
}

/** The command that makes the same result: only what differs from the defaults is written. */
export function analyzeCommand(
  files: readonly string[],
  read: ReadOptionsInput | null,
  settings: RunSettings,
): string {
  const words = ['metacadi', 'analyze', ...files.map(shellWord)]
  const add = (option: string, value: string): void => {
    words.push(`--${option}`, shellWord(value))
  }
  for (const field of READ_CHOICES) {
    const value = read?.[field]
    if (value !== undefined && value !== 'auto' && value !== 'ask') add(kebab(field), value)
  }
  for (const field of READ_NUMBERS) if (read && isDecided(read, field)) add(kebab(field), String(read[field]))
  for (const fix of fixes(read)) add('fix', fix)
  for (const [name, gene] of Object.entries(read?.geneNames ?? {})) add('gene-name', `${name}=${gene}`)
  if (read?.acceptRepairs) words.push('--accept-repairs')
  for (const sample of read?.excludedSamples ?? []) add('exclude', sample)
  for (const gene of read?.genes ?? []) add('gene', gene)
  for (const name of read?.controlExperiments ?? []) add('control-experiment', name)
  // what was named as a target is kept; that it is one, the known targets say
  for (const gene of [...(read?.pinnedGenes ?? []), ...(read?.targetGenes ?? [])]) add('pin', gene)
  if (read?.geneCount) add('genes', String(read.geneCount))
  for (const name of Object.keys(SETTINGS) as ScalarSetting[])
    if (settings[name] !== SETTINGS[name].default) add(kebab(name), String(settings[name]))
  for (const [experiment, { genes, complete }] of Object.entries(settings.knownTargets))
    if (genes.length > 0)
      add('known-targets', `${experiment}=${[...genes, ...(complete ? [] : ['?'])].join(';')}`)
  for (const { source, target } of settings.constraints.required) add('require', `${source}>${target}`)
  for (const { source, target } of settings.constraints.forbidden) add('forbid', `${source}>${target}`)
  return words.join(' ')
}
