import type { Contract, MethodName } from '../../src-shared/contract/contract'
import type { Handlers } from '../../src-shared/rpc'

/** The handlers of one noun of the contract, e.g. `'dataset'`; the engine merges the maps of all nouns. */
export type HandlersOf<Noun extends string> = Pick<
  Handlers<Contract>,
  Extract<MethodName, `${Noun}.${string}`>
>
