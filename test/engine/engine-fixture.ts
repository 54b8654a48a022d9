import { basename, join } from 'node:path'
import type { Contract } from '../../src-shared/contract/contract'
import { createClient, createInProcessPair, type Client } from '../../src-shared/rpc'
import { createEngine, type Engine } from '../../src-main/engine/engine'
import type { Disk } from '../../src-main/io/project/disk'
import { examplesDir } from '../../src-main/engine/paths'
import { scratchFolder, type Scratch } from '../support/simulated-table'

export interface EngineFixture {
  readonly scratch: Scratch
  readonly engine: Engine
  readonly client: Client<Contract>
  readonly grant: (path: string) => Promise<string>
  /** An engine as it comes back after the process was killed: same folders, nothing in memory. */
  readonly restart: () => EngineFixture
  readonly end: () => Promise<void>
}

export function startEngine(
  scratch: Scratch = scratchFolder(),
  modelDir?: string,
  disk?: Disk,
): EngineFixture {
  const engine = createEngine({
    dataDir: join(scratch.folder, 'data'),
    sessionDir: join(scratch.folder, 'session'),
    examplesDir: examplesDir(),
    ...(modelDir === undefined ? {} : { modelDir }),
    ...(disk && { disk }),
  })
  const [own, other] = createInProcessPair()
  engine.connect(other)
  const client = createClient<Contract>(own)
  return {
    scratch,
    engine,
    client,
    grant: (path) => engine.grant({ name: basename(path), path }),
    restart: () => startEngine(scratch, modelDir),
    end: async () => {
      client.close()
      await engine.shutdown()
      scratch.remove()
    },
  }
}
