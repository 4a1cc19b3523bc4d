/** The programs that pathbench calls. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { BenchError } from './errors.ts'

export interface Tool {
  readonly name: string
  readonly why: string
  /** Debian's package. */
  readonly debianPackage: string
  /** Wanted only where something has to be built. */
  readonly isForBuilding?: true
}

/** What a run calls. */
export const tools: readonly Tool[] = [
  { name: 'ip', why: 'builds namespaces, links, addresses and routes', debianPackage: 'iproute2' },
  { name: 'tc', why: 'attaches programs', debianPackage: 'iproute2' },
  { name: 'bpftool', why: 'loads programs and fills their maps', debianPackage: 'bpftool' },
  { name: 'unshare', why: 'opens the sandbox', debianPackage: 'util-linux' },
  { name: 'nsenter', why: 'runs tools in the sandbox', debianPackage: 'util-linux' },
  { name: 'setpriv', why: 'ends the sandbox with pathbench', debianPackage: 'util-linux' },
  { name: 'make', why: 'builds programs and the load generator', debianPackage: 'make', isForBuilding: true },
  { name: 'clang', why: 'compiles BPF programs', debianPackage: 'clang', isForBuilding: true },
  {
    name: 'llvm-strip',
    why: 'takes debugging data off compiled programs',
    debianPackage: 'llvm',
    isForBuilding: true,
  },
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

/** Refuses where a tool is missing that every run calls. @throws BenchError `machine` */
export function requireTools(): void {
  const missing = tools.filter(({ name, isForBuilding }) => isForBuilding !== true && !isInPath(name))
  if (missing.length === 0) return
  throw new BenchError(`Could not start: not installed: ${missing.map(({ name }) => name).join(', ')}`, {
    trouble: 'machine',
    details: missing.map(({ name, why }) => `${name}: ${why}`).join('\n'),
    hint: 'run `bench doctor` to see what is missing and how to get it',
  })
}
