/** Which two CPUs a run's sender and receiver are pinned to. */
import { readdirSync, readFileSync } from 'node:fs'
import { BenchError } from './errors.ts'
import { readIfThere } from './kernel-file.ts'

/** What decides about a pair of CPUs, by the kernel's CPU numbers. */
export interface CpuTopology {
  /** CPUs that this process may run on, rising. */
  readonly allowed: readonly number[]
  /** CPUs that the kernel's scheduler leaves alone (isolcpus=). */
  readonly isolated: readonly number[]
  /** SMT siblings of each CPU, itself included. */
  readonly siblings: ReadonlyMap<number, readonly number[]>
  /** CPUs that share each CPU's last-level cache, itself included. */
  readonly cacheSharers: ReadonlyMap<number, readonly number[]>
}

export interface CpuChoice {
  readonly senderCpu: number
  readonly receiverCpu: number
}

/** `0-3,8` as [0, 1, 2, 3, 8]: the format of cpu lists under /sys and /proc. */
export function parseCpuList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = NaN, last = first] = part.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    })
}

/**
 * Two CPUs that share a cache and are no SMT siblings where there are such, isolated ones first;
 * with one CPU, that one twice.
 */
export function chooseCpus({ allowed, isolated, siblings, cacheSharers }: CpuTopology): CpuChoice {
  const pairs = allowed.flatMap((senderCpu) =>
    allowed.filter((other) => other > senderCpu).map((receiverCpu) => ({ senderCpu, receiverCpu })),
  )
  const penalty = ({ senderCpu, receiverCpu }: CpuChoice): number =>
    (isolated.includes(senderCpu) && isolated.includes(receiverCpu) ? 0 : 4) +
    ((siblings.get(senderCpu) ?? []).includes(receiverCpu) ? 2 : 0) +
    ((cacheSharers.get(senderCpu) ?? []).includes(receiverCpu) ? 0 : 1)
  const [best] = pairs.toSorted((a, b) => penalty(a) - penalty(b))
  const only = allowed[0] ?? 0
  return best ?? { senderCpu: only, receiverCpu: only }
}

/**
 * The CPUs that `--cpus` names: `2,3` is the sender's and the receiver's.
 *
 * @throws BenchError `usage` if it names none, more than two, or one that may not be used.
 */
export function parseCpuChoice(text: string, allowed: readonly number[]): CpuChoice {
  const cpus = /^\d+(,\d+)?$/.test(text) ? text.split(',').map(Number) : []
  const [senderCpu, receiverCpu = senderCpu] = cpus
  if (senderCpu === undefined || receiverCpu === undefined)
    throw new BenchError(`Could not use --cpus ${text}: expected one or two CPU numbers, as in 0,1`, {
      trouble: 'usage',
    })
  const missing = cpus.find((cpu) => !allowed.includes(cpu))
  if (missing !== undefined)
    throw new BenchError(`Could not use --cpus ${text}: this process may not run on CPU ${missing}`, {
      trouble: 'usage',
      hint: `it may run on ${allowed.join(', ')}`,
    })
  return { senderCpu, receiverCpu }
}

/** What the kernel says of this machine's CPUs. */
export function readCpuTopology(): CpuTopology {
  const allowedLine = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  const allowed = parseCpuList(allowedLine?.[1] ?? '0')
  const listOf = (cpu: number, file: string) =>
    parseCpuList(readIfThere(`/sys/devices/system/cpu/cpu${cpu}/${file}`))
  return {
    allowed,
    isolated: parseCpuList(readIfThere('/sys/devices/system/cpu/isolated')),
    siblings: new Map(allowed.map((cpu) => [cpu, listOf(cpu, 'topology/thread_siblings_list')])),
    cacheSharers: new Map(
      allowed.map((cpu) => [cpu, listOf(cpu, `cache/${lastCache(cpu)}/shared_cpu_list`)]),
    ),
  }
}

function lastCache(cpu: number): string {
  try {
    const caches = readdirSync(`/sys/devices/system/cpu/cpu${cpu}/cache`).filter((name) =>
      name.startsWith('index'),
    )
    return caches.toSorted().at(-1) ?? 'index0'
  } catch {
    return 'index0'
  }
}
