/** The web host as a program of its own: `node out/main/web.js` is `metacadi serve`. */
import { runCommandLine } from './command-line/main'
import { serve } from './command-line/serve'

process.exitCode = await runCommandLine(['serve', ...process.argv.slice(2)], { serve })
