import type { HonestyCheck } from '../../../src-shared/domain/experiment-evidence'
import { count, percent, plural, probability } from '../format'
import { gene, html, label, type Content } from '../markup'
import { cell, probabilityBar, table } from '../table'
import type { ReportContext } from './section'

const MOST_LISTED = 200

/** False alarms in one sentence. */
export function falseAlarmSentence({ falseAlarms, fdr }: HonestyCheck): string | null {
  if (!falseAlarms) return null
  const { alarms, splits, samples } = falseAlarms
  return `In ${count(alarms)} of ${plural(splits, 'random draw')} of ${plural(samples, 'control sample')} a gene was named at ${percent(fdr)} FDR; every one would be a false alarm.`
}

/** Known targets that were hidden and looked for, in one sentence. */
export function recoveredSentence({ hidden, fdr }: HonestyCheck): string | null {
  if (hidden.length === 0) return null
  const found = hidden.filter(({ listed }) => listed).length
  return `Of ${plural(hidden.length, 'known target')} that ${hidden.length === 1 ? 'was' : 'were'} hidden, ${count(found)} ${found === 1 ? 'was' : 'were'} found again at ${percent(fdr)} FDR.`
}

/** How the method behaves on these very data. */
export function honestySection({ honesty }: ReportContext): Content {
  if (!honesty)
    return html`<p>
      Not made: the check needs the mechanisms of the full search, and this is the instant answer.
    </p>`
  const { falseAlarms, hidden } = honesty
  return [
    html`<p>
      Control samples are judged as if they were an experiment, and known targets are hidden to see whether
      they are found again. Both by the closed form, with the network as it was learned.
    </p>`,
    falseAlarms
      ? html`<p>
          <strong>False alarms.</strong> ${falseAlarmSentence(honesty)} Mean probability that no gene was hit:
          ${probability(falseAlarms.meanNoTarget)}.
        </p>`
      : html`<p>
          <strong>False alarms</strong> could not be counted: it takes at least three times as many control
          samples as an experiment has.
        </p>`,
    hidden.length === 0
      ? html`<p><strong>Known targets.</strong> None was given, so none could be hidden.</p>`
      : html`<p><strong>Known targets.</strong> ${recoveredSentence(honesty)}</p>`,
    hidden.length > 0 &&
      table({
        id: 'hidden-targets',
        caption: `Known targets, hidden and looked for${hidden.length > MOST_LISTED ? ` (the first ${MOST_LISTED})` : ''}`,
        rowHeaders: true,
        columns: [
          { title: 'Experiment' },
          { title: 'Hidden target' },
          { title: 'Rank', numeric: true },
          { title: 'Probability' },
          { title: 'Found again' },
        ],
        rows: hidden
          .slice(0, MOST_LISTED)
          .map((each) => [
            cell(label(each.environment, 32)),
            cell(gene(each.gene)),
            cell(count(each.rank), each.rank),
            cell(
              html`<span class="nb"
                >${probabilityBar(each.probability)} ${probability(each.probability)}</span
              >`,
              each.probability,
            ),
            cell(each.listed ? html`<span class="tag ok">yes</span>` : html`<span class="tag">no</span>`),
          ]),
      }),
    html`<p>
      The network was learned from these same samples, which favours the method: a poor outcome is a clear
      warning, a good one is no proof. Draws share samples, and batch effects between experiments are not
      tested.
    </p>`,
  ]
}
