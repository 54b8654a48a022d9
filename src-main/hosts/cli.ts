import { analyze } from './command-line/analyze'
import { benchmark } from './command-line/benchmark'
import { cells } from './command-line/cells'
import { exportCommand } from './command-line/export'
import { figure } from './command-line/figure'
import { gpu } from './command-line/gpu'
import { info } from './command-line/info'
import { runCommandLine } from './command-line/main'
import { next } from './command-line/next'
import { open } from './command-line/open'
import { report } from './command-line/report'
import { reproduce } from './command-line/reproduce'
import { serve } from './command-line/serve'
import { simulate } from './command-line/simulate'
import { targets } from './command-line/targets'
import { validate } from './command-line/validate'
import { whatIf } from './command-line/what-if'

// A reader that closes the pipe (head, less) has seen enough.
process.stdout.on('error', () => process.exit(0))

process.exitCode = await runCommandLine(process.argv.slice(2), {
  analyze,
  targets,
  report,
  figure,
  export: exportCommand,
  'what-if': whatIf,
  next,
  reproduce,
  validate,
  simulate,
  benchmark,
  serve,
  open,
  info,
  gpu,
  cells,
})
