import { spawn } from 'node:child_process'
import { basename, resolve } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import { startWebHost, type WebHost } from '../web/web-host'
import { PROVIDER_OPTION, providerFrom, type Command, type CommandContext } from './command'
import { requireFile } from './engine-session'
import { resultFileOf } from './result-argument'

export const serve: Command = {
  summary: 'Serve the app to a browser on this computer, or through an SSH tunnel.',
  positionals: { names: 'FILE', min: 0, max: 1 },
  options: {
    port: { value: 'N', help: 'Port; 0 (default) = any free one.' },
    host: {
      value: 'ADDRESS',
      help: 'Address to listen on; by default 127.0.0.1, reachable from this computer only.',
    },
    example: { value: 'ID', help: 'Analyse a bundled example first and show its result.' },
    provider: PROVIDER_OPTION,
    open: { help: 'Open the address in the default browser.' },
    json: { help: 'The address as one JSON object on standard output.' },
  },
  example: 'metacadi serve results/screen --port 8080',
  notes: [
    'FILE: a project (.metacadi), a report that carries its project, a folder that analyze wrote or its result.json; it is opened at once.',
    'From another computer: ssh -L 8080:127.0.0.1:8080 server, then open the printed address there.',
    'The address works for one browser. When it was used, a new one is printed for the next.',
  ],
  run: (context) => serveUntilStopped(context, context.args.isOn('open')),
}

export async function serveUntilStopped(
  { args, terminal, signal }: CommandContext,
  browser: boolean,
): Promise<void> {
  const host = args.text('host') ?? '127.0.0.1'
  const port = args.count('port', { min: 0, max: 65_535 }) ?? 0
  const gaveUp = new AbortController()
  const web = await listen({
    host,
    port,
    provider: providerFrom(args),
    onNotice: terminal.note,
    onGiveUp: () => gaveUp.abort(),
  })
  try {
    const first = await firstScreen(web, { args, terminal, signal })
    const address = web.address(first.fragment)
    if (!isLocal(host))
      terminal.note(
        `Listening on ${host}: other computers can reach this port, and the connection is not encrypted.`,
      )
    terminal.answer(`MetaCaDI is served at\n\n  ${address}\n\nCtrl+C stops it.\n`, {
      command: 'serve',
      address,
      run: first.runId,
      project: first.projectId,
    })
    if (browser) openInBrowser(address)
    await aborted(AbortSignal.any([signal, gaveUp.signal]))
    if (gaveUp.signal.aborted)
      throw new AppError('INTERNAL', 'The engine ended again and again; the server was stopped.')
  } finally {
    await web.stop()
  }
}

async function listen(options: Parameters<typeof startWebHost>[0]): Promise<WebHost> {
  try {
    return await startWebHost(options)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (reason === 'EADDRINUSE')
      throw new AppError(
        'INVALID_PARAMS',
        `Port ${options.port} is in use. Choose another with --port, or 0 for any.`,
      )
    if (reason === 'EACCES' || reason === 'EADDRNOTAVAIL' || reason === 'ENOTFOUND')
      throw new AppError(
        'INVALID_PARAMS',
        `'${options.host}', port ${options.port}, cannot be listened on.`,
        { reason },
      )
    throw error
  }
}

interface FirstScreen {
  readonly fragment: string
  readonly runId: string | null
  readonly projectId: string | null
}

const NOTHING_YET: FirstScreen = { fragment: '', runId: null, projectId: null }
const showing = (runId: string): FirstScreen => ({
  fragment: `#/results/${runId}/network`,
  runId,
  projectId: null,
})

/** Opens the file, or analyses the example, that the window is to show first. */
async function firstScreen(web: WebHost, { args, terminal, signal }: CommandContext): Promise<FirstScreen> {
  const exampleId = args.text('example')
  const given = args.positionals[0]
  const options = { signal, onProgress: terminal.progress }
  if (given !== undefined) {
    const path = resultFileOf(given)
    requireFile(path)
    const file = await web.grant({ name: basename(path), path: resolve(path) })
    if (/\.json(\.gz)?$/i.test(path))
      return showing((await web.client().call('run.open', { file }, { signal })).runId)
    const { projectId } = await web.client().call('project.open', { file, lookOnly: true }, { signal })
    return { fragment: `#/project/${projectId}`, runId: null, projectId }
  }
  if (exampleId === undefined) return NOTHING_YET
  const client = web.client()
  const examples = await client.call('example.list', {})
  if (!examples.some(({ id }) => id === exampleId))
    throw new AppError(
      'INVALID_PARAMS',
      `There is no example '${exampleId}'. Examples: ${examples.map(({ id }) => id).join(', ')}.`,
    )
  const { datasetId, knownTargets } = await client.call('example.open', { exampleId }, options)
  return showing(
    (await client.call('analysis.run', { datasetId, settings: { knownTargets } }, options)).runId,
  )
}

const isLocal = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host)

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }))
}

/** Best effort: the address is printed in any case. */
function openInBrowser(address: string): void {
  const [command, ...before] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open']
  spawn(command, [...before, address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
