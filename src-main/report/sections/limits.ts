import { html, type Markup } from '../markup'
import type { ReportContext } from './section'

/** What the reader must know before relying on a number; sentences that do not apply to the run are left out. */
export function limitsSection({ result, findings }: ReportContext): Markup {
  const learned = result.model !== null
  const noisy = result.diagnostics.preset === 'noisy-counts'
  const sentences = [
    'A probability is the answer of a model: additive noise, no feedback loops, and every common cause measured. Where these do not hold it can be too high. Treat a target as a hypothesis to confirm, not as a proof.',
    ...(learned
      ? [
          'The learned network knows simulated studies only. Where real data differ from all of them, its probabilities can be wrong in ways that no simulation shows; the closed form, given beside it, does not share that limit.',
        ]
      : []),
    'Only measured genes can be reported. A target that is not in the data appears, if at all, as a hit on the genes it controls.',
    'A gene just below a true target can look like a second target when its response is weaker or stronger than the model expects.',
    'The experiments are treated as independent of each other. Batch effects that differ between control and experiment look like hits on many genes.',
    noisy
      ? 'These are noisy counts. With few cells per experiment and many zeros, direct hits are hard to see; a missing target means little.'
      : 'On single-cell counts with many zeros, direct hits are much harder to see than on bulk data.',
    findings.controlSamples === 0
      ? 'Without control samples the unperturbed state is inferred from all experiments together.'
      : 'The control samples define the unperturbed state; control samples that differ from the experiments in another way mislead every list.',
    'Direction of an edge comes from perturbations and from the shape of the relation; edges between genes that no experiment perturbs are the least certain ones.',
  ]
  return html`<ul>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    <h3>What comes from the paper and what from this software</h3>
    <p>
      From the MetaCaDI paper: the joint search for one causal network and for unknown intervention targets
      over many experiments, as a Bayesian few-shot task with adaptation in closed form, learned over many
      studies in advance. Own design of this software: the features, the closed-form evidence of the cases
      “unchanged”, “shifted”, “noise changed” and “replaced”, the search over orders of genes, the network
      with the studies it is trained on, the combination of both, the prior on the number of targets, and
      every constant. The formulas are in the method page of the software; figures published for the paper’s
      method say nothing about this one.
    </p> `
}
