/**
 * At most `most` of the indices 0 … count−1, evenly spread and ascending: what is drawn of very many samples.
 */
export function spread(count: number, most: number): number[] {
  const shown = Math.min(count, Math.max(0, most))
  return Array.from({ length: shown }, (_, index) => Math.floor((index * count) / shown))
}
