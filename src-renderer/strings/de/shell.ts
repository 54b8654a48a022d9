import { formatCount, formatNoun } from '../format'
import type { Translation } from '../translation'
import type { english } from '../english'

type Words = Translation<typeof english>

/** German: the frame of the window, commands, start page, projects, preferences, help. */
export const shell: Pick<
  Words,
  | 'app'
  | 'menu'
  | 'commands'
  | 'palette'
  | 'start'
  | 'stoppedRun'
  | 'project'
  | 'about'
  | 'errors'
  | 'status'
  | 'preferences'
  | 'tour'
  | 'theme'
  | 'help'
  | 'undo'
> = {
  app: {
    name: 'MetaCaDI Desktop',
    back: 'Zurück',
    continue: 'Weiter',
    cancel: 'Abbrechen',
    close: 'Schließen',
    dismiss: 'Ausblenden',
    controls: {
      closeDialog: 'Diesen Dialog schließen',
      increase: 'Erhöhen',
      decrease: 'Verringern',
      loading: 'Lädt',
      noMatch: 'Nichts gefunden',
      noData: 'Nichts zu wählen',
      choose: 'Wählen',
    },
    details: 'Einzelheiten',
    tryAgain: 'Erneut versuchen',
    open: 'Öffnen…',
    loading: 'Wird geladen',
    none: 'keine',
    steps: { import: 'Import', experiments: 'Experimente', quality: 'QC', genes: 'Gene', run: 'Lauf' },
    stepsLabel: 'Schritte',
    stepActions: 'Zum nächsten Schritt',
    edited: 'geändert',
    edits: (count) => formatNoun(count, 'Änderung', 'Änderungen'),
    skip: 'Zum Hauptbereich springen',
    results: 'Ergebnisse',
  },
  menu: {
    label: 'Menüleiste',
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    analysis: 'Analyse',
    help: 'Hilfe',
  },
  commands: {
    start: 'Startseite',
    newProject: 'Neues Projekt',
    save: 'Speichern',
    saveAs: 'Speichern unter…',
    open: 'Öffnen…',
    openExample: 'Beispiel ausprobieren',
    undo: 'Rückgängig',
    redo: 'Wiederherstellen',
    undoNamed: (label) => `Rückgängig: ${label}`,
    redoNamed: (label) => `Wiederherstellen: ${label}`,
    import: 'Daten',
    experiments: 'Experimente',
    quality: 'Qualität der Proben',
    genes: 'Gene des Netzwerks',
    run: 'Starten',
    runSettings: 'Einstellungen des Laufs…',
    cancel: 'Lauf abbrechen',
    finish: 'Ergebnis bis hierher verwenden',
    find: 'Suchen',
    exportReport: 'HTML-Bericht speichern',
    exportEdges: 'Kanten speichern (TSV)',
    exportTargets: 'Ziele speichern (TSV)',
    exportResult: 'Ergebnis speichern (JSON)',
    network: 'Netzwerk zeigen',
    targets: 'Ziele zeigen',
    constraints: 'Bedingungen zeigen',
    whatIf: '„Was wäre, wenn“ zeigen',
    next: 'Nächstes Experiment zeigen',
    table: 'Tabelle ein- oder ausklappen',
    copyCommand: 'Befehl für die Kommandozeile kopieren',
    copyCitation: 'Zitat kopieren',
    saveFigure: 'Abbildung speichern …',
    data: 'Daten zeigen',
    report: 'Bericht zeigen',
    themeSystem: 'Farben: wie das System',
    themeLight: 'Farben: hell',
    themeDark: 'Farben: dunkel',
    help: 'Hilfe und Tasten',
    about: 'Über dieses Programm',
    paper: 'Artikel öffnen (arXiv)',
    preferences: 'Voreinstellungen…',
    tour: 'Rundgang durch die Ergebnisse',
    nextPanel: 'Nächster Bereich',
    newExperiment: 'Neues Experiment hinzufügen…',
  },
  palette: {
    label: 'Gene, Kanten, Experimente und Befehle suchen',
    placeholder: 'Gen, Kante (TP53 → MDM2), Experiment, Lauf oder Befehl',
    empty: (query) => `Nichts heißt '${query}'.`,
    gene: 'Gen',
    experiment: 'Experiment',
    run: 'Lauf',
    example: 'Beispiel',
    chosen: 'gewählt',
    showRun: (run) => `${run} zeigen`,
    compareWith: (run) => `Mit ${run} vergleichen`,
    saveAs: (format) => `Speichern als: ${format}`,
    openExample: (title) => `Beispiel öffnen: ${title}`,
  },
  start: {
    title: 'Welche Gene hat jedes Experiment direkt getroffen?',
    lead: 'Expressionstabellen hinein; ein kausales Netzwerk und Wahrscheinlichkeiten für Ziele heraus. Alles bleibt auf diesem Computer.',
    drop: 'Expressionstabellen hier ablegen',
    dropFormats:
      'Texttabellen, Excel, AnnData (.h5ad), 10x- und GEO-Dateien, auch als .gz; oder ein Projekt, ein Bericht, ein result.json',
    dropAnywhere: 'Zum Öffnen ablegen',
    dropResults: 'Ablegen: als neues Experiment verwenden oder öffnen',
    choose: 'Dateien wählen…',
    example: 'Beispiel',
    exampleFacts: (genes, environments, samples) =>
      `${formatNoun(genes, 'Gen', 'Gene')} · ${formatNoun(environments, 'Experiment', 'Experimente')} · ${formatNoun(samples, 'Probe', 'Proben')}`,
    runExample: 'Selbst rechnen',
    lookAtData: 'Daten ansehen',
    otherExamples: 'Weitere Beispiele',
    recent: 'Letzte Ergebnisse',
    recentEmpty: 'Ergebnisse erscheinen hier nach dem ersten Lauf oder wenn ein result.json geöffnet wurde.',
    recentWhen: 'Fertig',
    examplesLoading: 'Beispiele werden gesucht',
    examplesFailed: 'Eigene Tabellen lassen sich trotzdem öffnen.',
    noExamples: 'Dieser Fassung liegt kein Beispiel bei.',
  },
  stoppedRun: {
    title: (percent) => `Ein Lauf mit diesen Daten blieb bei ${percent}\u00A0% stehen.`,
    explanation:
      'Seine Arbeit bis dahin ist aufgehoben. Er geht mit denselben Daten, Einstellungen und demselben Seed weiter.',
    resume: 'Fortsetzen',
    discard: 'Vergessen',
  },
  project: {
    none: 'Kein Projekt ist offen',
    kept: 'Aufgehoben',
    keptAt: (time) => `aufgehoben ${time}`,
    savedAt: (time) => `gespeichert ${time}`,
    notKept: 'Die Arbeit wird nicht aufgehoben',
    notKeptText: (reason) =>
      `${reason} Bei der nächsten Änderung wird es wieder versucht; das Projekt inzwischen speichern.`,
    keptHelp:
      'Jede Änderung wird sofort auf diesem Computer aufgehoben und übersteht einen Absturz. Speichern schreibt sie in eine Projektdatei.',
    edited: 'nicht gespeichert',
    saved: (name) => `${name} wurde gespeichert.`,
    downloaded: (name) => `${name} wurde dem Browser übergeben.`,
    opening: (name) => `${name} wird geöffnet`,
    readOnly: {
      'newer-version':
        'Dieses Projekt wurde von einer neueren Version von MetaCaDI gespeichert. Gezeigt wird, was diese Version versteht; unter anderem Namen speichern.',
      locked:
        'Dieses Projekt ist anderswo offen. Ansehen und Ändern ist möglich; unter anderem Namen speichern.',
      folder: 'In den Ordner dieses Projekts kann nicht geschrieben werden. An einem anderen Ort speichern.',
      damaged: 'Teile dieses Projekts konnten nicht gelesen werden. Den Rest unter anderem Namen speichern.',
      report: 'Aus einem Bericht wiederhergestellt. Zum Weiterarbeiten als Projekt speichern.',
      changed:
        'Die Datei dieses Projekts wurde anderswo geändert, während diese Arbeit nicht gespeichert war. Unter anderem Namen speichern; dann die Datei öffnen und die Änderungen ansehen.',
    },
    lockedBy: (who, since) => `Offen bei ${who} seit ${since}.`,
    takeOver: 'Übernehmen',
    saveAs: 'Speichern unter…',
    recoveryTitle: (time) => `Änderungen von ${time} wurden nicht gespeichert.`,
    recoveryText: 'Sie wurden aufgehoben, als das Programm endete.',
    recover: 'Zeigen',
    discardRecovery: 'Verwerfen',
    recent: 'Letzte Projekte',
    recentEmpty: 'Projekte erscheinen hier, sobald eine Tabelle oder ein Beispiel offen ist.',
    recentLoading: 'Frühere Projekte werden gesucht',
    recentFailed: 'Nichts davon ist verloren. Eine Projektdatei lässt sich von Hand öffnen.',
    recentName: 'Projekt',
    recentRuns: 'Läufe',
    recentWhen: 'Geändert',
    recentState: 'Datei',
    unsaved: 'nicht gespeichert',
    openElsewhere: 'offen',
    fileState: { changed: 'anderswo geändert', gone: 'Datei ist weg' },
    forget: (name) => `${name} von der Liste nehmen`,
    forgetTitle: 'Ungespeicherte Arbeit verwerfen?',
    forgetText: (name) =>
      `${name} wurde nie in einer Datei gespeichert. Daten, Läufe und Notizen werden gelöscht.`,
    forgetYes: 'Löschen',
    keep: 'Behalten',
  },
  about: {
    purpose: 'Kausale Gennetzwerke und direkte Ziele von Experimenten, allein auf diesem Computer.',
    version: 'Version',
    engine: 'Rechenkern',
    memory: 'Speicher',
    memoryOf: (free, total) => `${free} von ${total} frei`,
    model: 'Gelerntes Modell',
    modelVersion: (version) => version,
    noModel: 'nicht vorhanden',
    provider: 'Es läuft auf',
    providers: { cpu: 'CPU', cuda: 'GPU (CUDA)' },
    refused: (provider, reason) => `${provider} wird nicht verwendet: ${reason}`,
    licence: 'Apache License 2.0. Die Lizenzen der mitgelieferten Bibliotheken stehen in THIRD-PARTY.md.',
  },
  errors: {
    titles: {
      INVALID_PARAMS: 'Eine Einstellung ist nicht gültig',
      DATA_FORMAT: 'Die Datei kann nicht gelesen werden',
      DATA_AMBIGUOUS: 'Eine Wahl ist nötig',
      DATA_INSUFFICIENT: 'Die Daten reichen nicht aus',
      NUMERIC_FAILURE: 'Die Rechnung ergab keine Zahl',
      MODEL_UNAVAILABLE: 'Das gelernte Modell ist nicht verfügbar',
      RESOURCE_LIMIT: 'Zu groß für diesen Computer',
      FILE_ACCESS: 'Die Datei kann nicht geöffnet werden',
      CANCELLED: 'Abgebrochen',
      DISCONNECTED: 'Der Rechenkern ist nicht verbunden',
      INTERNAL: 'Im Programm ging etwas schief',
    },
    uploadFailed: (name) =>
      `${name} konnte nicht an den Rechenkern geschickt werden. Nichts wurde importiert. Prüfen, ob das Programm noch läuft.`,
    uploadRefused: (name) => `${name} wurde abgelehnt. Nichts wurde importiert. Eine andere Datei wählen.`,
    disconnected: 'Der Rechenkern ist nicht verbunden',
    disconnectedText:
      'Er wird neu gestartet; was zu sehen ist, bleibt so. Unterbrochene Läufe können fortgesetzt werden.',
    hostGoneText:
      'Das Fenster verbindet sich von selbst wieder, und was zu sehen ist, bleibt so. Wurde MetaCaDI beendet: neu starten und die angezeigte Adresse öffnen; die Arbeit ist aufgehoben, unterbrochene Läufe können fortgesetzt werden.',
    reconnect: 'Jetzt verbinden',
    unexpected:
      'Ein unerwarteter Fehler hat diesen Schritt beendet. Daten und frühere Ergebnisse sind unverändert.',
    exportFailed: 'Nichts wurde gespeichert.',
  },
  status: {
    label: 'Status',
    outside: (count) =>
      count === 0 ? '0 Anfragen nach außen' : formatNoun(count, 'Anfrage nach außen', 'Anfragen nach außen'),
    outsideHelp: 'Anfragen dieses Fensters an andere Computer, gezählt seit es offen ist.',
    connected: 'Rechenkern bereit',
    connecting: 'Rechenkern wird verbunden',
    lost: 'Rechenkern nicht verbunden',
    seed: (seed) => `Seed ${seed}`,
    engine: (threads, kernel) => `${formatNoun(threads, 'Thread', 'Threads')} · ${kernel}`,
    model: (version, provider) => `Modell ${version.slice(0, 7)} · ${provider}`,
    noModel: 'Kein gelerntes Modell',
    job: (name, percent) => `${name} · ${percent}`,
  },
  preferences: {
    title: 'Voreinstellungen',
    language: 'Sprache',
    languageHelp:
      'Berichte, Exporte und die Befunde des Imports sind in jeder Sprache englisch, damit Dateien vergleichbar bleiben.',
    motion: 'Bewegung',
    motions: { system: 'Wie das System', reduced: 'Verringert' },
    threads: 'Threads eines Laufs',
    threadsHelp: (cores) =>
      cores > 0
        ? `0 = einer je Kern (hier ${cores}). Ergebnisse hängen nicht davon ab.`
        : '0 = einer je Kern. Ergebnisse hängen nicht davon ab.',
    provider: 'Das gelernte Modell läuft auf',
    providers: { auto: 'Automatisch', cpu: 'CPU', cuda: 'GPU (CUDA)' },
    providerHelp:
      'Automatisch: eine NVIDIA-Karte, wo sie funktioniert, sonst die CPU. Eine andere Wahl kann die letzten Stellen ändern.',
    providerUsed: (name) => `Jetzt: ${name}.`,
  },
  tour: {
    of: (step, all) => `Rundgang, ${step} von ${all}.`,
    steps: [
      'Jeder Pfeil ist eine direkte Wirkung mit ihrer Wahrscheinlichkeit: je breiter, desto wahrscheinlicher. Ein Klick zeigt rechts die Proben dahinter.',
      'R fordert die gewählte Kante, X verbietet sie. Der nächste Lauf hält sich daran, und Strg+Z nimmt es zurück.',
      'Umrandete Felder sind Gene, die ein Experiment direkt getroffen hat. Alles andere, was sich bewegt hat, folgt nur.',
      'Der Bericht sagt all das in Worten und Bildern und lässt sich in diesem Programm wieder öffnen.',
    ],
    next: 'Weiter',
    skip: 'Rundgang überspringen',
    done: 'Fertig',
  },
  theme: { label: 'Farben', system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  help: {
    title: 'Hilfe und Tasten',
    reading: 'So liest man die Ergebnisse',
    points: [
      'Eine Wahrscheinlichkeit sagt, wie weit man nach den Daten glauben darf, dass eine Kante oder ein direkter Treffer echt ist.',
      'Ein direktes Ziel ist ein Gen, dessen eigener Mechanismus sich in einem Experiment geändert hat; Gene, die nur folgen, sind keine Ziele.',
      'Die FDR der Liste ist der erwartete Anteil falscher Einträge, wenn die Liste an dieser Zeile endet.',
      '„Kein sicheres Ziel“ ist eine Antwort: die Daten heben kein Gen heraus. Die obersten Gene sind Hinweise.',
      'Effekte stehen in Standardabweichungen der Kontrolle. Breite Intervalle bedeuten wenige Proben.',
    ],
    shortcuts: 'Tasten',
    method: 'So wird gerechnet',
    methodHelp:
      'Die Zahlen sind die Abschnitte von docs/method.md; dort stehen Formeln, Messungen und Grenzen.',
    methodNotes: {
      1: 'Geschlossene Form. Für jedes Gen und jede kleine Menge möglicher Ursachen: Wie wahrscheinlich sind seine Proben in jedem Experiment, wenn sein Mechanismus unverändert, verschoben oder ersetzt ist? Exakt, ohne Simulation.',
      2: 'Suche. Netzwerke ohne Kreise werden danach gewichtet: bis 16 Gene alle Reihenfolgen, darüber gezogene, in unabhängigen Ketten. Wahrscheinlichkeiten sind Anteile des Gewichts; es gibt nicht das eine beste Netzwerk.',
      3: 'Gelerntes Netz. Nur an simulierten Studien trainiert. Es liest Kennzahlen der Daten und antwortet in einer Sekunde; keine Probe verlässt diesen Computer.',
      4: 'Kombination. Beide Antworten werden nach einer angepassten Regel verbunden und an zurückgehaltenen simulierten Studien kalibriert. Beide bleiben sichtbar; wo sie sich widersprechen, ist das markiert.',
      5: 'Bedingungen gelten exakt: Eine verbotene Kante hat Wahrscheinlichkeit 0, eine geforderte 1. Die Kosten sagen, wie sehr die Daten dagegen sprechen.',
      6: 'Genauer hinsehen. Welche Probe eine Antwort entscheidet, vertauschte Proben, Was wäre wenn, woher eine Änderung kommt, welches Gen als nächstes: mit der geschlossenen Form und dem gelernten Netzwerk.',
      7: 'Differentielle Expression. Moderierter t-Test gegen die Kontrolle für jedes Gen der Datei, Benjamini–Hochberg je Experiment; der erklärte Anteil folgt dem Netzwerk mit mittleren Steigungen.',
      8: 'Qualität. Proben werden an ihren Replikaten gemessen; Markierungen sind Hinweise, nichts wird von selbst weggelassen.',
    },
    settings: 'Einstellungen',
    graphKeys: [
      { keys: '↑ ↓ ← →', label: 'Kanten im Netzwerk folgen, in Heatmap und Tabellen bewegen' },
      { keys: 'Enter', label: 'Ansehen' },
      {
        keys: 'R  X',
        label: 'Gewählte Kante fordern oder verbieten, oder zurücknehmen; auch in ihrer Tabelle',
      },
      { keys: 'N  H', label: 'Notiz zur gewählten Kante oder zum Gen, gewählte Gene ausblenden' },
      { keys: 'Leertaste  Ctrl+A', label: 'Gen mit anderen wählen, alle Gene wählen' },
      { keys: 'Shift+Pfeiltaste', label: 'Gewählte Gene verschieben' },
      { keys: 'Shift+F10', label: 'Menü der gewählten Kante, des Gens oder des Netzwerks' },
      { keys: '+ − 0', label: 'Vergrößern, verkleinern, einpassen' },
      { keys: 'Shift+F6', label: 'Voriger Bereich' },
      { keys: '→ Esc', label: 'In die gewählte Zeile einer Tabelle, und zurück zu den Zeilen' },
    ],
  },
  undo: {
    require: (source, target) => `${source} → ${target} fordern`,
    forbid: (source, target) => `${source} → ${target} verbieten`,
    free: (source, target) => `Bedingung an ${source} → ${target} entfernen`,
    known: (experiment) => `Bekannte Ziele von ${experiment} setzen`,
    knownMany: (count) => `Bekannte Ziele von ${formatNoun(count, 'Experiment', 'Experimenten')} setzen`,
    setting: (label) => `${label} ändern`,
    resetSettings: 'Einstellungen zurücksetzen',
    option: (label) => `${label} ändern`,
    control: (name) => `${name} als Kontrolle verwenden`,
    noControl: 'Keine Kontrolle verwenden',
    controlGroup: (experiment) => `Kontrolle von ${experiment} ändern`,
    controlGroups: 'Verwendung der Kontrollen ändern',
    direction: (experiment) => `Richtung von ${experiment} ändern`,
    exclude: (sample) => `${sample} weglassen`,
    include: (sample) => `${sample} aufnehmen`,
    geneCount: 'Anzahl der Gene ändern',
    pin: (genes) =>
      genes.length === 1 ? `${genes[0]!} anheften` : `${formatNoun(genes.length, 'Gen', 'Gene')} anheften`,
    unpin: (genes) =>
      genes.length === 1 ? `${genes[0]!} lösen` : `${formatNoun(genes.length, 'Gen', 'Gene')} lösen`,
    move: (count, to) => `${formatNoun(count, 'Probe', 'Proben')} zu ${to} verschieben`,
    leaveOut: (count) => `${formatNoun(count, 'Probe', 'Proben')} weglassen`,
    discard: (edits, run) => `${formatNoun(edits, 'Änderung', 'Änderungen')} seit ${run} verwerfen`,
    revert: (run) => `Zu ${run} zurückkehren`,
    repair: (label) => `Reparatur „${label}“ anwenden`,
    unrepair: (label) => `Reparatur „${label}“ zurücknehmen`,
    stoppedRun: 'Einstellungen des stehen gebliebenen Laufs übernehmen',
    safeRepairs: 'Alle sicheren Reparaturen anwenden',
    threshold: 'Schwelle der Wahrscheinlichkeit ändern',
    place: (gene) => `${gene} verschieben`,
    placeMany: (count) => `${formatNoun(count, 'Gen', 'Gene')} verschieben`,
    layout: (layout) =>
      ({
        layered: 'In Schichten anordnen',
        force: 'Nach Kräften anordnen',
        concentric: 'In Kreisen anordnen',
      })[layout],
    hide: (genes) =>
      genes.length === 1 ? `${genes[0]!} ausblenden` : `${formatCount(genes.length)} Gene ausblenden`,
    show: (gene) => `${gene} zeigen`,
    showAll: 'Ausgeblendete Gene zeigen',
    group: (name) => `Als „${name}“ gruppieren`,
    ungroup: (name) => `Gruppe „${name}“ auflösen`,
    renameGroup: (name) => `Gruppe in „${name}“ umbenennen`,
    top: 'Zahl der gezeigten Kanten ändern',
    nodeSize: 'Größe der Gene ändern',
    reverse: (source, target) => `${source} → ${target} umkehren`,
    tierOf: (genes, tier) =>
      genes.length === 1
        ? `${genes[0]!} in Stufe ${tier} legen`
        : `${formatCount(genes.length)} Gene in Stufe ${tier} legen`,
    noTier: (genes) =>
      genes.length === 1
        ? `${genes[0]!} aus der Stufe nehmen`
        : `${formatCount(genes.length)} Gene aus den Stufen nehmen`,
    end: (kind, genes) =>
      genes.length === 1
        ? `${genes[0]!} als ${kind === 'root' ? 'Wurzel' : 'Blatt'} kennzeichnen`
        : `${formatCount(genes.length)} Gene als ${kind === 'root' ? 'Wurzeln' : 'Blätter'} kennzeichnen`,
    notEnd: (kind, genes) =>
      genes.length === 1
        ? `${genes[0]!} nicht mehr als ${kind === 'root' ? 'Wurzel' : 'Blatt'} kennzeichnen`
        : `${formatCount(genes.length)} Gene nicht mehr als ${kind === 'root' ? 'Wurzeln' : 'Blätter'} kennzeichnen`,
    renameRun: (before, now) => `${before} in ${now} umbenennen`,
    unnameRun: (before) => `Namen ${before} entfernen`,
    deleteRun: (name) => `${name} löschen`,
    reuseSettings: (name) => `Einstellungen von ${name} übernehmen`,
    addNote: (what) => `Notiz zu ${what} schreiben`,
    editNote: (what) => `Notiz zu ${what} ändern`,
    removeNote: (what) => `Notiz zu ${what} entfernen`,
  },
}
