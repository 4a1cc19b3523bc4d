/** The programs that pathbench calls. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Tool {
  readonly name: string
  readonly why: string
  /** Debian's package. */
  readonly debianPackage: string
}

/** What a run calls. */
export const tools: readonly Tool[] = [
  { name: 'ip', why: 'builds namespaces, links, addresses and routes', debianPackage: 'iproute2' },
  { name: 'tc', why: 'attaches programs', debianPackage: 'iproute2' },
  { name: 'bpftool', why: 'loads programs and fills their maps', debianPackage: 'bpftool' },
  { name: 'unshare', why: 'opens the sandbox', debianPackage: 'util-linux' },
  { name: 'nsenter', why: 'runs tools in the sandbox', debianPackage: 'util-linux' },
  { name: 'setpriv', why: 'ends the sandbox with pathbench', debianPackage: 'util-linux' },
  { name: 'make', why: 'builds programs and the load generator', debianPackage: 'make' },
  { name: 'clang', why: 'compiles BPF programs', debianPackage: 'clang' },
  { name: 'llvm-strip', why: 'takes debugging data off compiled programs', debianPackage: 'llvm' },
]

/** Whether a program is in PATH. */
export function isInPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
