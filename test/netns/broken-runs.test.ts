import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench, benchCommand, startBench, told } from './bench-command.ts'
import { leftAfterAWhile, markedProcesses } from './leftovers.ts'
import { type MarkedScenario, markedScenario } from './marked-scenario.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { signalIfThere } from '../../src/host/signal-if-there.ts'

const brief = ['--rounds', '1', '--blocks', '1']

for (const [what, command, message] of [
  ['the load generator', /build\/udpgen$/, /udpgen ended \(SIGKILL|udpgen ended \(exit code 137/],
  ['the sandbox', /build\/runner /, /udpgen ended|the sandbox gave no answer/],
] as const)
  asRoot(`when ${what} is killed, the run ends with 4, and keeps what was measured`, async (t) => {
    const own = markedScenario(t)
    const run = startBench(own.runArguments('--rounds', '1000', '--blocks', '1'), {
      environment: own.mark.environment,
    })
    await told(run, 'round 1/1000')
    const victims = markedProcesses(own.mark).filter((one) => command.test(one.command))
    t.true(victims.length > 0)
    for (const { pid } of victims) signalIfThere(pid, 'SIGKILL')
    const { exitCode, stderr } = await run
    t.is(exitCode, 4, stderr)
    t.regex(stderr, message)
    const [kept] = listRuns(own.resultsFolder)
    const record = readRun(own.resultsFolder, kept!.folder)
    t.false(record.complete)
    t.true(record.settings.rounds >= 1)
    t.true(record.comparisons.some(({ path }) => path === 'redirect'))
    t.deepEqual(await leftAfterAWhile(own.mark), [])
  })

/** Runs a marked scenario where `mount` was done first, in a mount namespace that ends with it. */
async function runWithMount(own: MarkedScenario, mount: string, ...more: readonly string[]) {
  const script = `${mount}; exec "$@"`
  const command = benchCommand(own.runArguments(...brief, ...more))
  const { exitCode, stdout, stderr } = await execa(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...command],
    { reject: false, env: own.mark.environment },
  )
  return { exitCode, stdout, stderr }
}

asRoot(
  'a full disk ends the run with 4 and says what to do, what was measured is shown, and nothing else is left',
  async (t) => {
    const own = markedScenario(t)
    const mount = `mkdir ${own.resultsFolder}; mount -t tmpfs -o size=16k tmpfs ${own.resultsFolder}`
    const { exitCode, stdout, stderr } = await runWithMount(own, mount)
    t.is(exitCode, 4, stderr)
    t.regex(stdout, /^redirect .*packets\/s/m)
    t.notRegex(stderr, /^result/m)
    t.regex(stderr, /Could not write .*run\.json: ENOSPC.*\nHint: free some space, or name another place/)
    t.deepEqual(await leftAfterAWhile(own.mark), [])
  },
)

asRoot('where a disk has room for neither record nor report, both are told, the record first', async (t) => {
  const own = markedScenario(t)
  const mount = `mkdir ${own.resultsFolder}; mount -t tmpfs -o size=16k tmpfs ${own.resultsFolder}`
  const { exitCode, stderr } = await runWithMount(own, mount, '--reports', join(own.resultsFolder, 'reports'))
  t.is(exitCode, 4, stderr)
  t.regex(stderr, /Could not write .*run\.json: ENOSPC.*\n {2}Could not write .*\.html: ENOSPC/)
})

asRoot('a read-only results folder ends the run with 4 before anything is built', async (t) => {
  const own = markedScenario(t)
  const mount = `mkdir ${own.resultsFolder}; mount -t tmpfs -o ro tmpfs ${own.resultsFolder}`
  const { exitCode, stderr } = await runWithMount(own, mount)
  t.is(exitCode, 4, stderr)
  t.regex(stderr, /Could not write to folder .*: EROFS.*\nHint: .*--results/)
  t.notRegex(stderr, /round/)
  t.deepEqual(await leftAfterAWhile(own.mark), [])
})

asRoot(
  'a file where the results folder should be ends the run with 4 before anything is built',
  async (t) => {
    const own = ownScenario(t, changedScenario())
    writeFileSync(own.resultsFolder, '')
    const { exitCode, stderr } = await bench(own.runArguments(...brief))
    t.is(exitCode, 4)
    t.regex(stderr, /Could not make folder .*results: (EEXIST|ENOTDIR).*\nHint: .*--results/)
  },
)

asRoot('a report that cannot be written ends the run with 4, and the result is kept', async (t) => {
  const own = ownScenario(t, changedScenario())
  mkdirSync(own.reportsFolder)
  writeFileSync(join(own.reportsFolder, 'redirect-vs-stack'), '')
  const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief))
  t.is(exitCode, 4)
  t.regex(stdout, /^redirect +\w+ +(?:[+−]\S+|0(?:\.0+)?) % packets\/s/m)
  t.regex(stderr, /Could not make folder .*reports/)
  const [kept] = listRuns(own.resultsFolder)
  t.true(readRun(own.resultsFolder, kept!.folder).complete)
  t.true(stderr.includes(`result  ${kept!.folder}`), stderr)
})

for (const [name, options, reason] of [
  ['reports', ['--reports', '/proc/version/reports'], /^Could not make folder .*\nHint: .* --reports\n$/],
  ['results', ['--results', '/proc'], /^Could not write to folder \/proc: .*\nHint: .* --results\n$/],
] as const)
  asRoot(`a place where no ${name} can be is told before anything is measured`, async (t) => {
    const own = ownScenario(t, changedScenario())
    const { exitCode, stdout, stderr } = await bench([...own.runArguments(...brief), ...options])
    t.is(exitCode, 4)
    t.is(stdout, '')
    t.regex(stderr, reason)
  })

asRoot('a sysctl that the kernel makes another value of is told, and no path has it', async (t) => {
  const ttl = ['topology', 'namespaces', 'netns-2', 'sysctls', 'net.ipv4.ip_default_ttl'] as const
  const own = ownScenario(t, changedScenario([[ttl, '010']]))
  const { exitCode, stderr } = await bench(own.runArguments(...brief))
  t.is(exitCode, 4)
  t.regex(stderr, /the kernel made '8' of '010' for \/proc\/sys\/net\/ipv4\/ip_default_ttl/)
})

asRoot(
  'a sysctl that the kernel does not know leaves nothing to compare: exit 4, and it is named',
  async (t) => {
    const own = ownScenario(
      t,
      changedScenario([[['topology', 'namespaces', 'netns-2', 'sysctls', 'net.ipv4.no_such'], 1]]),
    )
    const { exitCode, stderr } = await bench(own.runArguments(...brief))
    t.is(exitCode, 4)
    t.regex(stderr, /Could not set the sysctls of netns-2 of path "\w+": .*\/proc\/sys\/net\/ipv4\/no_such/)
    const [kept] = listRuns(own.resultsFolder)
    const { paths } = readRun(own.resultsFolder, kept!.folder)
    t.deepEqual(
      paths.filter(({ status }) => status === 'invalid').map(({ name }) => name),
      ['stack', 'redirect', 'control'],
    )
  },
)

const careless = (object: string) => ({
  role: 'candidate',
  title: 'a program that will not do',
  programs: [
    {
      object,
      program: 'careless',
      hook: 'tc/ingress',
      namespace: 'netns-2',
      device: 'veth1@2',
    },
  ],
})

const refused = [
  '#include <linux/bpf.h>',
  '#include <bpf/bpf_helpers.h>',
  'SEC("tc") int careless(struct __sk_buff *skb) { return *(int *)(long)skb->data; }',
  'char _license[] SEC("license") = "GPL";',
]

asRoot(
  'a program that the verifier refuses, and one that does not compile, cost their paths, and it is said at which line',
  async (t) => {
    const own = ownScenario(
      t,
      changedScenario([
        [['paths', 'careless'], careless('careless.bpf.c')],
        [['paths', 'unfinished'], careless('unfinished.bpf.c')],
      ]),
      { 'careless.bpf.c': refused.join('\n'), 'unfinished.bpf.c': 'int careless(' },
    )
    const { exitCode } = await bench(own.runArguments(...brief, '--no-report'))
    t.is(exitCode, 4)
    const [kept] = listRuns(own.resultsFolder)
    const { paths } = readRun(own.resultsFolder, kept!.folder)
    t.deepEqual(
      paths.map(({ name, status }) => [name, status]),
      [
        ['stack', 'measured'],
        ['redirect', 'measured'],
        ['control', 'measured'],
        ['floor', 'measured'],
        ['careless', 'invalid'],
        ['unfinished', 'invalid'],
      ],
    )
    const reasonOf = (wanted: string) => paths.find(({ name }) => name === wanted)?.reason ?? ''
    t.regex(
      reasonOf('careless'),
      /^Could not load program careless of careless\.bpf\.c for path "careless": .*careless\.bpf\.c:3 .*invalid access to packet/,
    )
    t.regex(
      reasonOf('unfinished'),
      /^Could not compile .*unfinished\.bpf\.c: .*expected parameter declarator/,
    )
  },
)

asRoot(
  'a path that needs what the kernel lacks is skipped with the reason, and the others are measured',
  async (t) => {
    const own = ownScenario(
      t,
      changedScenario([[['paths', 'plain'], { role: 'candidate', title: 'the stack under another name' }]]),
    )
    // A kernel without sch_ingress refuses just this, and so does tc here.
    const tc = join(own.folder, 'tc')
    const refusal =
      'case "$*" in *probe0*clsact*) echo "Error: Specified qdisc kind is unknown." >&2; exit 2;; esac'
    writeFileSync(tc, `#!/bin/sh\n${refusal}\nexec /usr/sbin/tc "$@"\n`, { mode: 0o755 })
    const { exitCode, stdout, stderr } = await bench(own.runArguments(...brief, '--no-report'), {
      environment: { PATH: `${own.folder}:${process.env.PATH ?? ''}` },
    })
    t.is(exitCode, 0, stderr)
    const [kept] = listRuns(own.resultsFolder)
    const { paths, comparisons } = readRun(own.resultsFolder, kept!.folder)
    t.deepEqual(
      paths.map(({ name, status }) => [name, status]),
      [
        ['stack', 'measured'],
        ['redirect', 'skipped'],
        ['control', 'measured'],
        ['floor', 'measured'],
        ['plain', 'measured'],
      ],
    )
    t.regex(stdout.replaceAll(/\s+/g, ' '), / redirect skipped .*Specified qdisc kind is unknown/)
    t.deepEqual(
      comparisons.filter(({ path }) => path === 'redirect'),
      [],
    )
  },
)

asRoot('where every candidate needs what the kernel lacks, the run ends with 3', async (t) => {
  const own = ownScenario(t, changedScenario())
  const tc = join(own.folder, 'tc')
  writeFileSync(tc, '#!/bin/sh\necho "Error: Specified qdisc kind is unknown." >&2\nexit 2\n', {
    mode: 0o755,
  })
  const { exitCode, stderr } = await bench(own.runArguments(...brief), {
    environment: { PATH: `${own.folder}:${process.env.PATH ?? ''}` },
  })
  t.is(exitCode, 3)
  t.regex(
    stderr,
    /^Could not run redirect-vs-stack: this kernel lacks .*\n {2}redirect: .*qdisc kind.*\nHint: .*doctor/,
  )
})
