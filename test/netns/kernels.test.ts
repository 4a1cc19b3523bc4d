/** Kernels in virtual machines: Debian's, by emulation where there is no KVM. */
import { readFileSync, statSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import { hasKvm } from '../../src/host/kvm.ts'
import { namesIn } from '../../src/host/names-in.ts'
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { PathRecord, RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, inProject, startBench } from './bench-command.ts'
import { debianKernels } from './debian-kernels.ts'
import { leftAfterAWhile, markedProcesses } from './leftovers.ts'
import { type Mark, type MarkedScenario, markedScenario } from './marked-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

const small = ['--rounds', '1', '--blocks', '3', '--seed', '5', '--no-report']
const limitMs = 5 * 60 * 1000
const mebibyte = 2 ** 20

/** The newest record of a scenario's own results. */
function newestRecord({ resultsFolder }: MarkedScenario): RunRecord {
  const runs = listRuns(resultsFolder)
  return readRun(resultsFolder, runs.at(-1)!.folder)
}

/** What runs of the same trials have alike, whatever their kernel and their times. */
const countsOf = ({ status, proof, delivery = [] }: PathRecord) => ({
  status,
  proof: proof.map(({ what, expected, holds }) => `${what}: ${expected}, ${holds}`),
  delivery: delivery.map(({ kind, sent, received, lost, corrupted, duplicated, misdirected }) => ({
    ...{ kind, sent, received, lost, corrupted, duplicated, misdirected },
  })),
})

interface Seen {
  /** The most that a machine has had of this one's memory, bytes. */
  memoryBytes: number
  initramfsBytes: number
}

const machinesOf = (mark: Mark) =>
  markedProcesses(mark).filter(({ program }) => program.endsWith('qemu-system-x86_64'))

/** Looks at the machines of a run until it ends. */
async function watchMachines(mark: Mark, run: Promise<unknown>): Promise<Seen> {
  const seen: Seen = { memoryBytes: 0, initramfsBytes: 0 }
  const isOver = async () => (await Promise.race([run, setTimeout(200, 'goes on')])) !== 'goes on'
  while (!(await isOver()))
    for (const { pid, command } of machinesOf(mark))
      try {
        // One that is ending has none any more.
        const most = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        seen.memoryBytes = Math.max(seen.memoryBytes, Number(most ?? 0) * 1024)
        const initramfs = / -initrd (.*?\.cpio\.zst)/.exec(command)?.[1] ?? ''
        seen.initramfsBytes = Math.max(seen.initramfsBytes, statSync(initramfs).size)
      } catch {
        // It has just ended.
      }
  return seen
}

/** How often a trial is on another kernel than the one before it in its block. */
function alternationsIn({ trials, paths }: RunRecord): number {
  const kernelOf = new Map(paths.map(({ name, kernel }) => [name, kernel]))
  return trials.filter((trial, index) => {
    const before = trials[index - 1]
    return before?.block === trial.block && kernelOf.get(before.path) !== kernelOf.get(trial.path)
  }).length
}

function isEmulatedRun(t: ExecutionContext, { environment, comparisons, warnings }: RunRecord): boolean {
  const isEmulated = environment.machines?.some(({ accelerator }) => accelerator === 'tcg') ?? false
  if (!hasKvm()) t.true(isEmulated)
  if (!isEmulated) return false
  t.true(warnings.some(({ code }) => code === 'emulated'))
  for (const { verdict, withheldFor } of comparisons)
    t.deepEqual([verdict, withheldFor], ['inconclusive', 'emulated'])
  return true
}

asRoot('two kernels count and prove what this one does, in turns, each in less than 512 MB', async (t) => {
  t.timeout(limitMs)
  const own = markedScenario(t)
  const here = await bench(own.runArguments(...small))
  t.is(here.exitCode, 0, here.stderr)
  const onThisKernel = newestRecord(own)

  const kernels = await debianKernels()
  const words = own.runArguments(...small, ...kernels.flatMap((kernel) => ['--kernel', kernel]))
  const run = startBench(words, { environment: own.mark.environment })
  const [{ exitCode, stdout, stderr }, seen] = await Promise.all([run, watchMachines(own.mark, run)])
  t.is(exitCode, 0, stderr)
  const record = newestRecord(own)
  isEmulatedRun(t, record)

  const names = record.environment.machines!.map(({ name }) => name)
  for (const path of record.paths) {
    const [plain = '', kernel = ''] = path.name.split('@')
    t.is(path.kernel, kernel)
    t.deepEqual(countsOf(path), countsOf(onThisKernel.paths.find(({ name }) => name === plain)!), path.name)
    if (path.role === 'candidate') t.true(stdout.includes(path.name), stdout)
  }
  t.deepEqual(
    record.paths.map(({ name }) => name),
    [
      ...['stack', 'redirect', 'control', 'floor'].map((name) => `${name}@${names[0]}`),
      ...['stack', 'redirect'].map((name) => `${name}@${names[1]}`),
    ],
  )
  const blocks = new Set(record.trials.map(({ block }) => block)).size
  t.true(alternationsIn(record) > blocks, `${alternationsIn(record)} in ${blocks} blocks`)
  for (const { kernel, config, missingModules } of record.environment.machines!) {
    t.false(onThisKernel.environment.kernel.startsWith(kernel.split(' ')[0]!))
    t.true(['m', 'y'].includes(config?.VETH ?? ''))
    t.deepEqual(missingModules, [])
  }
  t.deepEqual(record.request?.kernels, [...kernels])

  t.log(
    `${Math.round(seen.memoryBytes / mebibyte)} MiB, initramfs ${Math.round(seen.initramfsBytes / mebibyte)} MiB`,
  )
  t.true(seen.memoryBytes > 0 && seen.memoryBytes < 512 * mebibyte, String(seen.memoryBytes))
  t.true(seen.initramfsBytes > 0 && seen.initramfsBytes < 40e6, String(seen.initramfsBytes))
  t.deepEqual(await leftAfterAWhile(own.mark), [])
})

for (const family of ['4', '6'])
  asRoot(`path netkit of redirect-family is proved over IPv${family} on a kernel that has it`, async (t) => {
    t.timeout(limitMs)
    const results = temporaryFolder(t)
    const [, newer] = await debianKernels()
    const words = ['run', 'redirect-family', '--family', family, '--only', 'netkit', '--kernel', newer]
    const { exitCode, stderr } = await bench([...words, ...small, '--results', results])
    t.is(exitCode, 0, stderr)
    const [only] = listRuns(results)
    const path = readRun(results, only!.folder).paths.find(({ name }) => name.startsWith('netkit'))!
    t.is(path.status, 'measured', path.reason)
    t.deepEqual(
      path.proof.filter(({ holds }) => !holds),
      [],
    )
    t.true(path.proof.some(({ what }) => what.includes('redirect')))
  })

asRoot('a run on another kernel that is killed leaves no machine and no file', async (t) => {
  t.timeout(limitMs)
  const own = markedScenario(t)
  const [, newer] = await debianKernels()
  const run = startBench(own.runArguments(...small, '--kernel', newer), { environment: own.mark.environment })
  // What asks for something in there is there once the machine is up.
  const isUp = () => markedProcesses(own.mark).some(({ program }) => program.endsWith('machine-enter'))
  while (!isUp() && (await Promise.race([run, setTimeout(50)])) === undefined);
  t.true(isUp())
  t.is(machinesOf(own.mark).length, 1)
  run.kill('SIGKILL')
  await run
  t.deepEqual(await leftAfterAWhile(own.mark), [])
  const kept = namesIn(inProject('build', 'initramfs'))
  t.true(kept.length > 0 && kept.every((name) => /^[0-9a-f]{32}\.cpio\.zst$/.test(name)), kept.join(' '))
})

asRoot(
  'ab of two kernels is judged where there is KVM; by emulation it says so, and ends with 4',
  async (t) => {
    t.timeout(limitMs)
    const own = markedScenario(t)
    const [older, newer] = await debianKernels()
    const words = [
      'ab',
      own.file,
      '--base-kernel',
      older,
      '--head-kernel',
      newer,
      '--results',
      own.resultsFolder,
    ]
    const { exitCode, stdout, stderr } = await bench([...words, ...small, '--path', 'redirect'])
    const record = newestRecord(own)
    t.deepEqual(
      record.paths.map(({ name, status }) => [name, status]),
      ['base', 'head', 'control', 'floor'].map((name) => [name, 'measured']),
    )
    t.is(record.environment.machines?.length, 3)
    t.deepEqual(record.request?.kernels, [older, newer])
    t.regex(record.command, /bench ab \S+ --base-kernel \S+ --head-kernel \S+ --path redirect /)
    t.regex(stdout, /^base {2}kernel \d\S+ \(linux-image-/m)
    if (!isEmulatedRun(t, record)) return
    t.is(exitCode, 4, stderr)
    t.regex(stderr, /nothing was judged: the kernels ran by emulation, whose timings mean nothing/)
  },
)
