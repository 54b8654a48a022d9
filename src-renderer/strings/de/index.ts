import type { english } from '../english'
import type { Translation } from '../translation'
import { evidence } from './evidence'
import { findings } from './findings'
import { knowledge } from './knowledge'
import { beforeRun } from './quality'
import { next } from './next'
import { settings } from './settings'
import { shell } from './shell'
import { steps } from './steps'
import { targets } from './targets'
import { views } from './views'
import { whatIf } from './what-if'

/** The interface in German. The English catalogue says what there is; a test names what is missing here. */
export const german: Translation<typeof english> = {
  ...shell,
  ...steps,
  findings,
  ...beforeRun,
  ...views,
  ...knowledge,
  ...evidence,
  ...targets,
  ...whatIf,
  ...next,
  ...settings,
}
