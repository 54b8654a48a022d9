import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { appRoot } from './paths'

const Package = z.object({ version: z.string() })

/** As they stand in results, reports and `engine.info`. */
export const APP_NAME = 'MetaCaDI'
export const APP_VERSION = Package.parse(
  JSON.parse(readFileSync(join(appRoot(), 'package.json'), 'utf8')),
).version
