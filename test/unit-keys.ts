/**
 * Writes beside each bundle of unit tests, as NAME.key, a digest of all that its tests depend on: what they import, and
 * all of the project that is no TypeScript, as tests read that, too.
 *
 *   node test/unit-keys.ts BUNDLE…
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { build, type Metafile } from 'esbuild'
import { execa } from 'execa'

const digestOf = (parts: Iterable<string | Buffer>): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** Scenarios, pages, C. Libraries are told by the lock file. A file may be listed and gone. */
async function otherFiles(): Promise<string[]> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  // Under sudo the project is another user's.
  const { stdout } = await execa('git', ['-c', 'safe.directory=*', ...listing])
  return stdout.split('\0').filter((file) => !file.endsWith('.ts') && existsSync(file))
}

/** A file and all that it imports, itself or by others. */
function reachableFrom(entry: string, { inputs }: Metafile): string[] {
  const found = new Set([entry])
  for (const file of found)
    for (const { path, external } of inputs[file]?.imports ?? []) if (external !== true) found.add(path)
  return [...found].sort()
}

const bundles = process.argv.slice(2)
const others = (await otherFiles()).flatMap((file) => [file, readFileSync(file)])
const common = digestOf([process.version, ...others])
const { metafile } = await build({
  ...{ entryPoints: bundles, bundle: true, write: false, outdir: 'build', metafile: true },
  ...{ platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
})
const digests = new Map(
  Object.keys(metafile.inputs).map((file) => [file, digestOf([file, readFileSync(file)])]),
)
for (const bundle of bundles) {
  const imported = reachableFrom(bundle, metafile).map((file) => digests.get(file) ?? '')
  writeFileSync(bundle.replace('.test.ts', '.key'), digestOf([common, ...imported]))
}
