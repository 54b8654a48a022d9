import { explanationOf } from '../../../src-shared/domain/explanation'
import type { english } from '../english'
import { formatCount, formatNoun, formatPercent } from '../format'
import type { Translation } from '../translation'

type Words = Translation<typeof english>

/** German: what changed in an experiment, the check on the user's own data, copying. */
export const targets: Pick<Words, 'volcano' | 'honesty' | 'copying'> = {
  volcano: {
    title: 'Was sich änderte',
    loading: 'Wird gelesen, was sich änderte',
    none: 'Keine differentielle Expression: sie braucht eine Kontrolle und Replikate.',
    headline: (summary) => {
      const { changed, others } = summary
      if (changed === 0) return 'Kein Gen änderte sich.'
      const all = `${formatNoun(changed, 'Gen änderte', 'Gene änderten')} sich`
      const found = explanationOf(summary)
      const one = summary.targets.length === 1
      const who = one
        ? 'das direkte Ziel erklärt'
        : `${formatCount(summary.targets.length)} direkte Ziele erklären`
      const rest =
        others === 1 ? 'vom anderen Gen im Netzwerk' : `von den anderen ${formatCount(others)} im Netzwerk`
      switch (found.kind) {
        case 'unchanged':
        case 'not-fitted':
          return `${all}.`
        case 'no-target':
          return `${all}; kein sicheres Ziel, das ${changed === 1 ? 'es' : 'sie'} erklärt.`
        case 'alone':
          return `${all}; im Netzwerk außer ${one ? 'dem direkten Ziel' : 'den direkten Zielen'} keines.`
        case 'nothing':
          return `${all}; ${who} ${rest} nichts.`
        case 'little':
          return `${all}; ${who} ${rest} weniger als 1\u00A0%.`
        case 'share':
          return `${all}; ${who} ${rest} ${formatPercent(found.share)}.`
      }
    },
    label: (experiment, headline) => `Volcano-Plot von ${experiment}: ${headline}`,
    classes: {
      unchanged: 'unverändert',
      direct: 'direkt',
      downstream: 'nachgelagert',
      unexplained: 'unerklärt',
      outside: 'außerhalb des Netzwerks',
    },
    foldChange: { log2: 'log₂-Änderung', value: 'Änderung' },
    logP: '−log₁₀ p',
    adjusted: 'Adjustiertes p',
    explained: 'Die Änderung ist',
    asTable: 'Die am stärksten geänderten Gene als Tabelle',
    point: (gene, what, change, p) => `${gene}: ${what}, Änderung ${change}, adjustiertes p ${p}`,
    note: (level) =>
      `Geändert: adjustiertes p bis ${level}. Erklärt: der Anteil der quadrierten Verschiebungen der geänderten Gene des Netzwerks, auf den die Wirkungen der Ziele kommen.`,
  },
  honesty: {
    title: 'Prüfung an den eigenen Daten',
    check: 'Prüfung starten',
    checking: 'Prüfung läuft',
    lead: 'Beurteilt Kontrollproben, als wären sie ein Experiment (jedes Ziel, das dort genannt wird, ist ein Fehlalarm), und verdeckt bekannte Ziele, um zu sehen, ob sie wiedergefunden werden.',
    short: 'Fehlalarme auf der Kontrolle; bekannte Ziele verdeckt und wiedergefunden',
    needsSearch: 'Die Prüfung braucht die Mechanismen der vollen Suche.',
    alarms: (alarms, splits, count, fdr) =>
      `Fehlalarme: in ${formatCount(alarms)} von ${formatCount(splits)} zufälligen Ziehungen von ${formatNoun(count, 'Kontrollprobe', 'Kontrollproben')} wurde ein Gen bei ${fdr} FDR genannt.`,
    noTarget: (probability) => `P(kein Ziel) im Mittel ${probability}.`,
    noControl:
      'Fehlalarme lassen sich nicht zählen: es braucht mindestens dreimal so viele Kontrollproben, wie ein Experiment Proben hat.',
    noKnown:
      'Kein Ziel ist bekannt, also ließ sich keines verdecken. Bekannte Ziele unter Experimente nennen und neu rechnen, um zu sehen, ob sie gefunden werden.',
    recovered: (found, all, fdr) =>
      `Bekannte Ziele: ${formatCount(found)} von ${formatCount(all)} bei ${fdr} FDR wiedergefunden, als sie verdeckt waren.`,
    hidden: 'Verdecktes Ziel',
    rank: 'Rang',
    found: 'Gefunden',
    yes: 'ja',
    no: 'nein',
    note: 'Mit der geschlossenen Form und dem Netzwerk, wie es aus diesen Proben gelernt wurde; das begünstigt die Methode. Ziehungen teilen Proben. Batch-Effekte zwischen Experimenten werden nicht geprüft.',
  },
  copying: {
    menu: (what) => `Kopieren oder sichern: ${what}`,
    copyTable: 'Tabelle kopieren',
    png: 'Abbildung kopieren (PNG)',
    svg: 'Abbildung kopieren (SVG)',
    saveFigure: 'Abbildung sichern …',
    saveTsv: 'Ihre Daten sichern (TSV)',
    figureDialog: {
      title: 'Eine Abbildung sichern',
      figure: 'Abbildung',
      names: {
        network: 'Kausales Netzwerk',
        heatmap: 'Ziele nach Experiment',
        ranking: 'Rangliste eines Experiments',
        'predicted-observed': 'Vorhergesagte und beobachtete Verschiebungen',
        target: 'Belege für ein Ziel',
        volcano: 'Volcano-Plot',
        quality: 'Qualität der Proben',
        pca: 'Hauptkomponenten der Proben',
        correlation: 'Korrelation der Proben',
        reliability: 'Verlässlichkeitskurve',
        edge: 'Belege für eine Kante',
      },
      needs: { experiment: 'Experiment', gene: 'Gen', source: 'Ursache', target: 'Beeinflusstes Gen' },
      panel: 'Experimente',
      panelOf: (first, last) => `${formatCount(first)} bis ${formatCount(last)}`,
      format: 'Format',
      formats: {
        svg: 'SVG, Text bleibt Text',
        png: 'PNG, Bildpunkte',
        pdf: 'PDF, eine Seite',
        tsv: 'TSV, die Daten dahinter',
      },
      width: 'Breite in der Zeitschrift',
      widths: { '89mm': '89 mm, eine Spalte', '183mm': '183 mm, zwei Spalten' },
      resolution: 'Auflösung des PNG',
      dpi: (value) => `${formatCount(value)} dpi`,
      millimetres: (width, height) => `${width} × ${height} mm`,
      pixels: (width, height) => `${width} × ${height} Bildpunkte`,
      preview: 'Die Abbildung in ihrer Größe',
      drawing: 'Die Abbildung wird gezeichnet …',
      smallText:
        'Ihr kleinster Text hat weniger als 5 pt. Nehmen Sie das breitere Format oder weniger Kanten oder Gene.',
      tooLarge: 'Dieses Bild würde zu groß. Nehmen Sie eine geringere Auflösung, oder SVG oder PDF.',
      save: 'Sichern',
    },
    copyCitation: 'Zitat kopieren',
    table: (rows) => `${formatNoun(rows, 'Zeile', 'Zeilen')} kopiert.`,
    figure: 'Die Abbildung wurde kopiert.',
    citation: 'Das Zitat (BibTeX) wurde kopiert.',
    command: 'Der Befehl wurde kopiert. Er gehört in den Ordner der Datendateien.',
    commandOfResult: (file) =>
      `Der Befehl wurde kopiert. Er liest die Entscheidungen des Imports aus dem Ergebnis: das Ergebnis (JSON) als ${file} im Ordner der Datendateien speichern.`,
    commandFailed: 'Die Zwischenablage ist hier nicht verfügbar. Der Befehl: ',
    failed: 'Die Zwischenablage ist hier nicht verfügbar. Nichts wurde kopiert.',
  },
}
