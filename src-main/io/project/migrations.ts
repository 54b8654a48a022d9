/** The version of `project.json` that this program writes. */
export const PROJECT_VERSION = 1

/** By the version it starts from: what a document of that version becomes in the next one. */
export type Migrations = Readonly<Record<number, (document: object) => object>>

/**
 * Empty while there is one version. Each new version adds the step from the one before, and a file of the one before to
 * test/fixtures/projects, where it stays forever.
 */
const MIGRATIONS: Migrations = {}

/**
 * A parsed document brought to the newest version, step by step.
 * @returns what it was given when a step is missing; the schema then refuses it
 */
export function migrated(
  document: unknown,
  from: number,
  steps: Migrations = MIGRATIONS,
  to: number = PROJECT_VERSION,
): unknown {
  let current = document
  for (let version = from; version < to; version++) {
    const step = Object.hasOwn(steps, version) ? steps[version] : undefined
    if (!step || typeof current !== 'object' || current === null) return current
    current = { ...step(current), version: version + 1 }
  }
  return current
}
