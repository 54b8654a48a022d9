import type { english } from '../english'
import type { Translation } from '../translation'

export const settings: Pick<Translation<typeof english>, 'settings'> = {
  settings: {
    mode: {
      label: 'Methode',
      help: 'Vollständig: geschlossene Evidenz, das gelernte Netz und beides verbunden. Sofort: das Netz allein, in unter einer Sekunde, ohne Evidenzansichten. Geschlossene Form: exakte analytische Evidenz und eine Posterior-Verteilung über Graphen, nichts davon aus Simulationen gelernt.',
      choices: { full: 'Vollständig', instant: 'Sofort', 'closed-form': 'Geschlossene Form' },
    },
    preset: {
      label: 'Art der Daten',
      help: 'Verrauschte Zählwerte: Messrauschen wird in jedem Gen erwartet (Einzelzell-Zählungen, viele Nullen). Automatisch entscheidet nach dem Anteil gleicher Werte.',
      choices: {
        auto: 'Automatisch',
        clean: 'Sauber (Bulk, Arrays, logarithmiert)',
        'noisy-counts': 'Verrauschte Zählwerte',
      },
    },
    seed: {
      label: 'Startwert',
      help: 'Dieselben Daten, Einstellungen und derselbe Startwert geben auf jedem Computer und mit jeder Zahl von Threads dasselbe Ergebnis.',
      choices: {},
    },
    maxParents: {
      label: 'Direkte Ursachen je Gen, höchstens',
      help: 'Größte Menge von Ursachen, die betrachtet wird. Automatisch: 4 bis zu 20 Genen, sonst 3.',
      choices: {},
    },
    candidates: {
      label: 'Mögliche Ursachen je Gen',
      help: 'Wie viele Gene nach der Vorauswahl als mögliche Ursachen eines Gens bleiben. Mehr ist langsamer und gründlicher.',
      choices: {},
    },
    chains: {
      label: 'Ketten',
      help: 'Voneinander unabhängige Suchen. Wie gut sie übereinstimmen, steht im Ergebnis.',
      choices: {},
    },
    sweeps: {
      label: 'Durchläufe je Kette',
      help: 'Länge jeder Suche. Automatisch richtet sich nach der Zahl der Gene.',
      choices: {},
    },
    evidenceWeight: {
      label: 'Gewicht der Evidenz (α)',
      help: 'Unter 1 schützt vor zu großer Sicherheit, wenn das Modell die Daten nicht genau trifft.',
      choices: {},
    },
    targetsPrior: {
      label: 'Zahl der Ziele je Experiment',
      help: 'Gelernt: aus allen Experimenten der Studie geschätzt. Unabhängig: jedes Gen für sich. Mindestens eines: jedes Experiment hat ein Ziel.',
      choices: {
        learned: 'Aus der Studie gelernt',
        independent: 'Unabhängig',
        'at-least-one': 'Mindestens eines',
      },
    },
    fdr: {
      label: 'Falscherkennungsrate der Zielliste',
      help: 'Wo die Liste der Ziele endet.',
      choices: {},
    },
  },
}
