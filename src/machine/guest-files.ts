/** What a machine's first and only file system holds: exactly what the scenario needs. */
import { readFileSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { builtObject, builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { findProgram } from '../host/tools.ts'
import { needs } from '../parts/needs/needs.ts'
import { trialOrder } from '../parts/needs/trial-order.ts'
import { needsOf } from '../scenario/needs.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import { sandboxFolders } from '../topology/sandbox.ts'
import type { ArchiveEntry } from './cpio.ts'
import { librariesOf } from './libraries.ts'
import type { Module } from './module-files.ts'

/** Programs of the system that steps call, whatever the scenario. */
const basicTools = [
  'sh',
  'ip',
  'tc',
  'bpftool',
  'cat',
  'rm',
  'mkdir',
  'true',
  'env',
  'mount',
  'unshare',
  'nsenter',
] as const
/** What scripts of steps call (src/topology/), and what reads the kernel's configuration. */
const scriptTools = ['grep', 'sed', 'tr', 'base64'] as const

/** Without these nobody can talk with the machine. */
const portModules = ['virtio_pci', 'virtio_console'] as const
/** What rules of nftables may name. A kernel loads it when it meets the name; here nobody would. */
const ruleModules = [
  ...['nft_ct', 'nft_nat', 'nft_masq', 'nft_redir', 'nft_reject_inet', 'nft_limit', 'nft_log', 'nft_quota'],
  ...[
    'nft_numgen',
    'nft_hash',
    'nft_fib_inet',
    'nft_tproxy',
    'nft_socket',
    'nft_flow_offload',
    'nf_flow_table_inet',
  ],
] as const

export interface GuestNeeds {
  readonly tools: readonly string[]
  /** What needs call, where this machine has it. */
  readonly extraTools: readonly string[]
  /** What the paths need, and what reaches the machine. */
  readonly modules: readonly string[]
  /** What else they may use, where the kernel has it. */
  readonly extraModules: readonly string[]
}

/** What scenarios need of a machine. Pure. */
export function guestNeeds(scenario: Scenario): GuestNeeds {
  const wanted = trialOrder(needs, scenario.paths.flatMap(needsOf))
  const named = toolsOf(scenario)
  return {
    tools: [...basicTools, ...scriptTools, ...named],
    extraTools: wanted.flatMap(({ tools = [] }) => tools),
    modules: [...new Set([...portModules, ...wanted.flatMap(({ remedy }) => modulesIn(remedy))])],
    extraModules: named.includes('nft') ? ruleModules : [],
  }
}

/** The modules that the remedy of a need names. Pure. */
export const modulesIn = (remedy: string): string[] =>
  [...remedy.matchAll(/modprobe ((?:\w+ ?)+)/g)].flatMap(([, names = '']) => names.trim().split(' '))

/** Where the agent finds what it is to do first (machine/agent-setup.c). */
const environmentFile = 'environment'
const modulesFolder = 'modules'

/** Programs that are pathbench's own, at the places that they have here. */
const ownPrograms = ['udpgen', 'bpfload', 'blackholes', 'netkit', 'sysctls'] as const
const ownObjects = ['nop.bpf.o', 'witness.bpf.o', 'live-frames.bpf.o', 'sink.bpf.o'] as const

/** Where the runner is in there, too: words of the kernel's command line have no spaces, as its folder may have here. */
const runnerFile = '/runner'

/** The words that the agent is started with. */
export const agentWords = (stepsSocket: string): string[] => [stepsSocket, runnerFile]

/**
 * The files of a machine.
 *
 * @param objects absolute paths
 * @throws BenchError `machine` where a tool is not here
 */
export async function guestFiles(
  tools: readonly string[],
  objects: readonly string[],
  modules: readonly Module[],
): Promise<ArchiveEntry[]> {
  const found = [...new Set(tools)].map((name) => ({ name, file: requireProgram(name) }))
  const own = [...new Set(ownPrograms)].map(builtProgram)
  const libraries = await librariesOf([...found.map(({ file }) => file), ...own])
  const data = [...new Set([...objects, ...ownObjects.map(builtObject)])]
  const copies = [
    ...found.map(({ name, file }) => ({ from: file, to: `/usr/bin/${name}` })),
    ...[...own, ...libraries, ...data].map((file) => ({ from: file, to: file })),
    { from: builtProgram('machine-agent'), to: '/init' },
    { from: builtProgram('runner'), to: runnerFile },
    // Who starts a shell by this name finds it.
    { from: requireProgram('sh'), to: '/bin/sh' },
  ]
  const files = [
    ...copies.map(({ from, to }) => fileAt(to, readFileSync(realpathSync(from)), true)),
    ...modules.map(({ name, contents }, index) =>
      fileAt(`/${modulesFolder}/${String(index).padStart(4, '0')}-${name}.ko`, contents, false),
    ),
    fileAt(`/${environmentFile}`, Buffer.from(environmentText(libraries)), false),
  ]
  const folders = [
    ...['/proc', '/sys', '/dev', '/tmp', '/root', `/${modulesFolder}`],
    ...Object.values(sandboxFolders),
    ...files.map(({ path }) => dirname(`/${path}`)),
  ]
  return [...withParents(folders).map(folderAt), console, ...files]
}

const console: ArchiveEntry = { path: 'dev/console', kind: 'character device', major: 5, minor: 1 }

const environmentText = (libraries: readonly string[]): string =>
  [
    'PATH=/usr/bin:/bin',
    'LC_ALL=C',
    'HOME=/root',
    `LD_LIBRARY_PATH=${[...new Set(libraries.map(dirname))].join(':')}`,
    '',
  ].join('\n')

const fileAt = (path: string, contents: Uint8Array, isExecutable: boolean): ArchiveEntry => ({
  ...{ path: path.slice(1), kind: 'file', contents, isExecutable },
})

const folderAt = (path: string): ArchiveEntry => ({ path: path.slice(1), kind: 'folder' })

/** Folders with all that they are in, from the outside in. Pure. */
export function withParents(folders: readonly string[]): string[] {
  const all = new Set<string>()
  for (const folder of folders)
    for (let one = folder; one !== '/' && one !== '.'; one = dirname(one)) all.add(one)
  return [...all].toSorted()
}

function requireProgram(name: string): string {
  const file = findProgram(name)
  if (file !== undefined) return file
  throw new BenchError(`Could not prepare a virtual machine: not installed: ${name}`, {
    trouble: 'machine',
    hint: 'run `bench doctor` to see what is missing and how to get it',
  })
}
