/** Where the project's own files are, wherever it was called from: a checkout, or a package that was installed. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Whether this is a package's, in dist/, and no checkout's, in src/ or build/. Its folder is then left as it was installed:
 * all is written elsewhere.
 */
export const isPackage = import.meta.dirname.endsWith('/dist/cli')

/** The folder that holds package.json, bpf/ and scenarios/. */
export const projectFolder = resolve(import.meta.dirname, '..', '..')

/** A path inside the project. */
export const inProject = (...parts: string[]): string => resolve(projectFolder, ...parts)

/** A path to what lies among the sources and is none: a template. */
export const inSources = (...parts: string[]): string => inProject(isPackage ? 'dist' : 'src', ...parts)

/** The folder with what set-up makes, build/ and .toolchain/: the project's own, or of a package what `bench` says. */
const setupFolder = (isPackage ? process.env.BENCH_SETUP_FOLDER : undefined) ?? projectFolder

/** A path inside what set-up makes. */
export const inSetup = (...parts: string[]): string => resolve(setupFolder, ...parts)

/** Where results are kept unless the user says otherwise: in a checkout beside it, else in the folder of the caller. */
export const defaultResults = isPackage ? 'pathbench-results' : inProject('results')

/** Where reports are written unless the user says otherwise. */
export const defaultReports = isPackage ? 'pathbench-reports' : inProject('reports')

/** A text with the command as the user has it: `./bench` is that of a checkout. */
export const asCalled = (text: string): string =>
  isPackage ? text.replaceAll(/(?<![\w./])\.\/bench(?![\w./-])/g, 'bench') : text

/** The version in package.json. */
export function projectVersion(): string {
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string }
  return version
}
