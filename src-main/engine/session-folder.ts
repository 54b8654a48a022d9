import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Owner, ownerAlive, ownerHere } from '../io/project/owner'
import { opaqueId } from './opaque-id'

const OWNER_FILE = 'owner.json'
const own = ownerHere(opaqueId())

/**
 * A folder for this run of the program, in the folder for temporary files. It goes with the program; what a killed one left
 * behind, uploads above all, goes when the next one starts.
 * @param prefix of its name, the same for all that may remove each other's
 */
export function createSessionFolder(prefix: string, parent = tmpdir()): string {
  removeLeftBehind(prefix, parent)
  const folder = mkdtempSync(join(parent, prefix))
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(own), { mode: 0o600 })
  return folder
}

/** Only folders of this user whose owner is known to have ended on this computer. */
function removeLeftBehind(prefix: string, parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue
    const folder = join(parent, name)
    try {
      const owner = Owner.parse(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')))
      const isOurs = process.getuid === undefined || statSync(folder).uid === process.getuid()
      if (isOurs && !ownerAlive(owner, own)) rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another user's, being made or removed right now, or nobody's: it stays.
    }
  }
}
