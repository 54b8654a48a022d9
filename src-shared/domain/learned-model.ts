import { z } from 'zod'

/** Where the learned model may run. `auto` is CUDA where it works, else the CPU. */
export const ProviderChoice = z.enum(['auto', 'cpu', 'cuda'])
export type ProviderChoice = z.infer<typeof ProviderChoice>

export type Provider = Exclude<ProviderChoice, 'auto'>

/** Which provider runs the learned model, and why the ones before it do not. */
export interface ProviderReport {
  readonly used: Provider
  /** in the order they were tried; `reason` is null for the one that runs */
  readonly tried: readonly { readonly provider: Provider; readonly reason: string | null }[]
}
