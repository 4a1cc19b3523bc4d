import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { inProject } from './bench-command.ts'
import { changedScenario, type OwnScenario, ownScenario } from './own-scenario.ts'
import { ownProgramScenario, source } from './own-program.ts'

const brief = ['--rounds', '1', '--blocks', '1', '--no-report']

/** Runs a shell script in a mount namespace of its own; $PROJECT is the project's folder. */
const inOwnMounts = (
  script: string,
  environment: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
) =>
  execa('unshare', ['--mount', 'sh', '-ec', script, 'sh', ...words], {
    reject: false,
    extendEnv: false,
    env: { PATH: process.env.PATH ?? '', HOME: '/root', PROJECT: inProject(), ...environment },
  })

function measuredPaths(t: ExecutionContext, { resultsFolder }: OwnScenario): string[] {
  const [run] = listRuns(resultsFolder)
  t.not(run, undefined)
  return readRun(resultsFolder, run!.folder).paths.map(({ name, status }) => `${name} ${status}`)
}

const allMeasured = ['stack measured', 'redirect measured', 'control measured', 'floor measured']

/** Puts the project, and the tools that a run calls, below /run and nowhere else in PATH. */
const belowRun = `
mount -t tmpfs none /run
disk="/run/media/somebody/a disk"
mkdir -p "$disk" /run/current-system/sw/bin
mount --bind "$PROJECT" "$disk"
for tool in ip tc bpftool unshare nsenter setpriv; do
  cp -L "$(command -v $tool)" /run/current-system/sw/bin/$tool
done
ln -s current-system /run/booted-system
for tool in ip tc bpftool nsenter setpriv; do
  while there=$(PATH=\${PATH#*:} command -v $tool) && [ -x "$there" ]; do
    mount --bind /dev/null "$(readlink -f "$there")"
  done
done
PATH=/run/booted-system/sw/bin:$PATH
cd "$disk"
`

asRoot('a checkout on a disk below /run, and tools below /run, are there for a run', async (t) => {
  const own = ownScenario(t, changedScenario())
  const { exitCode, stderr } = await inOwnMounts(
    `${belowRun} exec ./bench "$@"`,
    {},
    own.runArguments(...brief),
  )
  t.is(exitCode, 0, stderr)
  t.deepEqual(measuredPaths(t, own), allMeasured)
})

asRoot('what is below /run is seen by bench exec too, but for what the sandbox has itself', async (t) => {
  const look =
    'readlink /run/booted-system; command -v ip; ls /run/netns; ls -d "/run/media/somebody/a disk/bench"'
  const { exitCode, stdout, stderr } = await inOwnMounts(
    `${belowRun} mkdir /run/netns; : >/run/netns/of-the-host; exec ./bench "$@"`,
    {},
    ['exec', 'redirect-vs-stack', '--', 'sh', '-c', look],
  )
  t.is(exitCode, 0, stderr)
  t.deepEqual(stdout.split('\n'), [
    'current-system',
    '/run/booted-system/sw/bin/ip',
    ...['netns-1', 'netns-2', 'netns-3'],
    '/run/media/somebody/a disk/bench',
  ])
})

const readOnly = 'mount --bind "$PROJECT" "$PROJECT"; mount -o remount,ro,bind "$PROJECT"; cd /'

asRoot(
  "where pathbench may not be written to, a user's program is built among the user's caches",
  async (t) => {
    const own = ownScenario(t, ownProgramScenario(), { 'mine.bpf.c': source })
    const caches = join(own.folder, 'caches')
    const { exitCode, stderr } = await inOwnMounts(
      `${readOnly}; "$PROJECT/bench" "$@"; ls "$XDG_CACHE_HOME"/pathbench/objects/*/mine.bpf.o`,
      { XDG_CACHE_HOME: caches },
      own.runArguments('--rounds', '1', '--blocks', '1'),
    )
    t.is(exitCode, 0, stderr)
    t.regex(stderr, /^report {2}.*\.html$/m)
    t.deepEqual(measuredPaths(t, own), allMeasured)
  },
)

asRoot('where no cache may be written either, it is built in a folder that goes with the run', async (t) => {
  const own = ownScenario(t, ownProgramScenario(), { 'mine.bpf.c': source })
  const temporary = join(own.folder, 'temporary')
  mkdirSync(temporary)
  const { exitCode, stdout, stderr } = await inOwnMounts(
    `${readOnly}; "$PROJECT/bench" "$@" >/dev/null; ls -A "$TMPDIR"`,
    { XDG_CACHE_HOME: inProject('caches'), TMPDIR: temporary },
    own.runArguments(...brief),
  )
  t.is(exitCode, 0, stderr)
  t.is(stdout, '')
  t.deepEqual(measuredPaths(t, own), allMeasured)
})

asRoot('where results cannot be written, a run says so at once, and which option to give', async (t) => {
  const { exitCode, stderr } = await inOwnMounts(`${readOnly}; exec "$PROJECT/bench" run redirect-vs-stack`)
  t.is(exitCode, 4, stderr)
  t.regex(stderr, /^Could not write to folder .*results: EROFS.*\nHint: .*--results/)
  t.notRegex(stderr, /round 1|\n {4}at /)
})

for (const words of ['list', 'show redirect-vs-stack', 'schema run', '--version'])
  asRoot(`bench ${words} works where pathbench may not be written to, for any user`, async (t) => {
    const asNobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups'
    // Whoever may not enter the folder above sees it elsewhere.
    const elsewhere =
      'mkdir -p /mnt/p; mount --bind "$PROJECT" /mnt/p; mount -o remount,ro,bind /mnt/p; cd /mnt/p'
    const { exitCode, stdout, stderr } = await inOwnMounts(
      `mount -t tmpfs none /mnt; ${elsewhere}; exec ${asNobody} ./bench ${words}`,
    )
    t.is(exitCode, 0, stderr)
    t.not(stdout, '')
  })

asRoot('another user than root is told to call sudo, and not that a folder cannot be written', async (t) => {
  const { exitCode, stderr } = await inOwnMounts(
    'exec setpriv --reuid=65534 --regid=65534 --clear-groups "$PROJECT/bench" run redirect-vs-stack',
  )
  t.is(exitCode, 3, stderr)
  t.regex(stderr, /need root\nHint: sudo \.\/bench run redirect-vs-stack/)
})
