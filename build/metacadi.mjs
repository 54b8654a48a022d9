/** `npm run -s metacadi -- <command> …`: the command line from the sources, built first when needed. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'

ensureBuilt()
await import(pathToFileURL(resolve(import.meta.dirname, '../out/main/cli.js')).href)
