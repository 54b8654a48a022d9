import type { english } from '../english'
import { formatCount, formatNoun } from '../format'
import type { Translation } from '../translation'

type Words = Translation<typeof english>

const genes = (count: number): string => formatNoun(count, 'Gen', 'Gene')

/** German: predictions, and where a change comes from. */
export const whatIf: Pick<Words, 'whatIf' | 'sources'> = {
  whatIf: {
    question: 'Was getan wird',
    gene: (number) => `Gen ${formatCount(number)}`,
    choose: 'Gen wählen',
    kind: (gene) => `Was mit ${gene} getan wird`,
    kinds: { shift: 'verschoben um', hold: 'gehalten bei' },
    amount: (gene) => `Betrag für ${gene}, in Kontroll-SD`,
    unit: 'Kontroll-SD',
    remove: (gene) => `${gene} entfernen`,
    thisGene: 'dieses Gen',
    add: 'Gen hinzufügen',
    as: 'Wie in einem Experiment',
    asNone: 'Wie in einem Experiment …',
    emptyTitle: 'Was geschieht, wenn sich ein Gen ändert?',
    emptyText:
      'Ein Gen wählen, das verschoben oder gehalten wird, oder ein Experiment, das vorhergesagt wird. Das gelernte Netzwerk sagt, welche anderen Gene folgen, wie weit und wie sicher das ist.',
    loading: 'Vorhersage läuft',
    follow: (following, certain, others) =>
      following === 0
        ? `Keines der anderen ${formatCount(others)} Gene folgt wahrscheinlich (P unter 0,50).`
        : `${genes(following)} von ${formatCount(others)} anderen ${following === 1 ? 'folgt' : 'folgen'} wahrscheinlich (P ab 0,50), davon ${certain === 0 ? 'keines' : formatCount(certain)} zweifelsfrei (Intervall ohne 0).`,
    outside: (gene, low, high) =>
      `${gene} liegt jenseits aller Proben (${low} bis ${high}): die Mechanismen werden dort extrapoliert.`,
    onlyFollowing: 'Nur diese',
    table: 'Vorhergesagte Verschiebungen',
    columns: {
      gene: 'Gen',
      plot: 'Vorhergesagte Verschiebung',
      shift: 'Mittel',
      interval: '95-%-Intervall',
      downstream: 'P(folgt)',
      observed: (experiment) => `In ${experiment}`,
    },
    shiftHelp: 'Mittel über Netzwerke und Mechanismen, in Kontroll-SD des Gens',
    intervalHelp: 'Der mittleren Verschiebung; die Streuung einzelner Proben ist nicht darin',
    downstreamHelp: 'Anteil der gezogenen Netzwerke, in denen das Gen unterhalb dessen liegt, was getan wird',
    observedHelp: 'Beobachtetes Mittel minus Kontrollmittel, in Kontroll-SD',
    acted: 'gesetzt',
    legend: {
      moves: 'Intervall ohne 0',
      still: 'Intervall enthält 0',
      observed: (experiment) => `beobachtet in ${experiment}`,
    },
    none: 'Kein anderes Gen folgt wahrscheinlich.',
    note: (draws) =>
      `${formatCount(draws)} gezogene Netzwerke. Verschiebungen gegen die Kontrolle, in ihrer SD; Intervalle gelten dem Mittel.`,
    noTest: 'Das Netzwerk wurde auch aus diesen Proben gelernt: Übereinstimmung ist kein unabhängiger Test.',
    open: 'Was, wenn es sich ändert?',
  },
  sources: {
    title: 'Woher die Änderung kommt',
    observed: (gene, shift, experiment) => `${gene} verschob sich in ${experiment} um ${shift} Kontroll-SD.`,
    alone: 'Kein Gen oberhalb erklärt etwas davon.',
    source: 'Gen oberhalb',
    contribution: 'Beitrag',
    share: 'Anteil',
    target: 'direktes Ziel',
    lead: (probability) => `eigene Änderung; P(Ziel) ${probability}`,
    others: 'Andere oberhalb',
    ownTarget: 'Der direkte Treffer und was nicht erklärt ist',
    own: 'Vom Netzwerk nicht erklärt',
    paths: (count) => (count === 1 ? 'Weg' : 'Stärkste Wege'),
    note: 'Nach mittleren Steigungen entlang der Kanten ab P 0,10. Ein Ziel trägt seine ganze Verschiebung, ein anderes Gen nur, was seine Ursachen offen lassen; die Teile ergeben zusammen das Beobachtete.',
  },
}
