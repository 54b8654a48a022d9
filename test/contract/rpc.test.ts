import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { AppError, ERRORS } from '../../src-shared/contract/errors'
import type { Contract } from '../../src-shared/contract/contract'
import type { RunSummary } from '../../src-shared/contract/result-view'
import { createClient, serve, type Client, type NameOf, type ParamsInput } from '../../src-shared/rpc'
import { createProbe, probeContract, type Percent, type Probe } from './probe-contract'
import { TRANSPORTS, type ConnectedPair } from './transports'

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.code : 'not an AppError'),
  )

async function eventually(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 2_000
  while (!condition() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(condition()).toBe(true)
}

describe.each(Object.entries(TRANSPORTS))('calls over %s', (_name, connect) => {
  let pair: ConnectedPair
  let probe: Probe
  let client: Client<typeof probeContract>

  beforeEach(async () => {
    pair = await connect()
    probe = createProbe()
    serve(probeContract, probe.handlers, pair.server)
    client = createClient<typeof probeContract>(pair.client)
  })
  afterEach(() => pair.dispose())

  it('answers a query and fills in the defaults of its parameters', async () => {
    expect(await client.call('probe.add', { a: 2, b: 3 })).toBe(5)
    expect(await client.call('probe.add', { a: 2 })).toBe(3)
  })

  it('keeps concurrent calls apart', async () => {
    const sums = await Promise.all(
      Array.from({ length: 50 }, (_, i) => client.call('probe.add', { a: i, b: i })),
    )
    expect(sums).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i))
  })

  it('brings typed arrays back as their own types with every bit', async () => {
    const arrays = await client.call('probe.arrays', { length: 1001 })
    expect(Object.getPrototypeOf(arrays.f64)).toBe(Float64Array.prototype)
    expect(Object.getPrototypeOf(arrays.i32)).toBe(Int32Array.prototype)
    expect(arrays.u8).toBeInstanceOf(Uint8Array)
    expect(arrays.f64.byteOffset % 8).toBe(0)
    expect(arrays.f64).toEqual(Float64Array.from({ length: 1001 }, (_, i) => Math.sqrt(i + 0.1)))
    expect([...arrays.i32]).toEqual([-1, 2 ** 31 - 1, -(2 ** 31)])
    expect([...arrays.u8]).toEqual([0, 127, 255])
    expect(arrays.nested[0]?.values).toEqual(Float64Array.of(NaN, Infinity, -Infinity, -0, Number.MIN_VALUE))
  })

  it('shares nothing: what the caller changes later does not arrive', async () => {
    const value = { list: [1, 2, 3] }
    const answer = client.call('probe.echo', { value })
    value.list.push(4)
    expect(await answer).toEqual({ list: [1, 2, 3] })
  })

  it.each(Object.keys(ERRORS))(
    'carries an expected failure %s with its message and details',
    async (code) => {
      const failure = await client.call('probe.fail', { code }).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(AppError)
      expect(failure).toMatchObject({ code, message: `failed with ${code}`, details: { cell: 'B2' } })
    },
  )

  it('turns a bug of a handler into INTERNAL and keeps its message as a detail', async () => {
    const failure = await client.call('probe.fail', { code: 'nonsense' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'INTERNAL', details: { error: 'a bug' } })
  })

  it('fails a call whose result cannot travel instead of leaving it open', async () => {
    // The socket codec leaves functions out; structured clone refuses them. Both must answer.
    expect(['INTERNAL', 'answered']).toContain(await codeOf(client.call('probe.unsendable', {})))
    expect(await client.call('probe.add', { a: 1 })).toBe(2)
  })

  it.each(['probe.nothing', '__proto__', 'constructor', 'toString', ''])(
    'refuses the unknown method %o',
    async (method) => {
      expect(await codeOf(client.call(method as 'probe.add', { a: 1 }))).toBe('INVALID_PARAMS')
    },
  )

  it('names the field of a parameter that is not valid', async () => {
    const failure = await client
      .call('probe.nested', { outer: { count: -3 } })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'INVALID_PARAMS', details: { field: 'outer.count' } })
    expect((failure as AppError).message).toContain("'outer.count'")
  })

  it('throttles progress, keeps it rising and flushes the last value before the answer', async () => {
    const seen: number[] = []
    const onProgress = ({ percent }: Percent): void => void seen.push(percent)
    const answer = await client.call('probe.count', { steps: 1000, stepMs: 0 }, { onProgress })
    expect(answer).toBe('counted')
    expect(seen.length).toBeLessThan(10)
    expect(seen.at(-1)).toBe(100)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('reports while a job runs, not only at its end', async () => {
    const seen: number[] = []
    const onProgress = ({ percent }: Percent): void => void seen.push(percent)
    const running = client.call('probe.count', { steps: 20, stepMs: 20 }, { onProgress })
    await eventually(() => seen.length >= 2)
    expect(seen.at(-1)).toBeLessThan(100)
    await running
    expect(seen.at(-1)).toBe(100)
  })

  it('cancels by a message of its own and stays usable', async () => {
    const abort = new AbortController()
    const seen: number[] = []
    const options = { signal: abort.signal, onProgress: ({ percent }: Percent) => void seen.push(percent) }
    const running = client.call('probe.wait', {}, options)
    await eventually(() => seen.length === 1)
    const before = performance.now()
    abort.abort()
    expect(await codeOf(running)).toBe('CANCELLED')
    expect(performance.now() - before).toBeLessThan(500)
    expect(probe.aborted()).toBe(1)
    expect(await client.call('probe.add', { a: 20, b: 22 })).toBe(42)
  })

  it('does not start a call whose signal is aborted already', async () => {
    const abort = new AbortController()
    abort.abort()
    expect(await codeOf(client.call('probe.wait', {}, { signal: abort.signal }))).toBe('CANCELLED')
    expect(probe.aborted()).toBe(0)
  })

  it('fails pending calls as DISCONNECTED when the server side goes away, and later calls at once', async () => {
    const running = client.call('probe.wait', {})
    const closed = new Promise<void>((resolve) => client.onClose(resolve))
    await client.call('probe.add', { a: 1 })
    pair.server.close()
    expect(await codeOf(running)).toBe('DISCONNECTED')
    await closed
    expect(await codeOf(client.call('probe.add', { a: 1 }))).toBe('DISCONNECTED')
  })

  it('aborts the running jobs of a client that goes away', async () => {
    const running = codeOf(client.call('probe.wait', {}))
    await client.call('probe.add', { a: 1 })
    client.close()
    expect(await running).toBe('DISCONNECTED')
    await eventually(() => probe.aborted() === 1)
  })

  it.each([null, 7, 'call', {}, { type: 'call', id: 'x', method: 'probe.add' }, { type: 'quit', id: 1 }])(
    'closes the channel on the frame %o, which is none of the protocol',
    async (frame) => {
      const closed = new Promise<void>((resolve) => pair.client.onClose(resolve))
      pair.client.send(frame)
      await closed
    },
  )

  it('ignores a cancel for a call that has ended', async () => {
    pair.client.send({ type: 'cancel', id: 12345 })
    expect(await client.call('probe.add', { a: 1 })).toBe(2)
  })
})

describe('the typed client', () => {
  it('takes parameters, results and progress from the contract', () => {
    const run = (client: Client<Contract>) =>
      client.call(
        'analysis.run',
        { datasetId: 'x', settings: { seed: 1 } },
        { onProgress: (progress) => expectTypeOf(progress.percent).toEqualTypeOf<number>() },
      )
    expectTypeOf(run).returns.toEqualTypeOf<Promise<RunSummary>>()
    expectTypeOf<'analysis.walk'>().not.toExtend<NameOf<Contract>>()
    expectTypeOf<{ datasetId: number }>().not.toExtend<ParamsInput<Contract['dataset.close']>>()
    expectTypeOf<{ datasetId: string }>().toExtend<ParamsInput<Contract['dataset.close']>>()
    expect(run).toBeTypeOf('function')
  })
})
