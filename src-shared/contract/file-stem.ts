/** A name for files made from any text: letters, digits, dot, dash and underscore, never empty or hidden. */
export function fileStem(name: string): string {
  const safe = name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 80)
  return safe === '' ? 'metacadi' : safe
}
