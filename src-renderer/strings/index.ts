import { german } from './de'
import { english } from './english'
import { language } from './language'
import { translated } from './translation'

export * from './format'
export { english }
export { LANGUAGES, language, rememberLanguage, type Language } from './language'

/** The texts in the language of this window. */
export const text: typeof english = language === 'de' ? translated(english, german) : english
