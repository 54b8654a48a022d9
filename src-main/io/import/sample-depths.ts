/** Sum of the values and number of values above zero of each sample, gathered while another pass goes over the numbers. */
export class SampleDepths {
  /** [samples] */
  readonly totals: Float64Array
  /** [samples] */
  readonly detected: Int32Array

  constructor(samples: number) {
    this.totals = new Float64Array(samples)
    this.detected = new Int32Array(samples)
  }

  /** @param line values of one gene by sample of the file; @param samples those in use */
  addGene(line: Float64Array, samples: Int32Array): void {
    const { totals, detected } = this
    for (let at = 0; at < samples.length; at++) {
      const value = line[samples[at]!]!
      totals[at]! += value
      if (value > 0) detected[at]!++
    }
  }

  /** @param line values of one sample by gene of the file; @param at its position among those in use */
  addSample(line: Float64Array, genes: Int32Array, at: number): void {
    let total = 0
    let detected = 0
    for (let gene = 0; gene < genes.length; gene++) {
      const value = line[genes[gene]!]!
      total += value
      if (value > 0) detected++
    }
    this.totals[at] = total
    this.detected[at] = detected
  }
}
