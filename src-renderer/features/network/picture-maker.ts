import type { Picture, PictureAnswer, PictureQuestion, PictureRequest } from './picture'

/** null = it cannot be started here, or has failed: the window makes its pictures itself */
let worker: Worker | null | undefined
const waiting = new Map<number, (picture: Picture | null) => void>()
let asked = 0

/** Starts the worker of the window, unless it is there; the sooner, the sooner the first picture. */
export function startPictureMaker(): void {
  if (worker !== undefined) return
  try {
    worker = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data: { number, picture } }: MessageEvent<PictureAnswer>) => settle(number, picture)
    worker.onerror = giveUp
    worker.onmessageerror = giveUp
  } catch {
    worker = null
  }
}

function giveUp(): void {
  worker?.terminate()
  worker = null
  for (const number of [...waiting.keys()]) settle(number, null)
}

function settle(number: number, picture: Picture | null): void {
  waiting.get(number)?.(picture)
  waiting.delete(number)
}

/** A picture, made in a thread of its own while the window goes on. */
export async function pictureOf(request: PictureRequest): Promise<Picture> {
  startPictureMaker()
  const made = await new Promise<Picture | null>((resolve) => {
    const number = ++asked
    waiting.set(number, resolve)
    if (worker) worker.postMessage({ number, request } satisfies PictureQuestion)
    else settle(number, null)
  })
  if (made) return made
  const { makePicture } = await import('./picture')
  return makePicture(request)
}
