/** The shape of a catalogue in another language: every text again as a text, every function with the same arguments. */
export type Translation<T> = T extends (...values: infer A) => string
  ? (...values: A) => string
  : T extends string
    ? string
    : T extends readonly unknown[]
      ? { readonly [K in keyof T]: Translation<T[K]> }
      : { readonly [K in keyof T]?: Translation<T[K]> }

/** The English text stands where a translation is missing; a test names each such place. */
export function translated<T>(english: T, other: unknown): T {
  if (typeof english !== 'object' || english === null || Array.isArray(english))
    return (other ?? english) as T
  if (typeof other !== 'object' || other === null) return english
  const words = other as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(english).map(([key, value]) => [key, translated<unknown>(value, words[key])]),
  ) as T
}
