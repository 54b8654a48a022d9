import { gpuStatus, installCudaFiles, type GpuStatus } from '../../engine/gpu'
import type { Command, CommandContext } from './command'
import { modelRows } from './info'
import { usageError } from './options'
import { columns } from './terminal'

export const gpu: Command = {
  summary: 'See whether the learned model runs on an NVIDIA card, or install the files for it.',
  positionals: { names: 'status|install', min: 1, max: 1 },
  options: { json: { help: 'As one JSON object.' } },
  example: 'metacadi gpu status',
  notes: [
    'status: what this build of ONNX Runtime supports, whether the CUDA files are there, what ran the self-test, and why the others did not.',
    'install: fetches the CUDA files of ONNX Runtime (linux-x64, about 300 MB from nuget.org). CUDA and the driver are installed apart, and which CUDA the files want: docs/gpu.md.',
  ],
  run: async (context) => {
    const [action] = context.args.positionals
    if (action === 'status') await status(context)
    else if (action === 'install') await install(context)
    else throw usageError(`'metacadi gpu' does status or install; '${String(action)}' was given.`)
  },
}

async function status({ terminal }: CommandContext): Promise<void> {
  const found = await gpuStatus()
  terminal.answer(columns(statusRows(found), ''), { command: 'gpu status', ...found })
}

async function install({ terminal, signal }: CommandContext): Promise<void> {
  await installCudaFiles(terminal.note, { signal })
  const found = await gpuStatus()
  terminal.answer(columns(statusRows(found), ''), { command: 'gpu install', ...found })
}

function statusRows({ providers, cuda, model }: GpuStatus): string[][] {
  const hasFiles = (name: string): boolean => name === 'cuda' && cuda.supported && cuda.missing.length === 0
  const names = providers.map(({ name, bundled }) =>
    bundled || hasFiles(name) ? name : `${name} (needs files)`,
  )
  return [
    ['platform', `${process.platform}-${process.arch}`],
    ['providers', names.join(', ') || 'none: ONNX Runtime does not load here'],
    ['CUDA files', cudaText(cuda)],
    ...modelRows(model),
  ]
}

function cudaText({ supported, missing, folder }: GpuStatus['cuda']): string {
  if (!supported) return 'not for this platform'
  return missing.length === 0 ? `in ${folder}` : `not installed: ${missing.join(', ')} in ${folder}`
}
