import { resolve } from 'node:path'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'
import { housePlugin } from './eslint-rules.ts'
import { imports, onlyOnlineTalks, oneStatementWrites, noStoppedTests, pureShared } from './eslint-fences.ts'

const code = ['**/*.ts', '**/*.vue']
const tsconfigRootDir = resolve(import.meta.dirname, '../..')
const extraFileExtensions = ['.vue'] // the same on both kinds of file, or the type service is built twice

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'coverage/', 'docs/', 'server/db/migrations/', '**/*.cjs', '**/*.js']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ts.configs.strictTypeChecked,
  vue.configs['flat/recommended'],
  a11y.configs['flat/recommended'],
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir, extraFileExtensions } } },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions } } },
  {
    files: code,
    plugins: { house: housePlugin },
    rules: {
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 50],
      complexity: ['error', 10],
      'max-params': ['error', 3],
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'house/reasoned-disable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // Noise, switched off or loosened:
      '@typescript-eslint/require-await': 'off', // an interface may be async where one implementation is not
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // typed builders (command, refusal) infer through one use
      '@typescript-eslint/no-confusing-void-expression': 'off', // `() => run()` where nothing is awaited of it is no confusion
      '@typescript-eslint/no-unsafe-enum-assignment': 'off', // enums do not compile here (erasableSyntaxOnly); saves seconds
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // hardly a class here; the dearest rule of all
      '@typescript-eslint/unbound-method': 'off', // our interfaces are records of functions; nothing behind them has a `this`
      '@typescript-eslint/no-misused-spread': 'off', // spreading a string by code point is what we mean
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-base-to-string': 'off', // facts of a refusal are Json by type, words and numbers by use
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': ['error', { allowBinding: true }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/require-default-prop': 'off', // an absent optional prop is undefined, and typed so
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }], // either ties the label
    },
  },
  { files: ['{client,server,shared}/**/*.ts'], rules: { 'house/docstring': 'error' } },
  ...imports,
  ...onlyOnlineTalks,
  ...oneStatementWrites,
  ...pureShared,
  {
    files: ['tests/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-params': 'off', // a row of test.each has as many as the table has columns
      '@typescript-eslint/no-non-null-assertion': 'off', // a test that is wrong about it fails anyway
      '@typescript-eslint/no-unnecessary-condition': 'off', // nor does the type service see what a callback changed meanwhile
      '@typescript-eslint/no-unsafe-assignment': 'off', // answers of the server are looked at as they come
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  ...noStoppedTests,
  {
    files: ['vite.config.ts', '**/eslint.config.ts', '**/drizzle.config.ts', 'tests/house/tally.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } },
  prettier,
)
