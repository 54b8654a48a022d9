import { z } from 'zod'
import { AppError, ERRORS, type ErrorCode } from '../../src-shared/contract/errors'
import { job, query } from '../../src-shared/contract/method'
import type { Handlers } from '../../src-shared/rpc'

export interface Arrays {
  readonly f64: Float64Array
  readonly i32: Int32Array
  readonly u8: Uint8Array
  readonly nested: readonly { readonly values: Float64Array }[]
}

export interface Percent {
  readonly percent: number
}

/** A contract with one method per behaviour that every transport has to carry. */
export const probeContract = {
  'probe.add': query<number>()(z.object({ a: z.number(), b: z.number().default(1) })),
  'probe.nested': query<null>()(z.object({ outer: z.object({ count: z.number().int().min(0) }) })),
  'probe.arrays': query<Arrays>()(z.object({ length: z.number() })),
  'probe.echo': query<unknown>()(z.object({ value: z.unknown() })),
  'probe.fail': query<null>()(z.object({ code: z.string() })),
  'probe.count': job<string, Percent>()(z.object({ steps: z.number(), stepMs: z.number() })),
  'probe.wait': job<null, Percent>()(z.object({})),
  'probe.unsendable': query<unknown>()(z.object({})),
} as const

export interface Probe {
  readonly handlers: Handlers<typeof probeContract>
  /** set when `probe.wait` saw its abort */
  readonly aborted: () => number
}

export function createProbe(): Probe {
  let aborted = 0
  const handlers: Handlers<typeof probeContract> = {
    'probe.add': ({ a, b }) => a + b,
    'probe.nested': () => null,
    'probe.arrays': ({ length }) => ({
      f64: Float64Array.from({ length }, (_, i) => Math.sqrt(i + 0.1)),
      i32: Int32Array.of(-1, 2 ** 31 - 1, -(2 ** 31)),
      u8: Uint8Array.of(0, 127, 255),
      nested: [{ values: Float64Array.of(NaN, Infinity, -Infinity, -0, Number.MIN_VALUE) }],
    }),
    'probe.echo': ({ value }) => value,
    'probe.fail': ({ code }) => {
      if (!Object.hasOwn(ERRORS, code)) throw new TypeError('a bug')
      throw new AppError(code as ErrorCode, `failed with ${code}`, { cell: 'B2' })
    },
    'probe.count': async ({ steps, stepMs }, { progress }) => {
      for (let step = 1; step <= steps; step++) {
        progress({ percent: (100 * step) / steps })
        if (stepMs > 0) await new Promise((resolve) => setTimeout(resolve, stepMs))
      }
      return 'counted'
    },
    'probe.wait': (_params, { signal, progress }) =>
      new Promise((_resolve, reject) => {
        progress({ percent: 1 })
        signal.addEventListener('abort', () => {
          aborted++
          reject(new Error('stopped'))
        })
      }),
    'probe.unsendable': () => ({ call: () => 1, when: Symbol('never') }),
  }
  return { handlers, aborted: () => aborted }
}
