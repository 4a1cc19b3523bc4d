/** What a run has left on the machine. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import type { Mark } from './marked-scenario.ts'

/** Everything that is there because of runs of a marked scenario, one line each. */
async function leftovers(mark: Mark): Promise<string[]> {
  return [
    ...markedProcesses(mark).map(({ pid, command }) => `process ${pid}: ${command}`),
    ...(await bpfThings('prog', mark.program)),
    ...(await bpfThings('map', mark.map)),
    ...hostMounts(),
    ...namedNamespaces(),
  ]
}

/** Waits until nothing is left, which the kernel's own tidying delays; gives what will not go. */
export async function leftAfterAWhile(mark: Mark): Promise<string[]> {
  const tries = 200
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if ((await leftovers(mark)).length === 0) return []
    await setTimeout(50)
  }
  return leftovers(mark)
}

interface MarkedProcess {
  readonly pid: number
  /** Its first word, which may have spaces. */
  readonly program: string
  readonly command: string
}

/** Processes that a marked run started, by what they have in their environment. */
export function markedProcesses({ variable }: Mark): MarkedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
        if (!environment.includes(variable)) return []
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return [{ pid: Number(pid), program: words[0] ?? '', command: words.join(' ').trim() }]
      } catch {
        // It has just ended.
        return []
      }
    })
}

async function bpfThings(kind: 'prog' | 'map', name: string): Promise<string[]> {
  const { stdout, exitCode } = await execa('bpftool', ['-j', kind, 'show'], { reject: false })
  // One that goes while bpftool lists them makes it fail half-way.
  if (exitCode !== 0) return [`bpftool could not list every ${kind}`]
  const all = JSON.parse(stdout) as { id: number; name?: string }[]
  return all.flatMap((one) => (one.name === name ? [`${kind} ${name}, id ${one.id}`] : []))
}

/** The sandbox's mounts carry this name as their source; none may be seen outside. */
const hostMounts = (): string[] =>
  readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('pathbench '))
    .map((line) => `mount ${line}`)

/** Namespaces of the scenario under the host's own /run/netns. */
function namedNamespaces(): string[] {
  try {
    return readdirSync('/run/netns')
      .filter((name) => /netns-[123]$/.test(name))
      .map((name) => `namespace ${name}`)
  } catch {
    return []
  }
}
