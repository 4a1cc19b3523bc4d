/** Opens a file for one who sits at a desktop. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { BenchError } from '../../host/errors.ts'
import { caller } from '../../host/caller.ts'

/**
 * Opens a file with the program that $BROWSER names, else with what the desktop has for it (xdg-open). Under sudo
 * as the user who called: browsers refuse to run as root, and root has no desktop.
 *
 * @throws BenchError `usage` where there is nothing to open it with
 */
export async function openFile(file: string): Promise<void> {
  const opener = process.env.BROWSER || 'xdg-open'
  const child = spawn(opener, [file], { stdio: 'ignore', detached: true, ...caller() })
  child.unref()
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new BenchError(`Could not open ${file}: ${opener} cannot be started`, {
      trouble: 'usage',
      hint: 'open it by hand, or name a browser in $BROWSER',
      cause: error,
    })
  }
}
