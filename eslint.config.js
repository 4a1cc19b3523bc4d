import { readdirSync } from 'node:fs'
import { defineConfig, globalIgnores } from 'eslint/config'
import typescript from 'typescript-eslint'

// The folders of src/ in the order in which data passes them: each imports only from itself and from
// those before it. `host` and `stats` (pure functions of numbers) know nothing of the others, and so
// serve them all.
const stations = [
  'host',
  'stats',
  'parts',
  'scenario',
  'topology',
  'datapath',
  'load',
  'results',
  'run',
  'across',
  'baselines',
  'report',
  'gates',
  'ab',
  'export',
  'trend',
  'ci',
  'cli',
]

const unplaced = readdirSync(`${import.meta.dirname}/src`).filter((folder) => !stations.includes(folder))
if (unplaced.length > 0)
  throw new Error(`Say in eslint.config.js where src/${unplaced.join(', src/')} stands`)

// The record and the table of metrics are the vocabulary that all stations share.
const vocabulary = '(record|metrics)\\.ts$'

const importDirection = stations.slice(0, -1).map((station, place) => ({
  files: [`src/${station}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${stations.slice(place + 1).join('|')})/(?!${vocabulary})`,
            message: `src/${station} imports only from: ${stations.slice(0, place + 1).join(', ')}.`,
          },
        ],
      },
    ],
  },
}))

export default defineConfig(
  globalIgnores(['build/', 'dist/', '.toolchain/', 'results/', 'reports/']),
  typescript.configs.strictTypeChecked,
  typescript.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `{ left, ...rest }` is how a record is copied without `left`.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // With noUncheckedIndexedAccess an index that a loop keeps in bounds has no other way to say so.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `||` is meant where an empty string is as good as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A number in a message needs no ceremony.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  // Only the command line speaks to the terminal.
  { files: ['src/**'], ignores: ['src/cli/**'], rules: { 'no-console': 'error' } },
  ...importDirection,
  // Configuration in plain JavaScript has no types to check.
  { files: ['**/*.js'], extends: [typescript.configs.disableTypeChecked] },
)
