/**
 * Whether a path that lies is ever compared in default runs, and whether an honest one beside it is ever called invalid.
 *
 *   sudo node test/benchmarks/lying-paths.ts [runs of each group of liars, 20] [runs with a starved receiver, 50]
 *     [arguments of bench run…]
 *
 * The liars are those of test/netns/lying-paths.ts, in five groups; each run has the stack and an honest path besides.
 * In the runs with a starved receiver a process of high priority has the receiver's CPU for 100 ms, again and again.
 * Ends with 1 if a liar was compared, or not found out, or an honest path was invalid.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { RunRecord } from '../../src/record/record.ts'
import { type Liars, liarsAboutHttp, liarsBySizeOrFlow, usualLiars } from '../netns/lying-scenarios.ts'
import { changedText } from '../netns/own-scenario.ts'

const [runs = '20', starvedRuns = '50', ...runArguments] = process.argv.slice(2)
const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'pathbench-liars-'))
const receiverCpu = 1

const groups: readonly Liars[] = [
  ...usualLiars,
  liarsBySizeOrFlow([800, 250, 250]),
  liarsAboutHttp({ kind: 'http', requests: 200, connections: 8 }),
]

/** Takes the receiver's CPU for 100 ms at a time, with pauses of up to a second. */
function starve(): ChildProcess {
  const script = `for (;;) {
    const until = performance.now() + 100
    while (performance.now() < until);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200 + 800 * Math.random())
  }`
  return spawn('taskset', ['-c', String(receiverCpu), 'nice', '-n', '-20', process.execPath, '-e', script])
}

/** What came out wrong in a run, a sentence each. */
async function faultsOf({ names, changes }: Liars): Promise<string[]> {
  const file = join(folder, 'liars.yaml')
  writeFileSync(file, changedText('redirect-vs-stack', changes))
  const words = [
    'run',
    file,
    '--json',
    '--quiet',
    '--no-report',
    '--results',
    folder,
    '--cpus',
    `0,${receiverCpu}`,
    ...runArguments,
  ]
  const { stdout, stderr } = await execa(join(project, 'bench'), words, { reject: false })
  if (stdout === '') return [`a run gave no record: ${stderr}`]
  const { paths, comparisons } = JSON.parse(stdout) as RunRecord
  const statusOf = (name: string) => paths.find((path) => path.name === name)
  return [
    ...['stack', 'honest']
      .filter((name) => statusOf(name)?.status !== 'measured')
      .map((name) => `${name} is ${statusOf(name)?.status}: ${statusOf(name)?.reason}`),
    ...names.filter((name) => statusOf(name)?.status !== 'invalid').map((name) => `${name} is not invalid`),
    ...new Set(comparisons.map(({ path }) => path).filter((path) => path !== 'honest')),
  ]
}

async function count(what: string, orders: readonly Liars[]): Promise<number> {
  let faulty = 0
  for (const [index, liars] of orders.entries()) {
    const faults = await faultsOf(liars)
    if (faults.length > 0) faulty += 1
    for (const fault of faults) console.log(`  ${what} ${index + 1}: ${fault}`)
    if ((index + 1) % 10 === 0) console.log(`${what}: ${index + 1} of ${orders.length}, ${faulty} faulty`)
  }
  return faulty
}

const liars = groups.reduce((sum, { names }) => sum + names.length, 0)
const faulty = await count('run', Array.from({ length: Number(runs) }, () => groups).flat())
const starver = starve()
const faultyStarved = await count(
  'starved run',
  Array.from({ length: Number(starvedRuns) }, (_, index) => groups[index % groups.length]!),
)
starver.kill('SIGKILL')
rmSync(folder, { recursive: true })
console.log(
  `${liars} lying paths in ${Number(runs) * groups.length} runs, ${runs} each: ${faulty} runs with a fault; with the receiver starved, ${faultyStarved} of ${starvedRuns}`,
)
process.exitCode = faulty + faultyStarved === 0 ? 0 : 1
