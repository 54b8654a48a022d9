import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Numbers = z.array(z.number())
const Names = z.array(z.string())

/** A tiny input and the answer that the exporter's own run of the network gave; arrays are flat, row-major. */
export const SelfTest = z.object({
  genes: z.number().int().min(1),
  experiments: z.number().int().min(1),
  pair: Numbers,
  env: Numbers,
  glob: Numbers,
  edge: Numbers,
  ancestor: Numbers,
  target: Numbers,
  /** largest absolute difference of a log-odds that passes */
  tolerance: z.number().positive(),
})
export type SelfTest = z.infer<typeof SelfTest>

/** `manifest.json` of a model folder, as `models/training` exports it. */
export const ModelManifest = z.object({
  format: z.literal('metacadi-model'),
  version: z.literal(1),
  /** of the study summary the network was trained on; see core/features/summary */
  featureVersion: z.number().int(),
  opset: z.number().int(),
  /** of metacadi.onnx */
  sha256: Sha256,
  bytes: z.number().int().positive(),
  /** names of the features of each input, in their order */
  inputs: z.object({ pair: Names, env: Names, glob: Names }),
  outputs: Names,
  /** settings, seed and shard hashes of the training run; read by people */
  training: z.unknown(),
  /** figures of the evaluation; read by people */
  evaluation: z.unknown(),
  selfTest: SelfTest,
  combiner: z.object({ file: z.string().regex(/^[\w.-]+$/), sha256: Sha256 }).nullable(),
})
export type ModelManifest = z.infer<typeof ModelManifest>
