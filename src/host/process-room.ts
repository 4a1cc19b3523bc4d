/** How many processes and threads may be started: a run cannot do with less than its tools are. */
import { join } from 'node:path'
import { BenchError, systemCode } from './errors.ts'
import { readIfThere } from './kernel-file.ts'

/** Beside those of Node: what a small scenario takes, whose paths are built side by side. Others take more. */
export const processesNeeded = 16

/** A control group and how many more processes it takes. */
export interface GroupRoom {
  readonly folder: string
  readonly room: number
}

/**
 * The control group, of those that this process is in, which takes the fewest more processes; undefined where none has
 * a limit. `ulimit -u` is not among them: the kernel does not hold root to it.
 */
export function tightestGroup(
  groups = readIfThere('/proc/self/cgroup'),
  read: (file: string) => string = readIfThere,
): GroupRoom | undefined {
  return foldersOf(groups)
    .flatMap((folder) => {
      const [max, current] = ['pids.max', 'pids.current'].map((name) => read(join(folder, name)))
      return /^\d+$/.test(max ?? '') ? [{ folder, room: Math.max(0, Number(max) - Number(current)) }] : []
    })
    .toSorted((a, b) => a.room - b.room)[0]
}

/** The folders of the groups and all above them: of version 2's one tree, or of version 1's for numbers of processes. */
function foldersOf(groups: string): string[] {
  const [, controllers, path] = /^\d+:(pids|):(.*)$/m.exec(pidsFirst(groups)) ?? []
  if (path === undefined) return []
  const names = path.split('/').filter((name) => name !== '')
  return Array.from({ length: names.length + 1 }, (_, above) =>
    join('/sys/fs/cgroup', controllers ?? '', ...names.slice(0, names.length - above)),
  )
}

/** Where both versions are there, the one that has processes' numbers is version 1's. */
const pidsFirst = (groups: string): string => /^\d+:pids:.*$/m.exec(groups)?.[0] ?? groups

const hint = 'raise what limits them: pids.max of the control group, or `ulimit -u`'

/** No process or thread could be started. */
export class OutOfProcesses extends BenchError {
  /** @param what could not be done, and why */
  constructor(what: string, details = '', cause?: unknown) {
    super(what, { trouble: 'machine', hint, details, cause })
    this.name = 'OutOfProcesses'
  }
}

/** EAGAIN of clone(2), as shells and tools tell of it. */
const words =
  /\bcannot fork\b|(?:fork|spawn|process|threads?)\b[^\n]*(?:Resource temporarily unavailable|EAGAIN)/i

/** Whether a tool's words, or an error that Node gave when it was started, say that a process could not be. */
export const isOutOfProcesses = (text: string, cause?: unknown): boolean =>
  systemCode(cause) === 'EAGAIN' || words.test(text)

/** @throws OutOfProcesses where too few processes may be started */
export function requireProcessRoom(group = tightestGroup()): void {
  if (group === undefined || group.room >= processesNeeded) return
  throw new OutOfProcesses(
    `Could not start: only ${group.room} more processes may be started in the control group ${group.folder}, and ${processesNeeded} are needed at least`,
  )
}
