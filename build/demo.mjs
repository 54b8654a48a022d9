/** `npm run demo`: analyses the bundled example and serves the app to the browser with the result open. */
import { readdirSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'

const root = resolve(import.meta.dirname, '..')
ensureBuilt()
const examples = join(root, 'examples')
const [first] = readdirSync(examples)
  .filter((name) => existsSync(join(examples, name, 'example.json')))
  .sort()
const given = process.argv.slice(2)
process.argv.splice(2, given.length, 'serve', '--example', first, ...given)
await import(pathToFileURL(join(root, 'out/main/cli.js')).href)
