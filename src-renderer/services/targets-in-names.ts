/** Words in names of experiments that say how a gene was perturbed, or which guide or replicate it was, and not which gene. */
const HOW =
  /^(ko|kd|ki|oe|wt|mut|del|null|knock-?out|knock-?down|over-?expression|crispr[ian]?|sg|sh|si|sgrna|shrna|sirna|grna|guide|rep|ctrl|control|nt|v?\d+)$/i
const GUIDE = /^(sg|sh|si)(?=.)/i

/** Genes by their name without regard to case; null where several are written the same way. */
function byName(genes: readonly string[]): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>()
  for (const gene of genes) {
    const key = gene.toUpperCase()
    found.set(key, found.has(key) ? null : gene)
  }
  return found
}

/**
 * Experiments that are named after genes, as screens name them (`TP53`, `MYC_KO`, `TP53+MYC`, `sgGATA1_2`). A name counts
 * only when every part of it is a gene or says how.
 * @param genes of the file
 * @returns genes of each experiment that has any
 */
export function targetsInNames(
  experiments: readonly string[],
  genes: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const known = byName(genes)
  const geneOf = (part: string): string | null =>
    known.get(part.toUpperCase()) ?? known.get(part.replace(GUIDE, '').toUpperCase()) ?? null
  /** genes of a name cut at some separators; null when a part is something else */
  function read(parts: readonly string[]): string[] | null {
    const found: string[] = []
    for (const part of parts.filter(Boolean)) {
      const gene = geneOf(part)
      if (gene !== null) found.push(gene)
      else if (!HOW.test(part)) return null
    }
    return found
  }
  const answer = new Map<string, readonly string[]>()
  for (const name of experiments) {
    // names of genes hold hyphens and points: they are cut there only when nothing else helps
    const found =
      read([name.trim()]) ?? read(name.split(/[\s_+|,;/()]+/)) ?? read(name.split(/[\s_+|,;/().-]+/))
    if (found && found.length > 0) answer.set(name, [...new Set(found)])
  }
  return answer
}
