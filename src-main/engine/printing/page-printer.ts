/** What makes pictures and printed pages out of HTML. Which one does is for the host to say. */
export interface PagePrinter {
  /**
   * A PDF of the page, whose own `@page` decides the paper.
   * @throws AppError FILE_ACCESS when there is nothing that could, INTERNAL when it fails, CANCELLED
   */
  readonly pdf: (html: string, signal: AbortSignal) => Promise<Uint8Array>
  /** @param size in pixels @throws AppError as `pdf` does */
  readonly png: (
    html: string,
    size: { readonly width: number; readonly height: number },
    signal: AbortSignal,
  ) => Promise<Uint8Array>
}
