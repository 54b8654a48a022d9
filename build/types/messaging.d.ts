/** What DOM and Node share and the shared code may use. */
declare class AbortSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
declare class AbortController {
  readonly signal: AbortSignal
  abort(): void
}
declare function setTimeout(handler: () => void, ms: number): unknown
declare function clearTimeout(id: unknown): void
declare function structuredClone<T>(value: T): T
