/** What the threads of a PID namespace do with CPUs. */
import { readIfThere } from './kernel-file.ts'
import { namesIn } from './names-in.ts'
import { pidNamespaceOf, statFields } from './process-state.ts'

export interface ThreadTime {
  /** How long it has run so far, or waited for its CPU while others ran there, ns. */
  readonly busyNs: number
  /** The CPU that it ran on last. */
  readonly cpu: number
}

/**
 * The threads of all processes of a PID namespace, by number.
 *
 * @param procFolder where procfs is mounted
 * @param pidNamespace what a link /proc/PID/ns/pid of one of them says
 */
export function threadsOf(procFolder: string, pidNamespace: string): Map<string, ThreadTime> {
  const processes = namesIn(procFolder).filter(
    (name) => /^\d+$/.test(name) && pidNamespaceOf(`${procFolder}/${name}`) === pidNamespace,
  )
  const folders = processes.flatMap((name) => {
    const tasks = `${procFolder}/${name}/task`
    return namesIn(tasks).map((task) => `${tasks}/${task}`)
  })
  return new Map(folders.map((folder) => [folder, threadTime(folder)]))
}

/** By the kernel's Documentation/scheduler/sched-stats.rst; the CPU is the 39th field of proc_pid_stat(5). */
function threadTime(folder: string): ThreadTime {
  const [ranNs = '', waitedNs = ''] = readIfThere(`${folder}/schedstat`).split(' ')
  return { busyNs: Number(ranNs) + Number(waitedNs), cpu: Number(statFields(folder)[36] ?? -1) }
}
