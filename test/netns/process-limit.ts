/** Control groups that take only so many processes, for tests. */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'

export interface ProcessLimit {
  /** The words of a command that runs another in the group. */
  readonly within: readonly string[]
  /** Whose processes are still there after a while. */
  readonly left: () => Promise<string>
}

/** By the version of control groups: version 1 has processes' numbers in a tree of their own. */
const roots = ['/sys/fs/cgroup/pids', '/sys/fs/cgroup']
const tries = 200
let made = 0

/** Why no group can be made that limits processes; undefined where one can. */
export function lackOfLimits(): string | undefined {
  const folder = makeGroup(1)
  if (folder === undefined) return 'no control group can be made here that limits processes'
  rmdirSync(folder)
  return undefined
}

/** Makes a group that takes `count` processes and threads. */
export function processLimit(t: ExecutionContext, count: number): ProcessLimit {
  const folder = makeGroup(count)
  if (folder === undefined) throw new Error(lackOfLimits())
  t.teardown(() => {
    rmdirSync(folder)
  })
  return groupIn(folder)
}

/** @returns its folder; undefined where this machine lets nobody */
function makeGroup(count: number): string | undefined {
  made += 1
  for (const root of roots) {
    const folder = join(root, `pathbench-test-${process.pid}-${made}`)
    try {
      mkdirSync(folder)
    } catch {
      continue
    }
    try {
      writeFileSync(join(folder, 'pids.max'), String(count))
      return folder
    } catch {
      rmdirSync(folder)
    }
  }
  return undefined
}

function groupIn(folder: string): ProcessLimit {
  const processes = join(folder, 'cgroup.procs')
  return {
    within: ['sh', '-c', `echo $$ >${processes} && exec "$@"`, 'sh'],
    left: async () => {
      for (let attempt = 0; attempt < tries && readFileSync(processes, 'utf8') !== ''; attempt += 1)
        await setTimeout(50)
      return readFileSync(processes, 'utf8')
    },
  }
}
