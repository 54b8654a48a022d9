const FOLDER = /^.*[/\\]/
const FILE_ENDING =
  /(\.(sorted|sortedByCoord|dedup|markdup|aligned|out|filtered))*(\.(bam|sam|cram|fastq|fq|txt|tsv|csv|counts?|tab|gz))+$/i

/**
 * Names of samples as tables show them: without the folder and the endings of files that count programs put into the
 * heading (`/data/bam/WT_1.sorted.bam` is WT_1). Given names where they would not stay different.
 */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const short = names.map((name) => {
    const last = name.replace(FOLDER, '')
    return last.replace(FILE_ENDING, '') || name
  })
  const different = new Set(short).size === new Set(names).size
  return new Map(names.map((name, at) => [name, different ? short[at]! : name]))
}
