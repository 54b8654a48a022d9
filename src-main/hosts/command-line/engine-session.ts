import { rmSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Contract } from '../../../src-shared/contract/contract'
import { AppError } from '../../../src-shared/contract/errors'
import type { ProviderChoice } from '../../../src-shared/domain/learned-model'
import { createClient, createInProcessPair, type Client } from '../../../src-shared/rpc'
import { createEngine } from '../../engine/engine'
import { defaultDataDir, examplesDir } from '../../engine/paths'
import { createSessionFolder } from '../../engine/session-folder'

export interface EngineSession {
  readonly client: Client<Contract>
  /** @throws AppError FILE_ACCESS when there is no such file */
  readonly grant: (path: string) => Promise<string>
  /** a place to save a project to */
  readonly grantTarget: (path: string) => Promise<string>
}

/** Runs a command with an engine of its own in this process, and cleans up whatever happens. */
export async function withEngine<R>(
  body: (session: EngineSession) => Promise<R>,
  provider?: ProviderChoice,
): Promise<R> {
  const sessionDir = createSessionFolder('metacadi-cli-')
  const removeSession = (): void => rmSync(sessionDir, { recursive: true, force: true })
  process.on('exit', removeSession)
  const engine = createEngine({ dataDir: defaultDataDir(), sessionDir, examplesDir: examplesDir(), provider })
  const [own, other] = createInProcessPair()
  engine.connect(other)
  const client = createClient<Contract>(own)
  try {
    return await body({
      client,
      grant: (path) => {
        requireFile(path)
        return engine.grant({ name: basename(path), path: resolve(path) })
      },
      grantTarget: (path) => engine.grant({ name: basename(path), path: resolve(path), use: 'save' }),
    })
  } finally {
    client.close()
    await engine.shutdown()
    removeSession()
    process.off('exit', removeSession)
  }
}

export function requireFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new AppError('FILE_ACCESS', `There is no file '${path}'.`)
  if (!found.isFile()) throw new AppError('FILE_ACCESS', `'${path}' is not a file.`)
}
