import type { english } from '../english'
import { formatCount, formatNoun } from '../format'
import type { Translation } from '../translation'

type Words = Translation<typeof english>

/** German: which gene to perturb next. */
export const next: Pick<Words, 'next'> = {
  next: {
    title: 'Welches Gen als nächstes stören?',
    lead: 'Ein Experiment, das ein Gen auf einer Höhe hält, wird im gelernten Netzwerk simuliert, für jedes Gen. Die Gene oben klären voraussichtlich am meisten von dem, was darin noch offen ist.',
    question: 'Das Experiment',
    hold: 'Ein Gen gehalten bei',
    level: 'Höhe des Gens, in Kontroll-SD',
    unit: 'Kontroll-SD, in',
    samples: 'Proben des Experiments',
    samplesUnit: 'Proben',
    find: 'Herausfinden',
    again: 'Neu herausfinden',
    working: 'Experimente werden simuliert',
    changed: 'Die Liste gilt für eine andere Höhe oder Zahl von Proben.',
    open: (pairs, bits) =>
      `${formatNoun(pairs, 'Genpaar', 'Genpaare')} ${pairs === 1 ? 'ist' : 'sind'} offen: Weder eine Richtung noch das Fehlen einer Kante erreicht P 0,90. Zusammen ${bits} Bit Unsicherheit.`,
    nothingOpen: 'Nichts ist offen: Jedes Genpaar hat eine Beziehung mit P 0,90 oder mehr.',
    nothingToLearn: 'Von keinem Gen ist zu erwarten, dass es etwas klärt. Mehr Kontrollproben könnten es.',
    table: 'Gene für das nächste Experiment',
    columns: {
      gene: 'Gen',
      gain: 'Erwarteter Gewinn (Bit)',
      share: 'Anteil',
      followers: 'Folgende Gene',
      hitIn: 'Schon getroffen in',
    },
    gainHelp:
      'Erwarteter Rückgang der Entropie aller offenen Paare, in Bit, mit Standardfehler über die simulierten Ausgänge. Ein Bit klärt ein Paar, das 50 : 50 stand.',
    shareHelp: 'Der Gewinn als Anteil der Entropie aller offenen Paare',
    followersHelp: 'Erwartete Zahl anderer Gene unterhalb',
    hitInHelp: 'Experimente dieses Laufs, die das Gen wahrscheinlich trafen (P ab 0,50)',
    plusMinus: (bits, error) => `${bits} ± ${error}`,
    pairsOf: (gene) => `Worüber ${gene} am meisten sagen würde`,
    pair: { pair: 'Offenes Paar', forward: 'P(→)', backward: 'P(←)', bits: 'Gewinn (Bit)' },
    noPairs: 'Kein einzelnes Paar ragt heraus.',
    outside: 'jenseits aller Proben',
    outsideHelp: 'Keine Probe hat dieses Gen auf dieser Höhe: die Mechanismen werden dort extrapoliert',
    whatIf: (gene) => `Vorhersagen, was geschieht, wenn ${gene} gehalten wird`,
    leftOut: (count) => `${formatCount(count)} Gene, die am wenigsten sagen können, wurden nicht simuliert. `,
    note: 'Erwartungen nach dem gelernten Modell und seinen Annahmen, mit der geschlossenen Form. In der Regel ist der wirkliche Gewinn größer; auf die Reihenfolge kommt es an, und sie ist grob, wo Standardfehler sich überlappen.',
  },
}
