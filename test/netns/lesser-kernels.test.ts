import { constants } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { changedScenario, type OwnScenario, ownScenario } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** enum bpf_cmd of include/uapi/linux/bpf.h. */
const bpfCommands = {
  testRun: 10,
  openRawTracepoint: 17,
  loadBtf: 18,
  createLink: 28,
  enableStats: 32,
} as const

const { EINVAL, EPERM } = constants.errno

/** The words of a command that runs another under a kernel that refuses one of bpf(2)'s commands. */
async function refusing(
  t: ExecutionContext,
  command: keyof typeof bpfCommands,
  error: number,
): Promise<string[]> {
  const program = join(temporaryFolder(t), 'refuse-bpf')
  await execa('clang', ['-Wall', '-Werror', '-o', program, join(import.meta.dirname, 'refuse-bpf.c')])
  return [program, String(bpfCommands[command]), String(error)]
}

const brief = ['--rounds', '1', '--blocks', '1', '--no-report']

/** The warnings of the one run that was kept, whose paths all were measured and proved. */
function warningsOf(t: ExecutionContext, { resultsFolder }: OwnScenario): string[] {
  const records = listRuns(resultsFolder).map(({ folder }) => readRun(resultsFolder, folder))
  t.deepEqual(
    records.map(({ paths }) => paths.map(({ name, status }) => `${name} ${status}`)),
    [['stack measured', 'redirect measured', 'control measured', 'floor measured']],
  )
  return records.flatMap(({ warnings }) => warnings.map(({ message }) => message))
}

for (const [what, error] of [
  ['a kernel that does not know how to count program runs', EINVAL],
  ['a container that may not count program runs', EPERM],
] as const)
  asRoot(`on ${what}, a run whose proof counts them ends with 3 and says so`, async (t) => {
    const own = ownScenario(t, changedScenario())
    const within = await refusing(t, 'enableStats', error)
    const { exitCode, stderr } = await bench(own.runArguments(...brief), { within })
    t.is(exitCode, 3, stderr)
    t.regex(
      stderr,
      /^Could not run .*: this kernel lacks .*\n {2}redirect: .*does not count runs of programs: .*\nHint: `bench doctor`/m,
    )
    t.deepEqual(listRuns(own.resultsFolder), [])
    const doctor = await bench(['doctor'], { within })
    t.is(doctor.exitCode, 3)
    t.regex(doctor.stdout, /^run-counts +missing .*5\.8/m)
  })

asRoot(
  'on a kernel that does not count program runs, a path is measured whose proof does without',
  async (t) => {
    const proof = [
      { counter: 'netns-3/Udp.InDatagrams', equals: 'requests' },
      { counter: 'netns-2/Ip.ForwDatagrams', equals: 'replies' },
    ]
    const own = ownScenario(
      t,
      changedScenario([
        [['paths', 'redirect', 'needs'], []],
        [['paths', 'redirect', 'proof'], proof],
      ]),
    )
    const within = await refusing(t, 'enableStats', EINVAL)
    const { exitCode, stderr } = await bench(own.runArguments(...brief), { within })
    t.is(exitCode, 0, stderr)
    warningsOf(t, own)
  },
)

asRoot(
  'on a kernel that runs no program by itself, what a run of one costs is not known, and that is said',
  async (t) => {
    const own = ownScenario(t, changedScenario())
    const within = await refusing(t, 'testRun', EINVAL)
    const { exitCode, stderr } = await bench(own.runArguments(...brief), { within })
    t.is(exitCode, 0, stderr)
    t.true(
      warningsOf(t, own).some((message) =>
        message.startsWith('redirect: what a run of redirect costs is not known: '),
      ),
      stderr,
    )
  },
)

asRoot('on a kernel that lacks what sink xdp wants, a run with it ends with 3 and says so', async (t) => {
  const own = ownScenario(t, changedScenario())
  const within = await refusing(t, 'createLink', EINVAL)
  const { exitCode, stderr } = await bench([...own.runArguments(...brief), '--sink', 'xdp'], { within })
  t.is(exitCode, 3, stderr)
  t.regex(stderr, /^Could not run .*: this kernel lacks .*\n {2}stack: .*Invalid argument\)$/m)
  t.deepEqual(listRuns(own.resultsFolder), [])
  const doctor = await bench(['doctor'], { within })
  t.regex(doctor.stdout, /^xdp-sink +missing .*5\.18/m)
})

for (const command of ['openRawTracepoint', 'createLink', 'loadBtf'] as const)
  asRoot(`on a kernel that refuses ${command}, a run goes on to its end`, async (t) => {
    const own = ownScenario(t, changedScenario())
    const { exitCode, stderr } = await bench(own.runArguments(...brief), {
      within: await refusing(t, command, EINVAL),
    })
    t.is(exitCode, 0, stderr)
    warningsOf(t, own)
  })

const hideBtf = 'mount -t tmpfs none /sys/kernel/btf && exec "$@"'
const withoutBtf = ['unshare', '--mount', 'sh', '-c', hideBtf, 'sh']

asRoot('on a kernel without BTF of its own, a run goes on to its end', async (t) => {
  const own = ownScenario(t, changedScenario())
  const { exitCode, stderr } = await bench(own.runArguments(...brief), { within: withoutBtf })
  t.is(exitCode, 0, stderr)
  warningsOf(t, own)
})

asRoot(
  "there, paths whose programs read the kernel's own structures are skipped, and it is said why",
  async (t) => {
    const { exitCode, stderr } = await bench(['run', 'dsr-vs-nat', '--results', temporaryFolder(t)], {
      within: withoutBtf,
    })
    t.is(exitCode, 3, stderr)
    t.regex(stderr, /^ {2}dsr-tc: .*there is no \/sys\/kernel\/btf\/vmlinux/m)
    const doctor = await bench(['doctor'], { within: withoutBtf })
    t.is(doctor.exitCode, 0)
    t.regex(doctor.stdout, /^kernel-btf +missing .*dsr-vs-nat cannot run/m)
  },
)
