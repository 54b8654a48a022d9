import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../src-shared/contract/settings'

/** What GitHub makes of a heading of Markdown. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')

describe('The registry of settings', () => {
  it('points to places of the method that exist', () => {
    const method = readFileSync(resolve(import.meta.dirname, '../../docs/method.md'), 'utf8')
    const anchors = method
      .split('\n')
      .flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? [])
      .map(anchorOf)
    for (const { anchor } of Object.values(SETTINGS)) expect(anchors).toContain(anchor)
  })
})
