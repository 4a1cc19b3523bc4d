import { searchPath } from './src/host/search-path.ts'

// Node runs the TypeScript files as they are.
export default {
  extensions: ['ts'],
  files: ['test/**/*.test.ts'],
  concurrency: 2,
  // npx puts packages' programs first.
  environmentVariables: { PATH: searchPath(process.env.PATH) },
  // Without any test ending: simulations and sanitized builds take their time on a busy machine.
  timeout: '2m',
}
