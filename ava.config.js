import { searchPath } from './src/host/search-path.ts'

// Node runs the TypeScript files as they are.
export default {
  extensions: ['ts'],
  files: ['test/**/*.test.ts'],
  concurrency: 2,
  // In threads V8 has been seen to end the process at the end of one, by a check of its own for WebAssembly's memory; and files
  // that are written have a process's number in their names.
  workerThreads: false,
  // npx puts packages' programs first.
  environmentVariables: { PATH: searchPath(process.env.PATH) },
  // Without any test ending: simulations and sanitized builds take their time on a busy machine.
  timeout: '2m',
}
