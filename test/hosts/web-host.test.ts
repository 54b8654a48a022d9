import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { once } from 'node:events'
import { AppError } from '../../src-shared/contract/errors'
import { startWebHost, type WebHost } from '../../src-main/hosts/web/web-host'
import { builtApp } from '../support/built-app'
import { scratchFolder, simulatedTable, type Scratch } from '../support/simulated-table'
import { openBrowser, send, type Browser } from './browser'

let scratch: Scratch
let web: WebHost
let browser: Browser
const notices: string[] = []

const start = (limits?: { fileBytes: number; totalBytes: number }): Promise<WebHost> =>
  startWebHost({
    host: '127.0.0.1',
    port: 0,
    uploadLimits: limits,
    onNotice: (text) => notices.push(text),
    onGiveUp: () => notices.push('gave up'),
  })

beforeAll(async () => {
  await builtApp()
  scratch = scratchFolder()
  process.env.METACADI_DATA_DIR = scratch.folder
  web = await start()
  browser = await openBrowser(web.address())
}, 200_000)
afterAll(async () => {
  await web.stop()
  scratch.remove()
})

const portOf = (address: string): number => Number(new URL(address).port)
const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

describe('signing in', () => {
  it('exchanges the token of the printed address for a cookie that scripts and other sites cannot use', async () => {
    const address = new URL(web.address())
    const answer = await send(browser.port, { path: `/${address.search}` })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^metacadi-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  it('works once: the same address is refused to the next, who is shown a new one on the terminal', async () => {
    const address = web.address()
    const path = `/${new URL(address).search}`
    expect((await send(browser.port, { path })).status).toBe(303)
    expect((await send(browser.port, { path })).status).toBe(403)
    expect(notices.at(-1)).toContain(web.address())
    expect(web.address()).not.toBe(address)
  })

  it('lets a signed-in browser reload, also with the used address', async () => {
    expect((await browser.get('/')).status).toBe(200)
    expect((await browser.get('/?token=used-before')).status).toBe(303)
  })

  it.each(['/', '/index.html', '/host.json', '/assets/', '/?token=', '/?token=guess'])(
    'shows nothing at %s without the cookie',
    async (path) => {
      const { status, body } = await send(browser.port, { path })
      expect(status).toBe(403)
      expect(body).not.toContain('<script')
    },
  )
})

describe('requests', () => {
  it('serve the app with a policy that allows nothing from elsewhere, also on errors', async () => {
    for (const path of ['/', '/host.json', '/nothing-here']) {
      const { headers } = await browser.get(path)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      })
    }
    const page = await browser.get('/')
    expect(page.headers['content-type']).toContain('text/html')
    const script = /src="([^"]+\.js)"/.exec(page.body)?.[1] ?? ''
    const asset = await browser.get(new URL(script, `${browser.origin}/`).pathname)
    expect(asset.status).toBe(200)
    expect(asset.headers['content-type']).toContain('javascript')
  })

  it('describe the host', async () => {
    const { body } = await browser.get('/host.json')
    expect(JSON.parse(body)).toMatchObject({
      kind: 'web',
      capabilities: { upload: { maxBytes: expect.any(Number) as number } },
    })
  })

  it.each([
    '/../package.json',
    '/../../../../etc/passwd',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/assets/../../main/cli.js',
    '/assets/%2e%2e/%2e%2e/main/cli.js',
    '//etc/passwd',
    '/index.html%00.png',
    '/./main/../../package.json',
  ])('never leave the folder of the app: %s', async (path) => {
    const { status, body } = await browser.get(path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body).not.toMatch(/root:|"dependencies"|import /)
  })

  it('are refused for a host name that leads here by a trick', async () => {
    for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example']) {
      const { status } = await browser.get('/', { host })
      expect([400, 403]).toContain(status)
    }
    expect((await browser.get('/', { host: 'localhost:12345' })).status).toBe(200)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('with %s are refused', async (method) => {
    const { status } = await send(browser.port, { method, path: '/', headers: { cookie: browser.cookie } })
    expect(status).toBe(405)
  })
})

describe('the connection to the engine', () => {
  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['no origin', { origin: '' }],
    ['another port as origin', { origin: 'http://127.0.0.1:1' }],
    ['no cookie', { cookie: '' }],
    ['a guessed cookie', { cookie: 'metacadi-1=AAAA' }],
    ['another host name', { host: 'evil.example' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused with %s', async (_what, headers) => {
    await expect(browser.connect(headers)).rejects.toThrow('403')
  })

  it('closes on bytes that are no frame, and only for the one who sent them', async () => {
    const good = await browser.connect()
    const bad = await browser.connect()
    const closed = once(bad.socket, 'close')
    bad.socket.send(Buffer.from([0xc1, 0xff, 0x00]))
    await closed
    expect((await good.client.call('engine.info', {})).threads).toBeGreaterThan(0)
    good.client.close()
  })

  it('closes on a frame larger than any call', async () => {
    const { socket } = await browser.connect()
    const closed = once(socket, 'close')
    socket.send(Buffer.alloc(17 * 1024 * 1024))
    expect((await closed)[0]).toBe(1009)
  })
})

describe('uploads', () => {
  it('are refused from another origin, without an origin and without the cookie', async () => {
    const bad: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: '' },
      { cookie: '' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of bad) expect((await browser.upload('a.csv', 'x', headers)).status).toBe(403)
  })

  it('show the last part of a name and never use it as a path', async () => {
    const { body } = await browser.upload('../../../tmp/evil\u0007name.csv', 'a,b\n1,2\n')
    expect(JSON.parse(body)).toMatchObject({ name: 'evilname.csv', size: 8 })
    expect(existsSync('/tmp/evilname.csv')).toBe(false)
  })

  it('end at the limit, whatever the header says, and leave nothing behind', async () => {
    const small = await start({ fileBytes: 1000, totalBytes: 1500 })
    try {
      const other = await openBrowser(small.address())
      const declared = await other.upload('a.csv', 'x'.repeat(1001))
      expect(declared.status).toBe(413)
      expect(JSON.parse(declared.body)).toMatchObject({ code: 'RESOURCE_LIMIT' })
      const undeclared = await other.upload('a.csv', 'x'.repeat(30_000_000), {
        'transfer-encoding': 'chunked',
      })
      expect(undeclared.status).toBe(413)
      expect((await other.upload('a.csv', 'x'.repeat(900))).status).toBe(200)
      expect((await other.upload('b.csv', 'x'.repeat(900))).status).toBe(413)
      expect((await other.upload('c.csv', 'x'.repeat(500))).status).toBe(200)
    } finally {
      await small.stop()
    }
  })

  it('become data sets whose results come back as typed arrays', async () => {
    const { body } = await browser.upload('my study.csv', simulatedTable(5))
    const { handle } = JSON.parse(body) as { handle: string }
    const { client } = await browser.connect()
    const data = await client.call('dataset.read', { files: [handle] })
    expect(data).toMatchObject({ name: 'my study', control: 'control' })
    const { runId } = await client.call('analysis.run', { datasetId: data.datasetId, settings: {} })
    const view = await client.call('run.view', { runId })
    expect(view.edges.probability).toBeInstanceOf(Float64Array)
    expect(view.targets.rank).toBeInstanceOf(Int32Array)
    expect(view.targets.kind).toBeInstanceOf(Uint8Array)
    const file = await client.call('run.export', { runId, format: 'edges-tsv' })
    expect(new TextDecoder().decode(file.bytes)).toMatch(/^source\ttarget\t/)
    client.close()
  })
})

describe('an engine that is killed in the middle of a run', () => {
  it('is started again; the window reconnects and goes on from the checkpoint', async () => {
    const { handle } = JSON.parse((await browser.upload('long.csv', simulatedTable(20))).body) as {
      handle: string
    }
    const first = await browser.connect()
    const { datasetId } = await first.client.call('dataset.read', { files: [handle] })
    const settings = { sweeps: 4_000 }
    const killed = process.kill.bind(process, web.enginePid() ?? 0, 'SIGKILL')
    const pid = web.enginePid()
    let sent = false
    const run = first.client.call(
      'analysis.run',
      { datasetId, settings },
      {
        onProgress: ({ stage }) => {
          if (stage === 'searching' && !sent) sent = killed()
        },
      },
    )
    expect(await codeOf(run)).toBe('DISCONNECTED')
    expect(sent).toBe(true)

    const second = await browser.connect()
    await second.client.call('dataset.summary', { datasetId })
    expect(web.enginePid()).not.toBe(pid)
    expect(notices.some((text) => text.includes('started again'))).toBe(true)
    const [offer] = await second.client.call('analysis.interrupted', {})
    expect(offer?.datasetId).toBe(datasetId)
    const resumed = await second.client.call('analysis.run', { datasetId, settings, resume: true })
    const whole = await second.client.call('analysis.run', { datasetId, settings })
    expect(resumed.resultHash).toBe(whole.resultHash)
    second.client.close()
  }, 60_000)
})

describe('stopping', () => {
  it('ends the engine and removes what was uploaded', async () => {
    const sessions = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('metacadi-web-'))
    const before = sessions()
    const other = await start()
    const session = await openBrowser(other.address())
    await session.upload('a.csv', 'x')
    const pid = other.enginePid() ?? 0
    expect(sessions().length).toBe(before.length + 1)
    await other.stop()
    expect(sessions()).toEqual(before)
    expect(() => process.kill(pid, 0)).toThrow()
    await expect(send(portOf(session.origin), { path: '/' })).rejects.toThrow()
  })
})
