/** deeper values, and values with cycles, are left to the runtime */
const DEEPEST = 32

/**
 * A copy that shares with the original only what can never change. It is what `structuredClone` returns, which writes
 * every text out and reads it in again: half a million names of samples take it a second and a hundred megabytes.
 * @throws DataCloneError as `structuredClone` does: functions, symbols
 */
export function copyOf(value: unknown, depth = 0): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return structuredClone(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === DEEPEST) return structuredClone(value)
  if (Array.isArray(value)) return copiedArray(value, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype || Object.hasOwn(value, '__proto__')) return structuredClone(value)
  const copy: Record<string, unknown> = { ...value }
  for (const key in copy) {
    const member = copy[key]
    if (!isText(member)) copy[key] = copyOf(member, depth + 1)
  }
  return copy
}

function copiedArray(value: readonly unknown[], depth: number): unknown[] {
  const copy = value.slice()
  for (let at = 0; at < copy.length; at++) if (!isText(copy[at])) copy[at] = copyOf(copy[at], depth + 1)
  return copy
}

const isText = (value: unknown): value is string => typeof value === 'string'
