import { withDensity } from '../../src-shared/domain/png-density'

const MM_PER_INCH = 25.4
/** Chromium paints no larger canvas. */
const LARGEST_SIDE = 16_384

export interface PhysicalSize {
  readonly widthMm: number
  readonly heightMm: number
}

/** Width and height of a figure in pixels, as the command line paints it. */
export const pixelsOf = ({ widthMm, heightMm }: PhysicalSize, dpi: number): readonly [number, number] => [
  Math.round((widthMm / MM_PER_INCH) * dpi),
  Math.round((heightMm / MM_PER_INCH) * dpi),
]

export const fitsCanvas = (size: PhysicalSize, dpi: number): boolean =>
  pixelsOf(size, dpi).every((side) => side <= LARGEST_SIDE)

/**
 * The picture of an SVG as a PNG that carries its density, drawn by the window itself: no other program is needed.
 * @throws when the picture cannot be drawn
 */
export async function paintFigure(
  svg: string,
  size: PhysicalSize,
  dpi: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    ;[canvas.width, canvas.height] = pixelsOf(size, dpi)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This window cannot draw pictures.')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('The picture could not be made.')
    return new Uint8Array(withDensity(new Uint8Array(await blob.arrayBuffer()), dpi))
  } finally {
    URL.revokeObjectURL(address)
  }
}
