/**
 * `npm run pack:check`: packs the built app for Linux and looks into the package, without the Electron binary. A stub
 * takes its place; it carries Electron's fuse wire, so that the fuses that electron-builder sets can be read back.
 * The packed app is then taken out of its archive and has to answer from there: the command line analyses an
 * example and the web host serves the page.
 */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
// Tools of electron-builder, in the versions that it uses itself.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const builderLibrary = createRequire(builder.resolve('app-builder-lib/package.json'))
const asar = builderLibrary('@electron/asar')
const { FuseV1Options, FuseVersion, getCurrentFuseWire } = builderLibrary('@electron/fuses')

const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_COUNT = 9
const OFF = '0'.charCodeAt(0)
const ON = '1'.charCodeAt(0)
const EXPECTED_FUSES = {
  RunAsNode: OFF,
  EnableNodeOptionsEnvironmentVariable: OFF,
  EnableNodeCliInspectArguments: OFF,
  EnableEmbeddedAsarIntegrityValidation: ON,
  OnlyLoadAppFromAsar: ON,
  GrantFileProtocolExtraPrivileges: OFF,
}
const MUST_HOLD = [
  'package.json',
  'LICENSE',
  'THIRD-PARTY.md',
  'build/icons/icon.png',
  'out/main/desktop.js',
  'out/main/engine.js',
  'out/main/worker.js',
  'out/main/reader.js',
  'out/main/memory-guard.js',
  'out/main/web.js',
  'out/main/cli.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'node_modules/onnxruntime-node/dist/index.js',
  'node_modules/onnxruntime-common/dist/cjs/index.js',
]
const MUST_NOT_HOLD =
  /^(src-|test\/|docs\/|node_modules\/(?!onnxruntime-(node|common)(\/|$)).|models\/training|\.)|\.map$|\.ts$|\.vue$/
const RUNTIME_LIBRARIES = 'node_modules/onnxruntime-node/bin/napi-v6'
const LARGEST_APP_BYTES = 40_000_000

let failed = 0
function check(ok, text) {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${text}`)
  if (!ok) failed++
}

const scratch = mkdtempSync(join(tmpdir(), 'metacadi-pack-'))
try {
  const stub = makeStub(join(scratch, 'electron'))
  const output = join(scratch, 'dist')
  pack(stub, output)
  const unpacked = join(output, 'linux-unpacked')
  const archive = join(unpacked, 'resources/app.asar')
  check(existsSync(archive), 'there is an archive')

  const names = asar.listPackage(archive).map((name) => name.replaceAll('\\', '/').replace(/^\//, ''))
  for (const name of MUST_HOLD) check(names.includes(name), `the archive holds ${name}`)
  const strays = names.filter((name) => MUST_NOT_HOLD.test(name))
  check(
    strays.length === 0,
    `the archive holds no sources or tests${strays.length ? `: ${strays.slice(0, 5).join(', ')}` : ''}`,
  )
  const examples = join(`${archive}.unpacked`, 'examples')
  check(
    existsSync(examples) && readdirSync(examples).length > 0,
    'the examples lie beside the archive as files',
  )
  checkLibraries(`${archive}.unpacked`)
  checkModel(names)
  const size = statSync(archive).size
  check(
    size < LARGEST_APP_BYTES,
    `the archive has ${(size / 1e6).toFixed(1)} MB, at most ${LARGEST_APP_BYTES / 1e6}`,
  )
  await checkFuses(unpacked)

  const app = join(scratch, 'app')
  asar.extractAll(archive, app)
  checkCommandLine(app)
  checkRuntime(app)
  await checkWebHost(app)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(failed ? `${failed} failed` : 'the package is complete')
process.exitCode = failed ? 1 : 0

/** A folder that looks like an unpacked Electron; its binary is only a fuse wire with the factory settings. */
function makeStub(folder) {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '')
  const wire = Buffer.concat([
    Buffer.alloc(4096),
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([FuseVersion.V1, FUSE_COUNT]),
    Buffer.alloc(FUSE_COUNT, '0'),
    Buffer.alloc(4096),
  ])
  const binary = join(folder, 'electron')
  writeFileSync(binary, wire)
  chmodSync(binary, 0o755)
  writeFileSync(join(folder, 'chrome-sandbox'), '')
  return folder
}

function pack(electronDist, output) {
  const cli = join(root, 'node_modules/electron-builder/cli.js')
  const args = ['--linux', 'dir', '--config', 'build/electron-builder.yml', `-c.electronDist=${electronDist}`]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...args, `-c.directories.output=${output}`],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`electron-builder ended with ${status}:\n${stdout}\n${stderr}`)
}

async function checkFuses(unpacked) {
  const binary = readdirSync(unpacked)
    .map((name) => join(unpacked, name))
    .find((file) => statSync(file).isFile() && readFileSync(file).includes(FUSE_SENTINEL))
  const wire = binary && (await getCurrentFuseWire(binary))
  for (const [name, state] of Object.entries(EXPECTED_FUSES))
    check(wire?.[FuseV1Options[name]] === state, `fuse ${name} is ${state === ON ? 'on' : 'off'}`)
}

/** Only what runs here, and as files: a library cannot be loaded from an archive. */
function checkLibraries(unpacked) {
  const libraries = join(unpacked, RUNTIME_LIBRARIES)
  const found = existsSync(libraries)
    ? readdirSync(libraries, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(libraries, join(entry.parentPath, entry.name)))
    : []
  const own = `linux/${process.arch}/`
  check(found.includes(`${own}onnxruntime_binding.node`), 'ONNX Runtime lies beside the archive as files')
  check(
    found.some((name) => name.startsWith(`${own}libonnxruntime.so`)) &&
      found.every((name) => name.startsWith(own)),
    `and only for linux-${process.arch}: ${found.join(', ')}`,
  )
}

/** The learned model is packed as it lies in the project. */
function checkModel(names) {
  const folder = join(root, 'models/metacadi')
  if (!existsSync(join(folder, 'manifest.json'))) {
    console.log('      there is no learned model in this project: not checked')
    return
  }
  const { combiner } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  for (const name of [
    'manifest.json',
    'metacadi.onnx',
    'MODEL_CARD.md',
    ...(combiner ? [combiner.file] : []),
  ])
    check(names.includes(`models/metacadi/${name}`), `the archive holds the model's ${name}`)
}

function checkCommandLine(app) {
  const cli = join(app, 'out/main/cli.js')
  const example = readdirSync(join(app, 'examples'), { recursive: true })
    .map((name) => join(app, 'examples', name))
    .filter((file) => file.endsWith('.csv'))
    .sort((a, b) => statSync(a).size - statSync(b).size)[0]
  const out = join(scratch, 'result')
  const { status, stderr } = spawnSync(process.execPath, [cli, 'analyze', example, '--out', out], {
    encoding: 'utf8',
  })
  const files = existsSync(out) ? readdirSync(out).sort() : []
  check(
    status === 0 && files.includes('result.json'),
    `the packed command line analyses an example${status ? `:\n${stderr}` : ''}`,
  )
}

/** ONNX Runtime is found and loaded from where the package holds it, with the tests' own little model. */
function checkRuntime(app) {
  const { stdout } = spawnSync(process.execPath, [join(app, 'out/main/cli.js'), 'info', '--json'], {
    encoding: 'utf8',
    env: { ...process.env, METACADI_MODEL_DIR: join(root, 'test/fixtures/model/good') },
  })
  const { model } = JSON.parse(stdout || '{}')
  check(
    model?.available === true,
    `the packed ONNX Runtime passes a self-test${model?.reason ? `: ${model.reason}` : ''}`,
  )
}

async function checkWebHost(app) {
  const server = spawn(process.execPath, [join(app, 'out/main/cli.js'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    const address = await firstAddress(server)
    // The printed address opens a session and leads to the page.
    const session = await fetch(address, { redirect: 'manual' })
    const cookie = session.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const page = await fetch(new URL(session.headers.get('location') ?? '/', address), {
      headers: { cookie },
    })
    check(page.ok && (await page.text()).includes('<div id="app">'), 'the packed web host serves the page')
  } finally {
    server.kill('SIGTERM')
  }
}

function firstAddress(server) {
  return new Promise((done, fail) => {
    let printed = ''
    const timer = setTimeout(() => fail(new Error(`no address within 20 s:\n${printed}`)), 20_000)
    const read = (chunk) => {
      printed += chunk
      const address = /http:\/\/\S+/.exec(printed)?.[0]
      if (!address) return
      clearTimeout(timer)
      done(address)
    }
    server.stdout.on('data', read)
    server.stderr.on('data', read)
    server.on('exit', (code) => fail(new Error(`the web host ended with ${code}:\n${printed}`)))
  })
}
