import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appProtocolHandler, resolveBelow } from '../../src-main/desktop/app-protocol'

const folder = mkdtempSync(join(tmpdir(), 'metacadi-protocol-'))
const root = join(folder, 'renderer')

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'renderer-secret'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'assets/app.js'), 'export {}')
  writeFileSync(join(root, 'notes.exe'), 'no')
  writeFileSync(join(folder, 'secret.json'), '{}')
  writeFileSync(join(folder, 'renderer-secret/x.json'), '{}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (address: string, method = 'GET'): Promise<Response> =>
  appProtocolHandler(root)(new Request(address, { method }))

describe('The app: protocol', () => {
  it('serves a file of the renderer with its media type', async () => {
    const response = await get('app://metacadi/assets/app.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await response.text()).toBe('export {}')
  })

  it('sends a policy that allows nothing remote, nothing inline and no eval with every answer', async () => {
    for (const address of ['app://metacadi/index.html', 'app://metacadi/missing.html']) {
      const policy = (await get(address)).headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
    }
  })

  it.each([
    'app://metacadi/../secret.json',
    'app://metacadi/%2e%2e/secret.json',
    'app://metacadi/..%2fsecret.json',
    'app://metacadi/assets/..%2f..%2fsecret.json',
    'app://metacadi/..%2frenderer-secret/x.json',
    'app://metacadi/..%5csecret.json',
    'app://metacadi/%00index.html',
    'app://metacadi/%ff.html',
    'app://elsewhere/index.html',
    'app://metacadi/',
    'app://metacadi/missing.js',
    'app://metacadi/notes.exe',
  ])('answers %s like a file that does not exist', async (address) => {
    expect((await get(address)).status).toBe(404)
  })

  it('answers nothing but GET', async () => {
    expect((await get('app://metacadi/index.html', 'POST')).status).toBe(405)
  })

  it('resolves addresses of this app only', () => {
    expect(resolveBelow(root, 'app://metacadi/index.html')).toBe(join(root, 'index.html'))
    expect(resolveBelow(root, 'file:///etc/hosts')).toBeUndefined()
    expect(resolveBelow(root, 'not an address')).toBeUndefined()
  })
})
