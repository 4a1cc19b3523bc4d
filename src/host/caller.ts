/** The user who called, whom sudo hides. */
import { chownSync } from 'node:fs'

/** Under sudo, what is written belongs to the user who called it. */
export function giveToCaller(path: string): void {
  const { SUDO_UID, SUDO_GID } = process.env
  if (process.getuid?.() === 0 && SUDO_UID !== undefined && SUDO_GID !== undefined)
    chownSync(path, Number(SUDO_UID), Number(SUDO_GID))
}
