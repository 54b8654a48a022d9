import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect as expectPage } from '@playwright/test'
import { afterAll, describe, expect, it } from 'vitest'
import { CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'
import { HOST_CHANNELS } from '../../src-shared/contract/host-channels'
import { startEmulatedApp, type EmulatedApp } from './emulated-app'
import { itServesItsUser, toStartPage } from './journeys'

const chromium = await findChromium()
if (!chromium) console.log(`Desktop tests are skipped. ${CHROMIUM_HINT}`)

describe.skipIf(!chromium)('The desktop app on the emulated Electron', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'metacadi-desktop-test-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  describe('for its user', () => {
    const current = itServesItsUser(() => startEmulatedApp())
    const app = (): EmulatedApp => current() as EmulatedApp

    it('reads a file that was dropped on the window', async () => {
      await toStartPage(app())
      const path = join(scratch, 'dropped.csv')
      writeFileSync(path, table())
      await app().command('file-path', { name: 'dropped.csv', path })
      await app().page.evaluate(() => {
        const transfer = new DataTransfer()
        transfer.items.add(new File(['content of the drop'], 'dropped.csv'))
        const target = document.querySelector('main') ?? document.body
        for (const type of ['dragenter', 'dragover', 'drop'])
          target.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }),
          )
      })
      await expectPage(app().page.getByText('geneB').first()).toBeVisible({ timeout: 20_000 })
    }, 60_000)

    it('printed in a hidden, locked window of a session of its own', () => {
      const [window, ...others] = app().events('hidden-window') as {
        show: boolean
        webPreferences: Record<string, unknown>
      }[]
      expect(others).toEqual([])
      expect(window?.show).toBe(false)
      expect(window?.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true })
      expect(window?.webPreferences).not.toHaveProperty('preload')
      expect(app().events('partition-proxy')).toEqual([{ name: 'metacadi-print', mode: 'direct' }])
      expect(app().events('printed')).toMatchObject([{ address: 'app://metacadi/print/1' }])
    })

    it('refuses a folder, and a file that a script made, in words', async () => {
      const refusal = (name: string): Promise<string> =>
        app().page.evaluate(
          (fileName) =>
            (window as unknown as { metacadi: { grantDroppedFile(file: File): Promise<unknown> } }).metacadi
              .grantDroppedFile(new File(['x'], fileName))
              .then(
                () => 'granted',
                (error: unknown) => (error instanceof Error ? error.message : 'no message'),
              ),
          name,
        )
      await app().command('file-path', { name: 'a folder', path: scratch })
      expect(await refusal('a folder')).toContain('is a folder')
      expect(await refusal('made-by-script.csv')).toBe('The request was refused.')
    })

    it('ends and replaces an engine when the window reports an unanswered cancel', async () => {
      const [before] = (await app().command('engine-pids')) as number[]
      await app().page.evaluate(() =>
        (
          window as unknown as { metacadi: { reportUnansweredCancel(): void } }
        ).metacadi.reportUnansweredCancel(),
      )
      await app().waitFor('engine-ended', (detail) => detail.pid === before)
      await expect.poll(() => app().command('engine-pids'), { timeout: 10_000 }).not.toEqual([])
      expect(await app().command('engine-pids')).not.toEqual([before])
    }, 30_000)

    it('made no request but to its own files, and nothing broke the content security policy', () => {
      const requests = app().events('request')
      expect(requests.length).toBeGreaterThan(3)
      expect(requests.filter(({ address }) => !String(address).startsWith('app://metacadi/'))).toEqual([])
      expect(app().events('console-error')).toEqual([])
      expect(app().events('page-error')).toEqual([])
      expect(app().events('lost-message')).toEqual([])
    })
  })

  describe('against a hostile page', () => {
    let app: EmulatedApp
    afterAll(() => app?.quit())

    it('starts with a sandbox, without a proxy and with name look-ups switched off', async () => {
      app = await startEmulatedApp()
      expect(app.events('sandbox')).toHaveLength(1)
      expect(app.events('proxy')).toEqual([{ mode: 'direct' }])
      expect(app.events('switch')).toContainEqual({ name: 'host-resolver-rules', value: 'MAP * ~NOTFOUND' })
      const [window] = app.events('window') as { webPreferences: Record<string, unknown> }[]
      expect(window?.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      })
    }, 120_000)

    it('gives the page the named functions of the host and nothing of Node or Electron', async () => {
      const seen = await app.page.evaluate(() => ({
        host: Object.keys((window as unknown as { metacadi: object }).metacadi).sort(),
        leaks: ['require', 'process', 'module', 'electron', 'ipcRenderer', 'Buffer'].filter(
          (name) => name in window,
        ),
      }))
      expect(seen).toEqual({
        host: [
          'chooseFiles',
          'chooseProjectTarget',
          'connectEngine',
          'grantDroppedFile',
          'kind',
          'onMenuCommand',
          'openExternal',
          'reportUnansweredCancel',
          'saveFile',
          'showMenu',
        ],
        leaks: [],
      })
    })

    it('lets no request out', async () => {
      const outcome = await app.page.evaluate(() =>
        fetch('https://example.org/').then(
          () => 'answered',
          () => 'refused',
        ),
      )
      expect(outcome).toBe('refused')
      await app.page.evaluate(() => {
        const image = document.createElement('img')
        image.src = 'https://example.org/pixel.png'
        document.body.append(image)
      })
      await app.page.waitForTimeout(300)
      expect(app.events('request').filter(({ address }) => String(address).includes('example.org'))).toEqual(
        [],
      )
    })

    it('stays on its page', async () => {
      const address = app.page.url()
      await app.page.evaluate(() => {
        location.href = 'https://example.org/'
      })
      await app.waitFor(
        'navigation',
        (detail) => detail.address === 'https://example.org/' && detail.prevented === true,
      )
      expect(app.page.url()).toBe(address)
    })

    // The navigation that was just refused can swallow the call on a busy machine: then it is made again.
    it('opens no second window', { retry: 2 }, async () => {
      await app.page.evaluate(() => void window.open('https://example.org/popup'))
      await app.waitFor('window-open', (detail) => detail.action === 'deny')
    })

    it.each(['geolocation', 'media', 'notifications', 'clipboard-read', 'fileSystem'])(
      'is denied %s',
      async (permission) => {
        expect(await app.command('permission', permission)).toEqual({ check: false, request: false })
      },
    )

    it('may still copy a table', async () => {
      expect(await app.command('permission', 'clipboard-sanitized-write')).toEqual({
        check: true,
        request: true,
      })
    })

    it.each([
      ['a page of another origin', { url: 'https://example.org/', isFrame: false }],
      ['a page that only looks like ours', { url: 'app://metacadi.example.org/', isFrame: false }],
      ['a frame inside our page', { url: 'app://metacadi/index.html', isFrame: true }],
    ])('does not answer %s', async (_who, sender) => {
      const reply = await app.command('foreign-invoke', {
        channel: HOST_CHANNELS.chooseFiles,
        args: ['tables'],
        ...sender,
      })
      expect(reply).toEqual({ ok: false, message: 'The request was refused.' })
      expect(app.events('open-dialog')).toEqual([])
    })

    it.each([
      ['an unknown purpose', HOST_CHANNELS.chooseFiles, ['everything']],
      ['no purpose', HOST_CHANNELS.chooseFiles, []],
      ['a path that is no text', HOST_CHANNELS.grantDroppedFile, [{ path: '/etc/passwd' }]],
      ['bytes that are none', HOST_CHANNELS.saveFile, ['a.tsv', 'text']],
    ])('does not act on a message with %s', async (_what, channel, args) => {
      const sender = { url: 'app://metacadi/index.html', isFrame: false }
      expect(await app.command('foreign-invoke', { channel, args, ...sender })).toEqual({
        ok: false,
        message: 'The request was refused.',
      })
    })

    it('opens pages of its own list in the browser, and no others', async () => {
      await app.page.evaluate(() => {
        const host = (window as unknown as { metacadi: { openExternal(page: string): void } }).metacadi
        host.openExternal('https://example.org/')
        host.openExternal('paper')
      })
      await app.waitFor('open-external')
      expect(app.events('open-external')).toEqual([{ address: 'https://arxiv.org/abs/2510.22298' }])
    })
  })

  describe('through its life', () => {
    it('ends the engine with the window, keeps the window state, and leaves no session files', async () => {
      const profile = mkdtempSync(join(scratch, 'profile-'))
      const first = await startEmulatedApp({ profile })
      await expectPage(first.page.getByRole('button', { name: 'Run it yourself' })).toBeEnabled({
        timeout: 20_000,
      })
      expect(await first.quit()).toBe(0)
      expect(first.events('engine-ended')).toMatchObject([{ code: 0 }])
      const state = join(profile, 'userData/window.json')
      expect(existsSync(state)).toBe(true)

      const kept = { bounds: { x: 40, y: 30, width: 1200, height: 760 }, maximized: false }
      writeFileSync(state, JSON.stringify(kept))
      const second = await startEmulatedApp({ profile })
      const [window] = second.events('window')
      expect(window).toMatchObject(kept.bounds)
      await second.quit()
      expect(JSON.parse(readFileSync(state, 'utf8'))).toEqual(kept)
    }, 120_000)

    it('shows the running window instead of a second app', async () => {
      const app = await startEmulatedApp()
      await app.command('second-instance')
      await app.waitFor('focused')
      await app.quit()
    }, 60_000)
  })
})

/** A control and two perturbed experiments, five samples each. */
function table(): string {
  const rows = ['sample,experiment,geneA,geneB,geneC']
  for (const [index, experiment] of ['control', 'drug 1', 'drug 2'].entries())
    for (let sample = 0; sample < 5; sample++)
      rows.push(
        `s${index}${sample},${experiment},${1 + sample * 0.3},${2.5 - sample * 0.2 + index},${(sample * 7) % 5}.25`,
      )
  return `${rows.join('\n')}\n`
}
