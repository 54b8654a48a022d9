import type { EvidenceStudy } from '../../core/evidence/study'

/** The study with its large arrays in shared memory, so that workers do not get a copy each. */
export function shareStudy(study: EvidenceStudy): EvidenceStudy {
  return {
    ...study,
    features: share(study.features),
    effects: study.effects.map(share),
    hard: study.hard.map(share),
  }
}

export function share(values: Float64Array): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength))
  shared.set(values)
  return shared
}
