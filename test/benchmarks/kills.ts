/**
 * Kills runs of both scenarios with SIGKILL at random moments, and compares the host before and after each: nothing
 * may be left. In every fiftieth, each of the run's processes is stopped and made to go on before (SIGSTOP, SIGCONT).
 *
 *   sudo node test/benchmarks/kills.ts [KILLS]     1000 by default, some 2 s each
 *
 * Ends with 1 if anything was left. Nothing else may change the host meanwhile.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { takeLock } from '../../src/host/lock.ts'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { randomSource } from '../../src/stats/random.ts'
import { benchCommand } from '../netns/bench-command.ts'
import { signalIfThere } from '../../src/host/signal-if-there.ts'

const kills = Number(process.argv[2] ?? 1000)
const seed = 20_263
/** Every so many a run's processes are stopped, and go on, before it is killed. */
const stopEvery = 50
const scenarios = ['redirect-vs-stack', 'dsr-vs-nat'] as const
const random = randomSource(seed)

const folder = mkdtempSync(join(tmpdir(), 'bench-kills-'))

interface RunningProcess {
  readonly pid: number
  readonly command: string
}

/** Processes that have a variable of ours in their environment. */
function processesOf(mark: string): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`BENCH_KILLS=${mark}`))
          return []
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
        return [{ pid: Number(pid), command }]
      } catch {
        // It has just ended.
        return []
      }
    })
}

async function linesOf(...[file, ...words]: readonly [string, ...string[]]): Promise<string[]> {
  const { stdout } = await execa(file, words, { reject: false })
  return stdout.split('\n')
}

function filesBelow(place: string): string[] {
  try {
    return readdirSync(place, { recursive: true }).map(String).toSorted()
  } catch {
    return []
  }
}

/** All of the host that a run could leave something in, as lines by what they are. */
async function readHost(): Promise<ReadonlyMap<string, readonly string[]>> {
  const bpf = async (kind: string): Promise<string[]> => {
    const { stdout } = await execa('bpftool', ['-j', kind, 'show'], { reject: false })
    return [...stdout.matchAll(/\{"id":(\d+)/g)].map(([, id]) => `${kind} ${id}`)
  }
  return new Map([
    ['mounts', readFileSync('/proc/self/mounts', 'utf8').split('\n')],
    ['namespaces', (await linesOf('lsns', '--noheadings', '--output', 'NS,TYPE')).toSorted()],
    ['/run', filesBelow('/run')],
    ['/sys/fs/bpf', filesBelow('/sys/fs/bpf')],
    ['links', (await linesOf('ip', '-oneline', 'link', 'show')).toSorted()],
    ['addresses', await linesOf('ip', '-oneline', 'address', 'show')],
    ['routes', await linesOf('ip', 'route', 'show', 'table', 'all')],
    ['nft rules', await linesOf('nft', 'list', 'ruleset')],
    ['sysctls', await linesOf('sysctl', '--all', '--pattern', '^(net\\.|kernel\\..*bpf)')],
    ['BPF', [...(await bpf('prog')), ...(await bpf('map')), ...(await bpf('link'))]],
  ])
}

type Host = Awaited<ReturnType<typeof readHost>>

/** What others may end meanwhile, too: that one is gone says nothing of a run. */
const isShared = (what: string): boolean => what === 'namespaces' || what === 'BPF'

/** What is there now and was not, and what was and is not. */
function differences(before: Host, after: Host): string[] {
  return [...before].flatMap(([what, was]) => {
    const is = after.get(what) ?? []
    return [
      ...is.filter((line) => !was.includes(line)).map((line) => `${what}: + ${line}`),
      ...(isShared(what) ? [] : was.filter((line) => !is.includes(line)).map((line) => `${what}: - ${line}`)),
    ]
  })
}

const lookFor = async (before: Host, mark: string): Promise<string[]> => [
  ...processesOf(mark).map(({ pid, command }) => `process ${pid}: ${command}`),
  ...differences(before, await readHost()),
]

/**
 * What is left once the kernel has had its time to tidy up: what every look finds, and no other process's passing by, such as
 * a whole run in another network namespace.
 */
async function leftBehind(before: Host, mark: string): Promise<string[]> {
  const tries = 900
  let left = await lookFor(before, mark)
  for (let attempt = 1; attempt < tries && left.length > 0; attempt += 1) {
    await setTimeout(100)
    const found = await lookFor(before, mark)
    left = left.filter((line) => found.includes(line))
  }
  const lock = await takeLock('the kills')
  if ('release' in lock) await lock.release()
  else {
    lock.leave()
    left.push(`lock: ${lock.holder}`)
  }
  return left
}

/** Every record on the disk that cannot be read, and every rest of one. */
function brokenResults(results: string): string[] {
  return listRuns(results).flatMap((run) => {
    try {
      readRun(results, run.folder)
      return []
    } catch (error) {
      return [`result ${run.folder}: ${String(error)}`]
    }
  })
}

/** How long a run of each took that was over before its moment, ms: then moments lie within that. */
const longestMs: Record<(typeof scenarios)[number], number> = {
  'redirect-vs-stack': 6000,
  'dsr-vs-nat': 12_000,
}

const count = { killed: 0, over: 0, stopped: 0, left: 0 }

async function attempt(index: number): Promise<void> {
  const scenario = scenarios[index % scenarios.length]!
  const mark = `${process.pid}.${index}`
  const results = join(folder, String(index))
  const before = await readHost()
  const words = ['run', scenario, '--rounds', '1', '--blocks', '1', '--no-report', '--results', results]
  const [file, ...rest] = benchCommand([...words, '--seed', String(index)], index % 4 < 2)
  const startedMs = performance.now()
  const run = execa(file, rest, { reject: false, env: { BENCH_KILLS: mark } })
  const delayMs = random() * longestMs[scenario]
  const ended = await Promise.race([run.then(() => true), setTimeout(delayMs)])
  if (ended !== undefined) {
    count.over += 1
    longestMs[scenario] = Math.min(longestMs[scenario], performance.now() - startedMs)
  } else {
    if (index % stopEvery === stopEvery - 1) {
      count.stopped += 1
      for (const signal of ['SIGSTOP', 'SIGCONT'] as const)
        for (const { pid } of processesOf(mark)) signalIfThere(pid, signal)
    }
    count.killed += 1
    run.kill('SIGKILL')
    await run
  }
  const left = [...(await leftBehind(before, mark)), ...brokenResults(results)]
  if (left.length > 0) {
    count.left += 1
    process.stdout.write(
      `kill ${index}, ${scenario} after ${Math.round(delayMs)} ms, left:\n  ${left.join('\n  ')}\n`,
    )
  }
  rmSync(results, { recursive: true, force: true })
}

process.stdout.write(`seed ${seed}, ${kills} kills\n`)
for (let index = 0; index < kills; index += 1) {
  await attempt(index)
  if ((index + 1) % 10 === 0) process.stdout.write(`${index + 1} of ${kills}: ${count.left} left something\n`)
}
rmSync(folder, { recursive: true, force: true })
process.stdout.write(
  `${count.killed} killed, ${count.stopped} of them stopped before, ${count.over} over before their moment: ${count.left} left something\n`,
)
if (count.left > 0) process.exitCode = 1
