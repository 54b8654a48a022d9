import { FEATURE_CLIP } from './names'

export function clipped(x: number): number {
  return x < -FEATURE_CLIP ? -FEATURE_CLIP : x > FEATURE_CLIP ? FEATURE_CLIP : x
}
