/** Stops the generator in the middle of a trial. */
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** True when every thread of the process is stopped. */
const isStopped = async (pid: number): Promise<boolean> => {
  const threads = await readdir(`/proc/${pid}/task`)
  const states = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8')),
  )
  return states.every((state) => state.includes(') T '))
}

export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition()));
}

/** A counter of the process's own namespace: `Udp`, `OutDatagrams`. */
export const ownCounter = async (pid: number, protocol: string, name: string): Promise<number> => {
  const rows = (await readFile(`/proc/${pid}/net/snmp`, 'utf8'))
    .split('\n')
    .filter((row) => row.startsWith(`${protocol}:`))
  const [names, values] = rows.map((row) => row.split(' '))
  return Number(values![names!.indexOf(name)])
}

/** Stops all threads of a process for at least so long. */
export const stopFor = async (pid: number, milliseconds: number): Promise<void> => {
  process.kill(pid, 'SIGSTOP')
  await until(() => isStopped(pid))
  await delay(milliseconds)
  process.kill(pid, 'SIGCONT')
}
