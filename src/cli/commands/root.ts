/** What only root may do. */
import { realpathSync } from 'node:fs'
import { BenchError } from '../../host/errors.ts'
import { inProject, isPackage } from '../../host/project.ts'
import { shellWord } from '../../host/shell-word.ts'

/** Refuses where the user is not root. @throws BenchError `machine` */
export function requireRoot(what: string): void {
  if (process.getuid?.() === 0) return
  throw new BenchError(`Could not ${what}: network namespaces and BPF need root`, {
    trouble: 'machine',
    hint: `sudo ${commandForRoot()} ${process.argv.slice(2).map(shellWord).join(' ')}`,
  })
}

/** Where sudo looks for commands on most machines, whatever the user's PATH is; npm links them here, or elsewhere. */
const placesForRoot = ['/usr/local/bin/bench', '/usr/bin/bench']

/** The command by a name that root knows it by, too. */
function commandForRoot(): string {
  if (!isPackage) return './bench'
  return placesForRoot.some(isThisOne) ? 'bench' : shellWord(inProject('bench'))
}

function isThisOne(place: string): boolean {
  try {
    return realpathSync(place) === inProject('bench')
  } catch {
    return false
  }
}
