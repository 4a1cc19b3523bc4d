import { defineConfig, globalIgnores } from 'eslint/config'
import typescript from 'typescript-eslint'

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
  // Configuration in plain JavaScript has no types to check.
  { files: ['**/*.js'], extends: [typescript.configs.disableTypeChecked] },
)
