/** A place on the drawing plane of the network, or in pixels of its panel. */
export interface Point {
  readonly x: number
  readonly y: number
}
