/**
 * Who may import whom: the table of docs/architecture.md as data. `eslint.config.js` turns it into rules and
 * `test/tooling/import-rules.test.ts` proves for every row that the rules bite.
 *
 * `elements`: other parts of this project. `packages`: npm packages. `node`: Node's own modules.
 * A part may always import itself, except `feature`: features never import each other.
 */

/** The first pattern that matches a file names its part. Patterns are folders from the project root. */
export const PARTS = [
  { type: 'domain', pattern: 'src-shared/domain' },
  { type: 'contract', pattern: 'src-shared/contract' },
  { type: 'rpc', pattern: 'src-shared/rpc' },
  { type: 'core', pattern: 'src-main/core' },
  { type: 'model', pattern: 'src-main/model' },
  { type: 'io', pattern: 'src-main/io' },
  { type: 'report', pattern: 'src-main/report' },
  { type: 'engine', pattern: 'src-main/engine' },
  { type: 'host', pattern: 'src-main/hosts' },
  { type: 'desktop', pattern: 'src-main/desktop' },
  { type: 'preload', pattern: 'src-main/preload' },
  { type: 'style', pattern: 'src-renderer/styles' },
  { type: 'strings', pattern: 'src-renderer/strings' },
  { type: 'component', pattern: 'src-renderer/components' },
  { type: 'service', pattern: 'src-renderer/services' },
  { type: 'store', pattern: 'src-renderer/stores' },
  { type: 'feature', pattern: 'src-renderer/features/*', capture: ['feature'] },
  { type: 'app', pattern: 'src-renderer/app' },
]

const VIEW = ['vue', 'element-plus', '@lucide/vue']
const DRAWING = ['cytoscape', '@dagrejs/dagre', 'd3-force', 'echarts']

/** Features that draw; cytoscape and echarts may be imported nowhere else. */
export const DRAWING_FEATURES = [
  'network',
  'targets',
  'quality',
  'differential',
  'evidence',
  'experiments',
  'what-if',
  'report',
  'compare',
]

export const IMPORT_TABLE = [
  { from: 'domain', elements: [], packages: ['zod'], node: false },
  { from: 'contract', elements: ['domain'], packages: ['zod'], node: false },
  { from: 'rpc', elements: ['contract', 'domain'], packages: ['zod', 'msgpackr'], node: false },
  { from: 'core', elements: ['domain'], packages: [], node: false },
  {
    from: 'model',
    elements: ['core', 'domain', 'contract'],
    packages: ['onnxruntime-node', 'zod'],
    node: true,
  },
  {
    from: 'io',
    elements: ['core', 'domain', 'contract'],
    packages: ['papaparse', 'fflate', 'h5wasm', 'read-excel-file', 'msgpackr', 'zod'],
    node: true,
  },
  {
    from: 'report',
    elements: ['core', 'domain', 'contract'],
    packages: ['fflate', 'echarts', '@dagrejs/dagre', 'zod'],
    node: true,
  },
  {
    from: 'engine',
    elements: ['domain', 'contract', 'rpc', 'core', 'model', 'io', 'report'],
    packages: ['zod'],
    node: true,
  },
  {
    from: 'host',
    elements: ['engine', 'rpc', 'contract', 'domain'],
    packages: ['ws', 'cac', 'zod'],
    node: true,
  },
  { from: 'desktop', elements: ['contract'], packages: ['electron'], node: true },
  { from: 'preload', elements: ['contract'], packages: ['electron'], node: false },
  { from: 'style', elements: [], packages: [], node: false },
  { from: 'strings', elements: ['domain', 'contract'], packages: [], node: false },
  { from: 'component', elements: ['domain', 'contract', 'style', 'strings'], packages: VIEW, node: false },
  { from: 'service', elements: ['domain', 'contract', 'rpc', 'strings'], packages: ['vue'], node: false },
  {
    from: 'store',
    elements: ['domain', 'contract', 'service', 'strings'],
    packages: ['vue', 'pinia'],
    node: false,
  },
  {
    from: 'feature',
    elements: ['domain', 'contract', 'style', 'strings', 'component', 'service', 'store'],
    packages: [...VIEW, 'pinia'],
    node: false,
  },
  {
    from: 'app',
    elements: ['domain', 'contract', 'style', 'strings', 'component', 'service', 'store', 'feature'],
    packages: [...VIEW, 'pinia'],
    node: false,
  },
]

/** Packages that a part may import only inside the named captured folders. */
export const DRAWING_PACKAGES = DRAWING
