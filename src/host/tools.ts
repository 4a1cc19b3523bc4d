/** The programs that pathbench calls. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { BenchError } from './errors.ts'

/** When a tool is called: by every run, by runs of scenarios that need it, on other kernels, or where something has to be built. */
type Use = 'always' | 'some scenarios' | 'other kernels' | 'building'

const table = [
  {
    name: 'ip',
    why: 'builds namespaces, links, addresses and routes',
    debianPackage: 'iproute2',
    use: 'always',
  },
  { name: 'tc', why: 'attaches programs', debianPackage: 'iproute2', use: 'always' },
  {
    name: 'bpftool',
    why: 'reads the types of programs',
    debianPackage: 'bpftool',
    use: 'always',
  },
  { name: 'unshare', why: 'opens the sandbox', debianPackage: 'util-linux', use: 'always' },
  { name: 'nsenter', why: 'runs tools in the sandbox', debianPackage: 'util-linux', use: 'always' },
  { name: 'setpriv', why: 'ends the sandbox with pathbench', debianPackage: 'util-linux', use: 'always' },
  { name: 'nft', why: 'loads rules of netfilter', debianPackage: 'nftables', use: 'some scenarios' },
  { name: 'ethtool', why: 'switches offloads', debianPackage: 'ethtool', use: 'some scenarios' },
  {
    name: 'nginx',
    why: 'answers HTTP load (1.19.5 or newer)',
    debianPackage: 'nginx',
    remedy:
      'sudo ./bench setup takes the program out of its package: installed, that starts a service on port 80',
    use: 'some scenarios',
  },
  { name: 'h2load', why: 'drives HTTP load', debianPackage: 'nghttp2-client', use: 'some scenarios' },
  {
    name: 'taskset',
    why: 'keeps HTTP client and servers on one CPU',
    debianPackage: 'util-linux',
    use: 'some scenarios',
  },
  { name: 'ssh', why: 'reaches other hosts', debianPackage: 'openssh-client', use: 'some scenarios' },
  {
    name: 'qemu-system-x86_64',
    why: 'runs other kernels in virtual machines (--kernel)',
    debianPackage: 'qemu-system-x86',
    use: 'other kernels',
  },
  { name: 'xz', why: 'unpacks modules of other kernels', debianPackage: 'xz-utils', use: 'other kernels' },
  {
    name: 'make',
    why: 'builds programs, their loader and the load generator',
    debianPackage: 'make',
    use: 'building',
  },
  { name: 'clang', why: 'compiles BPF programs', debianPackage: 'clang', use: 'building' },
  {
    name: 'llvm-strip',
    why: 'takes debugging data off compiled programs',
    debianPackage: 'llvm',
    use: 'building',
  },
] as const satisfies readonly (Omit<Tool, 'name'> & { readonly name: string })[]

export type ToolName = (typeof table)[number]['name']

/** A program that runs call. */
export interface Tool {
  readonly name: ToolName
  readonly why: string
  readonly debianPackage: string
  /** What to do where it is missing, if that is not to install the package. */
  readonly remedy?: string
  readonly use: Use
}

/** All of them. */
export const tools: readonly Tool[] = table

/** Where a program is that PATH leads to; undefined where it is nowhere. */
export const findProgram = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/** Whether a program is in PATH. */
export const isInPath = (name: string): boolean => findProgram(name) !== undefined

/**
 * Refuses where a tool is missing that every run calls, or one of `more`.
 *
 * @throws BenchError `machine`
 */
export function requireTools(more: readonly ToolName[]): void {
  const missing = tools.filter(
    ({ name, use }) => (use === 'always' || more.includes(name)) && !isInPath(name),
  )
  if (missing.length === 0) return
  throw new BenchError(`Could not start: not installed: ${missing.map(({ name }) => name).join(', ')}`, {
    trouble: 'machine',
    details: missing.map(({ name, why }) => `${name}: ${why}`).join('\n'),
    hint: 'run `bench doctor` to see what is missing and how to get it',
  })
}
