import type { english } from '../english'
import { formatCount, formatNoun } from '../format'
import type { Translation } from '../translation'

type Words = Translation<typeof english>

const samples = (count: number): string => formatNoun(count, 'Probe', 'Proben')

/** German: targets, the page of an experiment, and the evidence behind edges and targets. */
export const evidence: Pick<Words, 'targets' | 'heatmap' | 'experimentPage' | 'inspector' | 'support'> = {
  targets: {
    title: 'P(direktes Ziel) je Experiment',
    gene: 'Gen',
    experiment: 'Experiment',
    probability: 'Wahrscheinlichkeit',
    rank: '#',
    kind: 'Art',
    kindHelp: 'Wie sich der Mechanismus änderte, wenn das Gen ein Ziel ist',
    kinds: { hard: 'ersetzt', shift: 'versetzt', scale: 'gestreut', unknown: '–' },
    kindsLong: {
      hard: 'Das Gen verließ seinen Mechanismus (ersetzt)',
      shift: 'Sein Mechanismus wurde verschoben',
      scale: 'Seine Streuung änderte sich',
      unknown: 'Wie es sich änderte, sagt die volle Suche',
    },
    listFdr: 'FDR',
    observed: 'Gemessen',
    predicted: 'Erwartet',
    observedHelp: 'Beobachteter Mittelwert minus Mittelwert der Kontrolle, in Kontroll-SD',
    predictedHelp: 'Die Verschiebung, die seine Ursachen allein erklären, in Kontroll-SD',
    status: 'Status',
    target: 'Ziel',
    lead: 'Hinweis',
    unlikely: 'Kaum',
    notMeasured: 'Nicht gemessen',
    noneConfident: (experiment, fdr) =>
      `${experiment}: kein Gen besteht ${fdr} FDR. Die obersten Gene sind gezeigt; als Hinweise nehmen.`,
    noneAnywhere: (fdr) =>
      `Kein Gen besteht ${fdr} FDR in irgendeinem Experiment. Die obersten Gene sind gezeigt; als Hinweise nehmen.`,
    confident: (experiments, all, fdr) =>
      `${formatCount(experiments)} von ${formatNoun(all, 'Experiment', 'Experimenten')} ${experiments === 1 ? 'hat' : 'haben'} ein sicheres direktes Ziel bei ${fdr} FDR.`,
    confidentShort: (experiments, all) => `${formatCount(experiments)} von ${formatCount(all)} benannt`,
    verdicts: 'Urteil je Experiment',
    none: 'kein sicheres Ziel',
    more: (count) => `+${formatCount(count)}`,
    pNone: (probability) => `P(kein Ziel) ${probability}`,
    heatmapLabel: 'Wahrscheinlichkeit, direktes Ziel zu sein, Gene gegen Experimente',
    ramp: 'Wahrscheinlichkeit',
    cell: (gene, experiment, probability, status) => `${gene} in ${experiment}: ${probability}, ${status}`,
    fdr: 'FDR',
    noRows: 'Kein Gen passt zum Filter.',
    openExperiment: (name) => `${name}: Klick öffnet seine Seite`,
  },
  heatmap: {
    controls: 'Ordnung und Filter der Heatmap',
    filter: 'Gene suchen',
    topLabel: 'Zahl der Gene',
    allGenes: 'Alle Gene',
    top: (count) => `Oberste ${formatCount(count)} Gene`,
    orderGenes: 'Ordnung der Gene',
    orderExperiments: 'Ordnung der Experimente',
    orders: {
      genes: { given: 'Zeilen: beste zuerst', clustered: 'Zeilen: gruppiert', name: 'Zeilen: nach Namen' },
      experiments: {
        given: 'Spalten: wie in den Daten',
        clustered: 'Spalten: gruppiert',
        name: 'Spalten: nach Namen',
      },
    },
    shown: (shown, all) => `${shown} von ${all} Genen`,
  },
  experimentPage: {
    label: (experiment) => `Experiment ${experiment}`,
    all: 'Alle Experimente',
    allText: 'Heatmap',
    none: (fdr) => `Kein Gen besteht ${fdr} FDR. Die obersten 10 sind gezeigt; als Hinweise nehmen.`,
    unclear: (fdr) =>
      `Etwas wurde getroffen, aber kein Gen besteht ${fdr} FDR: welches, ist unklar. Die obersten 10 sind gezeigt; als Hinweise nehmen.`,
    targets: (count, fdr) => `${count === 1 ? 'Direktes Ziel' : 'Direkte Ziele'} bei ${fdr} FDR:`,
    facts: (count, none) => `${samples(count)} · P(kein Ziel) ${none}`,
    few: (count) =>
      `${samples(count)}: es geht, aber die Wahrscheinlichkeiten sind breit; 5 oder mehr sind besser.`,
    ranking: 'Wahrscheinlichste direkte Ziele',
    shift: 'Verschiebung',
    cutText: (fdr) => `Über der gestrichelten Linie: die Liste bei ${fdr} FDR. Verschiebung in Kontroll-SD.`,
    leadsText: 'Nur Hinweise: keine Liste besteht die gewählte FDR. Verschiebung in Kontroll-SD.',
    more: (count) => `Die ersten ${formatCount(count)} zeigen`,
    fewer: (count) => `Nur die ersten ${formatCount(count)} zeigen`,
    samplesTitle: 'Was jede Probe entscheidet',
    loading: 'Das Experiment wird ohne jede seiner Proben beurteilt',
    oneSample: 'Eine Probe: es gibt keine zweite zum Vergleichen.',
    manySamples: (count) =>
      `${formatCount(count)} Proben: keine einzelne entscheidet, daher werden sie nicht einzeln weggelassen.`,
    lowers: (sample, gene, from, to) =>
      `Ohne ${sample} sinkt die Wahrscheinlichkeit von ${gene} am meisten: ${from} auf ${to}.`,
    raises: (sample, gene, from, to) =>
      `Ohne ${sample} steigt die Wahrscheinlichkeit von ${gene} am meisten: ${from} auf ${to}.`,
    noInfluence: (gene) => `Keine einzelne Probe bewegt die Wahrscheinlichkeit von ${gene}.`,
    robust: 'Dieselben Gene werden genannt, welche Probe auch fehlt.',
    decisive: (count) =>
      count === 1
        ? 'Eine Probe entscheidet: ohne sie werden andere Gene genannt.'
        : `${formatCount(count)} Proben entscheiden: ohne eine von ihnen werden andere Gene genannt.`,
    withoutSample: 'Ohne',
    nothingLeftOut: 'nichts weggelassen',
    named: 'Genannt',
    changes: 'anders',
    noGene: 'kein Gen',
    same: 'dasselbe',
    influenceNote:
      'Nach der geschlossenen Form mit dem gelernten Netzwerk; die erste Zeile kann daher von der gemeinsamen Antwort abweichen.',
    swap: (sample, nearest, probability) =>
      `${sample} ähnelt ${nearest} mehr als seinen Replikaten (Wahrscheinlichkeit einer falschen Beschriftung ${probability}). Auf Verwechslung oder Ausreißer prüfen.`,
    control: 'der Kontrolle',
    similar: 'Ähnlichste Experimente',
    comparing: 'Wird mit den anderen Experimenten verglichen',
    noSimilar: 'Es gibt kein anderes Experiment zum Vergleichen.',
    shiftCorrelation: 'Verschiebungen',
    shiftCorrelationHelp: 'Korrelation der mittleren Verschiebungen über alle Gene',
    targetCorrelation: 'Ziele',
    targetCorrelationHelp: 'Korrelation der Wahrscheinlichkeiten, direktes Ziel zu sein',
    similarNote: 'Korrelationen über die Gene. Hoch in beiden Spalten: wohl dieselben Ziele.',
  },
  inspector: {
    influence: 'Wenn eine Probe fehlt',
    influenceBy: 'Nach der geschlossenen Form, Netzwerk wie gelernt.',
    edge: 'Kante',
    gene: 'Gen',
    geneIn: (experiment) => `Gen in ${experiment}`,
    emptyTitle: 'Nichts ist gewählt',
    emptyText: 'Eine Kante, ein Gen oder ein Feld wählen, um die Belege dahinter zu sehen.',
    probability: 'Wahrscheinlichkeit',
    chains: (difference, count) => `${formatCount(count)} Ketten unterscheiden sich um ${difference}`,
    exact: 'alle Reihenfolgen exakt summiert',
    reverse: (probability) => `Umkehrung ${probability}`,
    effect: (effect, interval) => `Effekt ${effect} (95\u00A0% ${interval})`,
    effectUnit: 'Änderung des Wirkungsgens in seiner Kontroll-SD, je Kontroll-SD der Ursache.',
    signSentence: {
      activates: 'Aktiviert.',
      inhibits: 'Hemmt.',
      unknown: 'Das Intervall enthält die Null: Vorzeichen unklar.',
    },
    evidence: 'Belege',
    axis: (gene) => `${gene} (Kontroll-SD)`,
    curveText: (count) =>
      `${samples(count)}, ohne den Teil der anderen Ursachen · Linie: angepasster Mechanismus · Band 95\u00A0%`,
    drawn: (shown, all) => `${formatCount(shown)} von ${samples(all)} gezeichnet, gleichmäßig gewählt`,
    legendControl: 'Kontrolle',
    legendPerturbed: 'gestört',
    legendUnused: (gene) => `${gene} dort getroffen: nicht verwendet`,
    noCurve: 'Keine behaltene Menge von Ursachen enthält diese, daher gibt es keine Kurve.',
    parentSets: (gene) => `Ursachen von ${gene}, als Mengen`,
    noParents: 'keine Ursache',
    weight: 'Gewicht',
    require: 'Fordern',
    forbid: 'Verbieten',
    reverseEdge: 'Umkehren',
    free: 'Entfernen',
    forcedRequired:
      'Dieser Lauf forderte die Kante; ihre Wahrscheinlichkeit ist 1 durch Entscheidung, nicht durch Belege.',
    forcedForbidden:
      'Dieser Lauf verbot die Kante; ihre Wahrscheinlichkeit ist 0 durch Entscheidung, nicht durch Belege.',
    pendingRequired: 'Ab dem nächsten Lauf gefordert.',
    pendingForbidden: 'Ab dem nächsten Lauf verboten.',
    direct: 'direktes Ziel',
    rank: (rank, all) => `Rang ${formatCount(rank)} von ${formatCount(all)}`,
    fdr: (fdr) => `FDR der Liste ${fdr}`,
    observedPredicted: 'Beobachtet und vorhergesagt',
    yAxis: (gene) => `${gene} (Kontroll-SD)`,
    observed: 'beobachtet',
    ifHit: 'mit Treffer',
    ifNotHit: 'ohne Treffer',
    samplesText: 'Ein Punkt je Probe; die Linien sind 95-%-Intervalle ihrer Vorhersage.',
    bayes: 'Belege für einen direkten Treffer',
    bayesFor: {
      'very-strong': 'Sehr starke Belege für einen direkten Treffer',
      strong: 'Starke Belege für einen direkten Treffer',
      positive: 'Einige Belege für einen direkten Treffer',
      weak: 'Die Daten sagen nicht, ob es getroffen wurde',
    },
    bayesAgainst: {
      'very-strong': 'Sehr starke Belege gegen einen direkten Treffer',
      strong: 'Starke Belege gegen einen direkten Treffer',
      positive: 'Einige Belege gegen einen direkten Treffer',
      weak: 'Die Daten sagen nicht, ob es getroffen wurde',
    },
    bayesNumber: (value) =>
      `log Bayes-Faktor ${value} (natürlicher Logarithmus, Treffer : kein Treffer, über Netzwerke gemittelt)`,
    shifts: (observed, predicted) =>
      `Beobachtete Verschiebung ${observed}; ${predicted} von seinen Ursachen allein erwartet.`,
    parents: 'Seine Ursachen in diesem Experiment',
    noParentsInExperiment: 'Für dieses Gen ist keine Ursache behalten.',
    shift: 'Verschiebung',
    causes: 'Ursachen',
    effects: 'Wirkungen',
    targetIn: 'Direktes Ziel in',
    noCauses: 'Keine Ursache über der Schwelle.',
    noEffects: 'Keine Wirkung über der Schwelle.',
    notTarget: (fdr) => `Bei ${fdr} FDR in keinem Experiment ein Ziel.`,
    loading: 'Die Belege werden gelesen',
    known: 'Bekannte Ziele dieses Experiments waren gegeben; sie sind durch Entscheidung sicher.',
  },
  support: {
    title: 'Experimente dafür und dagegen',
    control: 'Kontrolle',
    counts: (supporting, against, all) =>
      `${formatCount(supporting)} von ${formatCount(all)} stützen die Kante, ${formatCount(against)} widersprechen ihr; die Kontrolle zählt als eines.`,
    supports: 'stützt die Kante',
    contradicts: 'widerspricht der Kante',
    neutral: 'sagt wenig',
    replaced: 'Das Wirkungsgen verließ hier seinen Mechanismus; die Proben sagen nichts über seine Ursachen.',
    allOf: (count) => `Alle ${formatCount(count)} zeigen`,
    fewer: 'Weniger zeigen',
    help: {
      removing:
        'ln davon, wie viel besser die Proben mit dieser Ursache aus allen anderen vorhergesagt werden als ohne sie (2,3 = zehnmal). Eines drücken, um seine Proben zu markieren.',
      adding:
        'Keine behaltene Menge von Ursachen enthält die Kante: sie wurde hinzugefügt. ln davon, wie viel besser die Proben mit ihr vorhergesagt werden als ohne sie.',
      nothing: 'Keine Menge von Ursachen ist behalten, also gibt es nichts zu vergleichen.',
    },
    alternatives: 'Andere Erklärungen',
    sharedCause: 'Keine Kante, aber eine gemeinsame Ursache',
    neither: 'Keine von beiden',
    possibleCauses: 'Kann beide verursachen, wenn es keine Kante gibt:',
    latent:
      'Eine gemeinsame Ursache, die nicht gemessen wurde, ist hier nicht dabei; sie kann wie eine Kante aussehen.',
  },
}
