/** Below this probability a gene outside the list is no lead worth following. */
export const LEAD_FROM = 0.05

/** What a reader is told about a gene of an experiment. */
export type TargetStatus = 'target' | 'lead' | 'unlikely'

/** @param isListed the gene is on the list of its experiment: within the false discovery rate, with a confident target */
export function targetStatus(isListed: boolean, probability: number): TargetStatus {
  if (isListed) return 'target'
  return probability >= LEAD_FROM ? 'lead' : 'unlikely'
}
