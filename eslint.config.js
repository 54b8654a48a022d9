import boundaries from 'eslint-plugin-boundaries'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { DRAWING_FEATURES, DRAWING_PACKAGES, IMPORT_TABLE, PARTS } from './build/import-table.mjs'

const TS = ['**/*.ts']
const TS_AND_VUE = ['**/*.ts', '**/*.vue']

/** One type-checked program per runtime, as in `npm run typecheck`. */
const typed = (files, project, extra = {}) => ({
  files,
  languageOptions: {
    parserOptions: { project, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'], ...extra },
  },
})

/** The import table as policies: everything that no row allows is an error. */
function importPolicies() {
  const policies = IMPORT_TABLE.flatMap(({ from, elements, packages, node }) => [
    ...(elements.length
      ? [{ from: { element: { type: from } }, allow: { to: { element: { type: elements } } } }]
      : []),
    ...(packages.length
      ? [
          {
            from: { element: { type: from } },
            allow: { to: { module: { origin: 'external', source: packages } } },
          },
        ]
      : []),
    ...(node ? [{ from: { element: { type: from } }, allow: { to: { module: { origin: 'core' } } } }] : []),
  ])
  policies.push({
    from: { element: { type: 'feature', captured: { feature: DRAWING_FEATURES } } },
    allow: { to: { module: { origin: 'external', source: DRAWING_PACKAGES } } },
  })
  return policies
}

const NO_CHANCE_NO_CLOCK = [
  {
    object: 'Math',
    property: 'random',
    message: 'Randomness comes in as an Rng: the same seed gives the same result.',
  },
  { object: 'Date', property: 'now', message: 'The core knows no time; the engine measures it.' },
]

const NO_RAW_HTML = [
  { property: 'innerHTML', message: 'Text from files is shown as text, never as HTML.' },
  { property: 'outerHTML', message: 'Text from files is shown as text, never as HTML.' },
  { property: 'insertAdjacentHTML', message: 'Text from files is shown as text, never as HTML.' },
]

export default tseslint.config(
  {
    ignores: [
      'out',
      'dist',
      'node_modules',
      'test-results',
      'playwright-report',
      'coverage',
      'models/training',
      'test/fixtures',
      'metacadi-out',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },

  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: TS })),
  ...tseslint.configs.stylisticTypeChecked.map((config) => ({ ...config, files: TS })),
  typed(['src-main/**/*.ts', 'src-shared/**/*.ts', 'electron.vite.config.ts'], ['tsconfig.node.json']),
  typed(['src-renderer/**/*.ts'], ['tsconfig.renderer.json']),
  typed(['test/**/*.ts', 'vitest.config.ts'], ['tsconfig.test.json']),
  typed(['build/types/*.d.ts'], ['tsconfig.core.json', 'tsconfig.shared.json']),

  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'vue/no-v-html': 'error',
      'vue/no-v-text-v-html-on-component': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'error',
      // Prettier owns the layout.
      ...Object.fromEntries(
        [
          'html-indent',
          'html-self-closing',
          'html-closing-bracket-newline',
          'html-closing-bracket-spacing',
          'max-attributes-per-line',
          'singleline-html-element-content-newline',
          'multiline-html-element-content-newline',
          'first-attribute-linebreak',
          'html-quotes',
          'mustache-interpolation-spacing',
        ].map((rule) => [`vue/${rule}`, 'off']),
      ),
    },
  },

  {
    files: TS,
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 200 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `const { file: _file, ...rest } = …` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // `name || fallback` on text and numbers means "empty or zero, too".
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      // Typed arrays under noUncheckedIndexedAccess: `x[i]!` inside checked loops is the idiom of the kernels.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // One file names a schema and its type alike (`const Dataset = z.object…; type Dataset = z.infer…`).
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // vue-tsc checks these with full knowledge of the components; plain TypeScript sees `*.vue` as untyped.
    files: ['src-renderer/**/*.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        'off',
      ]),
    ),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // A test that something does not type-check.
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    },
  },

  // Ambient declarations describe what others made.
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/no-extraneous-class': 'off' } },
  {
    files: ['src-shared/**/*.ts', 'src-main/**/*.ts', 'src-renderer/**/*.{ts,vue}'],
    ignores: ['src-renderer/*.d.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': import.meta.dirname,
      'boundaries/elements': PARTS.map((part) => ({ ...part, partialMatch: false })),
      'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
      'boundaries/legacy-templates': false,
      'import/resolver': { node: { extensions: ['.ts', '.d.ts', '.vue', '.js', '.mjs'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          checkUnknownLocals: true,
          policies: importPolicies(),
          message: 'The import table of docs/architecture.md does not let this part import that.',
        },
      ],
      'boundaries/no-unknown-files': 'error',
    },
  },
  {
    files: ['src-main/core/**/*.ts', 'src-shared/domain/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...NO_CHANCE_NO_CLOCK],
      'no-restricted-globals': [
        'error',
        ...[
          'performance',
          'setTimeout',
          'setInterval',
          'fetch',
          'process',
          'crypto',
          'window',
          'document',
        ].map((name) => ({
          name,
          message: 'The core is pure: no clock, no randomness, no Node, no DOM.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':function[async=true], AwaitExpression, ForOfStatement[await=true]',
          message: 'The core is synchronous.',
        },
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'The core knows no time.',
        },
        { selector: 'CallExpression[callee.name="Date"]', message: 'The core knows no time.' },
        { selector: 'NewExpression[callee.name="Promise"]', message: 'The core is synchronous.' },
      ],
    },
  },
  {
    files: ['src-renderer/**/*.{ts,vue}', 'src-main/report/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...NO_RAW_HTML] },
  },
  {
    files: TS_AND_VUE,
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-console': 'error',
    },
  },
  // The command line and the web host talk to the terminal; tests print why they skip.
  { files: ['src-main/hosts/**/*.ts', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    rules: {
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-undef': 'off',
    },
  },
)
