import { describe, expect, it } from 'vitest'
import { german } from '../../../src-renderer/strings/de'
import { english } from '../../../src-renderer/strings'
import { translated } from '../../../src-renderer/strings/translation'

type Leaf = string | ((...values: never[]) => string)

function leaves(catalogue: unknown, path = ''): [string, Leaf][] {
  if (typeof catalogue === 'string' || typeof catalogue === 'function') return [[path, catalogue as Leaf]]
  if (typeof catalogue !== 'object' || catalogue === null) return []
  return Object.entries(catalogue).flatMap(([key, value]) =>
    leaves(value, path === '' ? key : `${path}.${key}`),
  )
}

/** Texts with marks for their values, or null when the text wants something else than words. */
function withMarks(leaf: Leaf): string | null {
  if (typeof leaf === 'string') return null
  try {
    const answer = leaf(...(['⟨1⟩', '⟨2⟩', '⟨3⟩', '⟨4⟩'] as never[]))
    // A text that looks its value up (a kind, a level) finds none for a mark.
    return typeof answer === 'string' && !answer.includes('undefined') ? answer : null
  } catch {
    return null
  }
}
const marksIn = (words: string): string[] =>
  ['⟨1⟩', '⟨2⟩', '⟨3⟩', '⟨4⟩'].filter((mark) => words.includes(mark))

describe('The German catalogue', () => {
  const of = { en: new Map(leaves(english)), de: new Map(leaves(german)) }

  it('has every text of the English one, and no other', () => {
    expect(
      [...of.en.keys()].filter((key) => !of.de.has(key)),
      'missing',
    ).toEqual([])
    expect(
      [...of.de.keys()].filter((key) => !of.en.has(key)),
      'not in English',
    ).toEqual([])
  })

  it('takes the same values in every text, and leaves none out', () => {
    const wrong = [...of.en].flatMap(([key, leaf]) => {
      const other = of.de.get(key)
      if (other === undefined) return []
      if (typeof leaf !== typeof other) return [`${key}: one is a text, the other takes values`]
      const [one, two] = [withMarks(leaf), withMarks(other)]
      if (one === null || two === null) return []
      return marksIn(one).join() === marksIn(two).join() ? [] : [`${key}: ${one} / ${two}`]
    })
    expect(wrong).toEqual([])
  })

  it('is really another language: few texts are the same', () => {
    const same = [...of.en].filter(
      ([key, leaf]) => typeof leaf === 'string' && leaf.length > 12 && of.de.get(key) === leaf,
    )
    expect(same.map(([key]) => key)).toEqual(['app.name'])
  })

  it('falls back to English where a text is missing', () => {
    expect(translated({ a: 'one', b: { c: 'two', d: ['x'] } }, { b: { d: ['y'] } })).toEqual({
      a: 'one',
      b: { c: 'two', d: ['y'] },
    })
  })
})
