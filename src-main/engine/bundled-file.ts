import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../src-shared/contract/errors'

/**
 * A bundle that runs in a process or thread of its own: beside this bundle, above its chunk, or in the build output
 * when run from the sources.
 */
export function bundledFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const places = [join(here, name), join(here, '..', name), join(here, '../../out/main', name)]
  const found = places.find((place) => existsSync(place))
  if (!found)
    throw new AppError(
      'INTERNAL',
      `The program is not built completely: ${name} is missing. Run: npm run build`,
    )
  return found
}
