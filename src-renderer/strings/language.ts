/** The languages of the interface, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

const KEY = 'metacadi.language'

function chosen(): Language {
  try {
    return localStorage.getItem(KEY) === 'de' ? 'de' : 'en'
  } catch {
    return 'en' // no storage, or no browser at all: tests and servers speak English
  }
}

/** Of this window, from its beginning to its end. */
export const language: Language = chosen()

export function rememberLanguage(next: Language): void {
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // Private windows refuse storage; the language then stays as it is.
  }
}
