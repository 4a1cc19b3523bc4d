/** The tarball that hosts get. */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { isPackage, projectFolder } from '../host/project.ts'
import { runTool } from '../host/tool.ts'

/** Packing compiles and gathers, s. */
const packingLimitS = 600

/**
 * Packs pathbench as it is here: a checkout as `npm pack` does, a package as it was installed.
 *
 * @param folder that gets the tarball
 * @returns the file @throws BenchError `failed`
 */
export async function packInto(folder: string): Promise<string> {
  const what = 'pack pathbench for the hosts'
  if (isPackage) {
    const file = join(folder, 'pathbench.tgz')
    await runTool({
      command: ['tar', '-czf', file, '-C', dirname(projectFolder), basename(projectFolder)],
      what,
      limitS: packingLimitS,
    })
    return file
  }
  await runTool({
    command: ['npm', '--prefix', projectFolder, 'pack', projectFolder, '--pack-destination', folder],
    what,
    limitS: packingLimitS,
  })
  const name = readdirSync(folder).find((one) => one.endsWith('.tgz'))
  if (name === undefined)
    throw new BenchError(`Could not ${what}: npm made no tarball`, { trouble: 'failed' })
  return join(folder, name)
}
