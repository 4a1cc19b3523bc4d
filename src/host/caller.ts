/** The user who called, whom sudo hides. */
import { chownSync } from 'node:fs'

/** Whom sudo was called by; undefined without sudo. */
export function caller(): { readonly uid: number; readonly gid: number } | undefined {
  const { SUDO_UID, SUDO_GID } = process.env
  return process.getuid?.() === 0 && SUDO_UID !== undefined && SUDO_GID !== undefined
    ? { uid: Number(SUDO_UID), gid: Number(SUDO_GID) }
    : undefined
}

/** Under sudo, what is written belongs to the user who called it. */
export function giveToCaller(path: string): void {
  const ids = caller()
  if (ids !== undefined) chownSync(path, ids.uid, ids.gid)
}
