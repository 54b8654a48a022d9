/** One object per screen: tests speak of what a person does; roles and labels stay here. */
import type { Locator, Page } from '@playwright/test'

export class StartPage {
  readonly title: Locator
  constructor(private readonly page: Page) {
    this.title = page.getByRole('heading', { name: 'Which genes did each experiment hit directly?' })
  }
  runExample = (): Promise<void> => this.page.getByRole('button', { name: 'Run it yourself' }).click()
  lookAtExample = (): Promise<void> => this.page.getByRole('button', { name: 'Look at the data' }).click()
  chooseFiles = (): Promise<void> => this.page.getByRole('button', { name: 'Choose files…' }).click()
  recent = (name: string | RegExp): Locator => this.page.getByRole('row', { name })
}

export class ImportPage {
  readonly checks: Locator
  readonly error: Locator
  readonly continue: Locator
  constructor(private readonly page: Page) {
    this.checks = page.getByRole('heading', { name: 'Import Doctor' })
    this.error = page.getByRole('alert')
    this.continue = page.getByRole('button', { name: 'Continue' })
  }
  /** One of the steps above the screen. */
  step = (name: string): Promise<void> =>
    this.page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(`${name}$`) })
      .click()
  finding = (text: string | RegExp): Locator => this.page.getByRole('listitem').filter({ hasText: text })
  settle = (name: string | RegExp): Promise<void> => this.page.getByRole('button', { name }).click()
  async override(chip: string, choice: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${chip}`) }).click()
    await this.page.getByRole('menuitem', { name: choice, exact: true }).click()
  }
  chip = (name: string): Locator => this.page.getByRole('button', { name: new RegExp(`^${name}`) })
}

export class ExperimentsPage {
  readonly title: Locator
  readonly samples: Locator
  constructor(private readonly page: Page) {
    this.title = page.getByRole('heading', { name: 'Experiments', exact: true })
    this.samples = page.getByRole('grid', { name: 'Samples' })
  }
  row = (experiment: string): Locator => this.page.getByRole('row', { name: new RegExp(`^${experiment} `) })
  moveSample = (sample: string, experiment: string): Promise<unknown> =>
    this.page.getByLabel(`Experiment of ${sample}`, { exact: true }).selectOption({ label: experiment })
  setKnown = (experiment: string, what: string): Promise<unknown> =>
    this.page.getByLabel(`What is known about the targets of ${experiment}`).selectOption({ label: what })
  async nameTarget(experiment: string, gene: string): Promise<void> {
    const picker = this.page.getByRole('combobox', { name: `Known target genes of ${experiment}` })
    await picker.press('Enter')
    await picker.pressSequentially(gene)
    await this.page.getByRole('option', { name: gene, exact: true }).click()
    await this.page.keyboard.press('Escape')
  }
}

export class QualityPage {
  readonly plots: Locator
  readonly samples: Locator
  readonly excluded: Locator
  constructor(private readonly page: Page) {
    this.plots = page.getByRole('img', { name: /first two principal components/ })
    this.samples = page.getByRole('grid', { name: 'Samples' })
    this.excluded = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Include/ }) })
  }
  target = (gene: string): Locator =>
    this.page.getByRole('region', { name: 'Known targets' }).getByRole('row').filter({ hasText: gene })
  async leaveOut(sample: string, reason: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Find a sample' }).fill(sample)
    await this.page.getByRole('button', { name: `Leave out ${sample}`, exact: true }).click()
    const dialog = this.page.getByRole('dialog', { name: `Leave out ${sample}` })
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await dialog.getByRole('button', { name: 'Leave out', exact: true }).click()
  }
}

export class GenesPage {
  readonly kept: Locator
  readonly answer: Locator
  readonly table: Locator
  constructor(private readonly page: Page) {
    this.kept = page.getByText(/^\d+ of \d+ genes kept$/)
    this.answer = page.getByRole('region', { name: 'Always keep' }).getByRole('status')
    this.table = page.getByRole('grid', { name: 'Genes of the file' })
  }
  row = (gene: string): Locator =>
    this.table.getByRole('row').filter({ has: this.page.getByRole('gridcell', { name: gene, exact: true }) })
  async keep(list: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Paste a list…' }).click()
    await this.page.getByRole('textbox', { name: /^Names, separated/ }).fill(list)
    await this.page.getByRole('button', { name: 'Look them up' }).click()
  }
  async setNumber(count: number): Promise<void> {
    const field = this.page.getByRole('spinbutton', { name: 'Number of genes' })
    await field.fill(String(count))
    await field.press('Enter')
  }
}

export class RunPage {
  readonly title: Locator
  readonly progress: Locator
  readonly estimate: Locator
  /** the offer to go on with a run that was cut off */
  readonly stopped: Locator
  constructor(private readonly page: Page) {
    this.title = page.getByRole('heading', { name: 'Run', exact: true })
    this.stopped = page.getByRole('status').filter({ hasText: /A run of these data stopped at \d+\s%/ })
    this.progress = page.getByRole('progressbar', { name: 'Progress of the run' })
    this.estimate = page.getByText(/of memory/)
  }
  method = (name: string): Locator => this.page.getByRole('radio', { name: new RegExp(`^${name}`) })
  start = (): Promise<void> =>
    this.page
      .getByRole('main')
      .getByRole('button', { name: /^(Run|Re-run)$/ })
      .click()
  resume = (): Promise<void> => this.stopped.getByRole('button', { name: 'Resume' }).click()
  cancel = (): Promise<void> => this.page.getByRole('main').getByRole('button', { name: 'Cancel' }).click()
  async setSweeps(count: number): Promise<void> {
    await this.page.getByRole('button', { name: 'Advanced' }).click()
    const field = this.page.getByRole('spinbutton', { name: 'Sweeps per chain' })
    await this.page.getByRole('checkbox', { name: 'Automatic: Sweeps per chain' }).uncheck()
    await field.fill(String(count))
    await field.press('Enter')
  }
}

export class ResultsPage {
  readonly edges: Locator
  readonly targets: Locator
  readonly heatmap: Locator
  readonly canvas: Locator
  readonly inspector: Locator
  readonly project: Locator
  /** the notice above an instant answer while the full search goes on */
  readonly searching: Locator
  constructor(private readonly page: Page) {
    this.edges = page.getByRole('grid', { name: 'Edges' })
    this.targets = page.getByRole('grid', { name: 'Targets' })
    this.heatmap = page.getByRole('grid', { name: /Probability of being a direct target/ })
    this.canvas = page.getByRole('application', { name: /Causal network/ })
    this.inspector = page.getByRole('complementary', { name: 'Inspector' })
    this.project = page.getByRole('navigation', { name: 'Project' })
    this.searching = page.getByText(/the full search is running/)
  }
  tab = (name: string): Promise<void> =>
    this.page.getByRole('tablist', { name: 'Views of the result' }).getByRole('tab', { name }).click()
  /** Selects a gene by the finder of the network. */
  async find(gene: string): Promise<void> {
    const finder = this.page.getByRole('combobox', { name: 'Find a gene' })
    await finder.press('Enter')
    await finder.pressSequentially(gene)
    await this.page.getByRole('option', { name: gene, exact: true }).click()
  }
  /** Where a gene is drawn: its context menu opens there. */
  async placeOf(gene: string): Promise<{ x: number; y: number }> {
    await this.find(gene)
    await this.canvas.focus()
    await this.page.keyboard.press('Shift+F10')
    const menu = this.page.getByRole('menu', { name: `Gene ${gene}` })
    const { x, y } = (await menu.boundingBox())!
    await this.page.keyboard.press('Escape')
    await menu.waitFor({ state: 'hidden' })
    return { x, y }
  }
  row = (table: Locator, index: number): Locator => table.getByRole('row').nth(index)
  press = (name: string): Promise<void> => this.page.getByRole('button', { name, exact: true }).click()
  stale = (): Locator => this.page.getByText(/Results are from before/)
  rerun = (): Promise<void> => this.page.getByRole('button', { name: 'Re-run' }).click()
  /** Downloads through the report tab. */
  async save(item: string): Promise<{ name: string; text: string }> {
    // The first report of a result checks the method on the study's own control: seconds of work on two cores.
    const download = this.page.waitForEvent('download', { timeout: 40_000 })
    if (item === 'Save HTML report') await this.press(item)
    else {
      await this.press('Save as')
      await this.page.getByRole('menuitem', { name: item }).click()
    }
    const saved = await download
    const chunks: Buffer[] = []
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer)
    return { name: saved.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') }
  }
}
