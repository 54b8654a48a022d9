import type { ChangeSummary } from '../../src-shared/contract/differential-view'
import { CHANGED_AT } from '../../src-shared/domain/differential'
import { explanationOf } from '../../src-shared/domain/explanation'
import { count, percent, plural } from './format'

/** The change of an experiment in words: `412 of 18,044 genes changed … 3 direct targets explain 71 % …`. */
export function changeSentence(summary: ChangeSummary): string {
  const { tested, changed, up, down, changedInNetwork } = summary
  if (changed === 0) return `None of ${plural(tested, 'gene')} changed (adjusted p ≤ ${CHANGED_AT}).`
  const sides = `${count(up)} up, ${count(down)} down`
  const network = `${count(changedInNetwork)} of them ${changedInNetwork === 1 ? 'is' : 'are'} in the network.`
  return `${count(changed)} of ${plural(tested, 'gene')} changed (${sides}; adjusted p ≤ ${CHANGED_AT}). ${network}${explained(summary)}`
}

function explained(summary: ChangeSummary): string {
  const { targets, others } = summary
  const found = explanationOf(summary)
  const who = plural(targets.length, 'direct target')
  const verb = targets.length === 1 ? 'explains' : 'explain'
  const rest = `the squared ${others === 1 ? 'shift of the other one' : `shifts of the other ${count(others)}`}`
  switch (found.kind) {
    case 'unchanged':
    case 'not-fitted':
      return ''
    case 'no-target':
      return ' There is no confident target to explain them.'
    case 'alone':
      return ` Apart from the ${targets.length === 1 ? 'direct target' : 'direct targets'} no gene of the network changed.`
    case 'nothing':
      return ` ${who} ${verb} nothing of ${rest}.`
    case 'little':
      return ` ${who} ${verb} less than 1 % of ${rest}.`
    case 'share':
      return ` ${who} ${verb} ${percent(found.share)} of ${rest}.`
  }
}
