/** Rules over the whole graph: what eslint, which looks at one file at a time, cannot see. */
const entries = [
  '^src-main/desktop/main\\.ts$',
  '^src-main/preload/preload\\.ts$',
  '^src-main/hosts/(engine-process|web|cli)\\.ts$',
  '^src-main/engine/analysis/worker\\.ts$',
  '^src-renderer/app/main\\.ts$',
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Data flows one way; a cycle means that two files are one.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports and that imports nothing is forgotten.',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.css$', ...entries] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'drawing-libraries-only-in-features',
      severity: 'error',
      comment: 'cytoscape and echarts belong to the features that draw and to the figures of the report.',
      from: { pathNot: '^(src-renderer/features/|src-main/report/|node_modules/)' },
      to: { path: '^node_modules/(cytoscape|@dagrejs|echarts)/' },
    },
    {
      name: 'onnxruntime-only-in-model',
      severity: 'error',
      from: { pathNot: '^(src-main/model/|node_modules/)' },
      to: { path: '^node_modules/onnxruntime-node/' },
    },
    {
      name: 'electron-only-in-desktop',
      severity: 'error',
      from: { pathNot: '^(src-main/(desktop|preload)/|node_modules/)' },
      to: { path: '^node_modules/electron/' },
    },
    {
      name: 'desktop-reaches-the-engine-only-as-a-process',
      severity: 'error',
      from: { path: '^src-main/(desktop|preload)/' },
      to: { path: '^src-main/(engine|core|io|model|report|hosts)/', reachable: true },
    },
    {
      name: 'renderer-and-main-never-mix',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', reachable: true },
    },
    {
      name: 'worker-loads-no-native-module',
      severity: 'error',
      comment: 'Terminating a worker while a native module is at work aborts the process.',
      from: { path: '^src-main/engine/analysis/worker\\.ts$' },
      to: { path: '(^node_modules/onnxruntime-node/|^src-main/model/)', reachable: true },
    },
    {
      name: 'preload-bundles-no-schema-library',
      severity: 'error',
      comment: 'The preload runs in every window: channel names and types only.',
      from: { path: '^src-main/preload/' },
      to: { path: '^node_modules/(?!electron/)', reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.vue', '.d.ts', '.js', '.mjs', '.json', '.css'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
}
