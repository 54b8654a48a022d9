import type { english } from '../english'
import { formatCount, formatNoun, formatNumber } from '../format'
import type { Translation } from '../translation'

type Words = Translation<typeof english>

const samples = (count: number): string => formatNoun(count, 'Probe', 'Proben')
const geneCount = (count: number): string => formatNoun(count, 'Gen', 'Gene')

/** German: the samples and the genes before a run. */
export const beforeRun: Pick<Words, 'quality' | 'genes'> = {
  quality: {
    title: 'Qualität der Proben',
    lead: 'Die Proben nebeneinander, über die Gene der Datei mit der größten Varianz. Misslungene mit Grund weglassen.',
    noData: 'Noch keine Proben',
    noDataText: 'Zuerst eine Tabelle öffnen; ihre Proben werden hier verglichen.',
    blocked: 'Die Proben können noch nicht verglichen werden',
    blockedText: 'Zuerst die blockierenden Punkte des Imports klären.',
    toImport: 'Zum Import',
    loading: 'Die Proben werden verglichen',
    tooMany: (count, most) =>
      `${formatCount(count)} Proben sind zu viele, um jede zu vermessen; das geschieht bis ${formatCount(most)}. Die Analyse verwendet alle.`,
    missing:
      'Diese Daten kamen mit einem Ergebnis und enthalten keine Qualitätsmaße. Sie erscheinen, wenn ihre Tabelle geöffnet wird.',
    flagged: (count) => `${samples(count)} zu prüfen`,
    nothingFlagged: 'Keine Probe fällt auf',
    strips: {
      title: 'Nach Experiment',
      note: 'Ein Punkt ist eine Probe; die gestrichelte Linie ist der übliche Wert, ein Dreieck eine Probe, die zu prüfen ist.',
      total: { counts: 'Tiefe (Zählungen)', other: 'Summe der Werte' },
      detected: 'Gene über null',
      spread: 'Abstand von den Replikaten',
      dot: (sample, value) => `${sample}: ${value}`,
      rows: (experiment) => `Proben von ${experiment}`,
      help: {
        total: 'Summe der Werte der Datei in jeder Probe',
        detected: 'Gene der Datei mit einem Wert über null',
        spread:
          'Mittlerer quadratischer Abstand vom Mittel der anderen Proben des Experiments, über die verglichenen Gene, auf der Skala der Analyse',
      },
    },
    pca: {
      title: 'Hauptkomponenten',
      axis: (component, share) => `HK ${component} (${formatNumber(100 * share, 1)}\u00A0% der Varianz)`,
      label: (sampleCount, genes) =>
        `${samples(sampleCount)} auf den ersten zwei Hauptkomponenten von ${formatNoun(genes, 'Gen', 'Genen')}`,
      legend: 'Experimente; ein Klick zeigt eines allein',
      drawn: (shown, all) => `${formatCount(shown)} von ${samples(all)} sind gezeichnet.`,
      genes: (count) => `über die ${geneCount(count)} mit der größten Varianz`,
    },
    correlation: {
      title: { samples: 'Korrelation der Proben', experiments: 'Korrelation der Experimente' },
      label: (count) =>
        `Pearson-Korrelation von ${formatCount(count)} Zeilen; die Pfeiltasten gehen von Paar zu Paar`,
      pair: (a, b, r) => `${a} × ${b}: r = ${r}`,
      hint: 'Auf ein Feld zeigen oder mit den Pfeiltasten gehen.',
      means: 'Für eine Zeile je Probe sind es zu viele Proben: gezeigt sind die Mittelwerte der Experimente.',
    },
    engagement: {
      title: 'Bekannte Ziele',
      none: 'Kein Ziel ist bekannt. Wo eines bekannt ist, steht hier, ob es sich in seinem Experiment bewegt.',
      toExperiments: 'Ziele nennen',
      change: 'Änderung',
      spreads: 'in Streuungen',
      spreadsHelp: 'Änderung in Standardabweichungen der Kontrolle',
      states: {
        moves: 'Bewegt sich',
        'hardly-moves': 'Bewegt sich kaum',
        'other-way': 'Bewegt sich anders herum',
        'not-analysed': 'Nicht analysiert',
        'no-control': 'Keine Kontrolle zum Vergleich',
      },
      expected: { up: 'sollte steigen', down: 'sollte sinken' },
      plot: (gene, experiment) => `${gene}: Kontrolle (hohl) und ${experiment} (gefüllt), ein Punkt je Probe`,
    },
    table: {
      title: 'Proben',
      sample: 'Probe',
      experiment: 'Experiment',
      total: 'Summe',
      detected: 'Gene',
      spread: 'Abst.',
      note: 'Zu prüfen',
      exclude: 'Weglassen',
      excludeNamed: (sample) => `${sample} weglassen`,
      only: 'Nur zu prüfende Proben',
      filter: 'Probe suchen',
      empty: 'Keine Probe passt.',
    },
    flags: {
      'low-total': (value, usual) => `Kleine Summe: ${value}, üblich ${usual}`,
      'few-genes': (value, usual) => `Wenige Gene: ${value}, üblich ${usual}`,
      'far-from-replicates': (value, usual) => `Weit von ihren Replikaten: ${value}, üblich ${usual}`,
      'near-other': (other) => `Liegt bei ${other}`,
    },
    short: {
      'low-total': 'kleine Summe',
      'few-genes': 'wenige Gene',
      'far-from-replicates': 'weit von Replikaten',
      'near-other': 'bei anderem Experiment',
    },
    excluded: {
      title: 'Weggelassen',
      none: 'Keine Probe ist weggelassen.',
      include: 'Aufnehmen',
      includeNamed: (sample) => `${sample} aufnehmen`,
      noReason: 'ohne Grund',
      question: (sample) => `${sample} weglassen`,
      reason: 'Grund',
      save: 'Weglassen',
      note: 'Der Grund steht im Projekt, im Methodentext und im Bericht.',
    },
  },
  genes: {
    title: 'Gene des Netzwerks',
    lead: 'Die differentielle Expression umfasst jedes Gen der Datei; das Netzwerk wird unter den hier behaltenen Genen gelernt.',
    noData: 'Noch keine Gene',
    noDataText: 'Zuerst eine Tabelle öffnen; die Gene des Netzwerks werden hier gewählt.',
    loading: 'Die Gene werden aufgelistet',
    blocked: 'Die Gene können noch nicht gewählt werden',
    count: (kept, all) => `${formatCount(kept)} von ${formatNoun(all, 'Gen', 'Genen')} behalten`,
    save: 'Weggelassene Gene speichern (TSV)',
    howMany: 'Wie viele',
    number: 'Anzahl der Gene',
    automatic: 'Anzahl selbst wählen lassen',
    automaticHelp: 'Alle Gene einer Tabelle bis 200, sonst 50.',
    upTo: (most, limit) =>
      limit === 'file'
        ? `Die Datei hat ${formatNoun(most, 'brauchbares Gen', 'brauchbare Gene')}.`
        : `Bis zu ${formatCount(most)} passen in den Speicher dieses Rechners; bis 200 laufen gut.`,
    estimate: 'Ein Lauf mit dieser Anzahl',
    estimating: 'Wird geschätzt',
    noEstimate: 'Eine Schätzung kommt, sobald die Daten laufen können.',
    keep: 'Immer behalten',
    pinned: 'Angeheftete Gene',
    pinnedPlaceholder: 'Symbol, Alias, Ensembl-ID',
    pasteList: 'Liste einfügen…',
    pasteTitle: 'Gene, die in jedem Fall bleiben',
    pasteLabel: 'Namen, durch Kommas, Leerzeichen oder Zeilen getrennt',
    pasteSave: 'Nachschlagen',
    clearPinned: 'Alle lösen',
    targets: 'Bekannte Ziele',
    targetsNone: 'Keines ist genannt. Im Schritt Experimente genannte Ziele bleiben immer.',
    inExperiment: (gene, experiments) => `${gene}: ${experiments.join(', ')}`,
    pin: (gene) => `${gene} anheften`,
    unpin: (gene) => `${gene} lösen`,
    found: {
      title: 'Nachgeschlagen',
      pinned: (count) => `${geneCount(count)} angeheftet.`,
      by: {
        name: '',
        similar: 'andere Schreibweise',
        symbol: 'heutiges Symbol',
        previous: 'älteres Symbol',
        alias: 'Alias',
        ensembl: 'Ensembl',
        entrez: 'Entrez',
      },
      as: (query, gene, how) => `${query} ist ${gene} (${how})`,
      several: (query) => `${query} kann sein:`,
      known: (query, symbols) =>
        symbols.length === 1 && symbols[0] === query
          ? `${query} ist ein Gen, aber nicht in der Datei.`
          : `${query} ist ${symbols.join(' oder ')}; das ist nicht in der Datei.`,
      unknown: (query) => `${query} ist nicht in der Datei und kein bekannter Name.`,
    },
    rule: 'Wie sie gewählt werden',
    rules: [
      'Angeheftete Gene und bekannte Ziele, in jedem Fall.',
      'Transkriptionsfaktoren, die sich in einem Experiment verschieben, bis zu einem Fünftel.',
      'Gene mit der größten Verschiebung gegen die Kontrolle, bis zur Hälfte.',
      'Gene mit der größten Varianz, für den Rest.',
    ],
    ruleNever: 'Gene, die sich nie ändern, fast immer null sind oder Lücken haben, wählt die Regel nie.',
    table: 'Gene der Datei',
    gene: 'Gen',
    id: 'In der Datei',
    state: 'Stand',
    kept: 'Behalten',
    left: 'Weggelassen',
    why: 'Warum',
    shift: 'Verschiebung',
    shiftHelp:
      'Größte Verschiebung eines Experiments gegen die Kontrolle, durch die Streuung in den Experimenten plus deren Median',
    variance: 'Varianz',
    varianceHelp: 'Über alle Proben, auf der Skala der Analyse',
    show: 'Zeigen',
    filters: { all: 'Alle Gene', kept: 'Behalten', left: 'Weggelassen' },
    filter: 'Gen suchen',
    empty: 'Kein Gen passt.',
    named: 'Der Befehl nannte die Gene der Analyse; die Wahl hier ändert daran nichts.',
  },
}
