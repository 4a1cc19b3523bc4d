import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { quoted } from '../../src/host/shell-word.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, inProject, startBench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { markedProcesses } from './leftovers.ts'
import { changedScenario, type OwnScenario, ownScenario } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

const nop = inProject('build', 'bpf', 'nop.bpf.o')
const device = 'veth1@2'
const attachNop = `tc qdisc add dev ${device} clsact && tc filter add dev ${device} ingress bpf da obj ${quoted(nop)} sec tc`

/** A candidate with commands of its own in the router. */
const candidate = (own: object) => ({ role: 'candidate', title: 'set up by its own commands', ...own })

const inRouter = (run: string | readonly string[], more: object = {}) => ({
  namespace: 'netns-2',
  run,
  ...more,
})

const nopAt = (hook: string, program: string) => ({ program, hook, namespace: 'netns-2', device })

/** The stack, and candidates by name. */
const scenarioWith = (t: ExecutionContext, candidates: Readonly<Record<string, object>>): OwnScenario =>
  ownScenario(
    t,
    changedScenario([
      [['paths', 'redirect'], undefined],
      [['paths', 'floor'], undefined],
      [['paths', 'control'], undefined],
      ...Object.entries(candidates).map(([name, own]) => [['paths', name], candidate(own)] as const),
    ]),
  )

async function measured(t: ExecutionContext, own: OwnScenario, exitCode: number): Promise<RunRecord> {
  const ended = await bench(
    own.runArguments('--rounds', '2', '--blocks', '1', '--json', '--quiet', '--no-report'),
  )
  t.is(ended.exitCode, exitCode, ended.stderr)
  return JSON.parse(ended.stdout) as RunRecord
}

const pathIn = ({ paths }: RunRecord, name: string) => paths.find((path) => path.name === name)

async function buildLoader(t: ExecutionContext): Promise<string> {
  const loader = join(temporaryFolder(t), 'own-loader')
  const source = inProject('test', 'netns', 'own-loader.c')
  await execa('clang', ['-std=c11', '-D_GNU_SOURCE', '-O1', '-o', loader, source, '-lbpf', '-lelf', '-lz'])
  return loader
}

asRoot('a program that a path’s own commands attach is found, counted and named by its tag', async (t) => {
  const own = scenarioWith(t, {
    mine: {
      setup: [inRouter(attachNop)],
      teardown: [inRouter(`tc qdisc del dev ${device} clsact`)],
      programs: [nopAt('tc/ingress', 'nop_tc')],
      proof: [{ program: 'nop_tc', atLeast: 'requests' }],
    },
  })
  const record = await measured(t, own, 0)
  const mine = pathIn(record, 'mine')
  t.is(mine?.status, 'measured')
  t.like(mine?.programs[0], { program: 'nop_tc', hook: 'tc/ingress', device })
  t.regex(mine?.programs[0]?.tag ?? '', /^[0-9a-f]{16}$/)
  t.false('object' in (mine?.programs[0] ?? {}))
})

asRoot(
  'a loader on libbpf works as it is, by a filter or by a link, and two may pin by one name',
  async (t) => {
    const loader = await buildLoader(t)
    const path = (how: string, hook: string, program: string) => ({
      setup: [inRouter('mkdir /sys/fs/bpf/mine && test "$(ls /sys/class/net | grep -c veth)" = 2')],
      agent: inRouter([loader, nop, program, device, how], { ready: { output: 'attached' } }),
      programs: [nopAt(hook, program)],
      proof: [{ program, atLeast: 'requests' }],
    })
    const own = scenarioWith(t, {
      'by-filter': path('tc', 'tc/ingress', 'nop_tc'),
      'by-tcx-link': path('tcx', 'tc/ingress', 'nop_tc'),
      'at-tcx': path('tcx', 'tcx/ingress', 'nop_tc'),
      'by-xdp-link': path('xdp', 'xdp/native', 'nop_xdp'),
    })
    const { paths } = await measured(t, own, 0)
    t.deepEqual(
      paths.map(({ name, status, reason }) => [name, status, reason]),
      ['stack', 'by-filter', 'by-tcx-link', 'at-tcx', 'by-xdp-link'].map((name) => [
        name,
        'measured',
        undefined,
      ]),
    )
  },
)

asRoot('an agent that does not say when it is ready is waited for by its program', async (t) => {
  const own = scenarioWith(t, {
    late: {
      agent: inRouter(`sleep 0.3; ${attachNop}; exec sleep 1000`),
      programs: [nopAt('tc/ingress', 'nop_tc')],
    },
  })
  t.is(pathIn(await measured(t, own, 0), 'late')?.status, 'measured')
})

asRoot('what fails of a path’s commands costs the path, and is told with its last words', async (t) => {
  const ready = { output: 'up' }
  const own = scenarioWith(t, {
    // What it writes is kept apart from all else, and is bounded; so is what it says.
    good: {
      setup: [
        inRouter('test "$(stat -f -c %b "$TMPDIR")" -lt "$(stat -f -c %b /run)"'),
        inRouter('exec 3>&1; test "$(stat -fLc %b /proc/self/fd/3)" = "$(stat -fc %b "$TMPDIR")"'),
      ],
    },
    'bad-setup': { setup: [inRouter('echo first; echo no such thing >&2; exit 3')] },
    'wordy-setup': { setup: [inRouter("head -c 1M /dev/zero | tr '\\0' a; exit 3")] },
    'slow-setup': { setup: [inRouter('echo waiting; sleep 1000', { limitS: 5 })] },
    'dead-agent': { agent: inRouter('echo could not; exit 4', { ready }) },
    'early-agent': { agent: inRouter('echo done', { ready }) },
    'late-agent': { agent: inRouter('echo almost; sleep 1000', { ready, limitS: 5 }) },
    'lost-agent': { agent: inRouter('echo up; echo gone >&2; exit 7', { ready }) },
    'no-program': { setup: [inRouter(attachNop)], programs: [nopAt('tc/ingress', 'other')] },
    'bad-teardown': { teardown: [inRouter('echo stuck; exit 5')] },
    'cut-off': { setup: [inRouter(`ip link del ${device}`)] },
    'stopped-setup': { setup: [inRouter('echo waiting; kill -STOP $$')] },
    // What it attached is there, and that is all that is asked of it.
    'stopped-agent': { agent: inRouter('echo up; kill -STOP $$', { ready }) },
  })
  const { paths } = await measured(t, own, 4)
  t.deepEqual(Object.fromEntries(paths.map(({ name, reason }) => [name, reason])), {
    stack: undefined,
    good: undefined,
    'bad-setup':
      'Could not set up path "bad-setup": "echo first; echo no such thing >&2; exit 3" in netns-2 ended with 3: first; no such thing',
    'wordy-setup': `Could not set up path "wordy-setup": "head -c 1M /dev/zero | tr '\\0' a; exit 3" in netns-2 ended with 3: …${'a'.repeat(400)}`,
    'slow-setup':
      'Could not set up path "slow-setup": "echo waiting; sleep 1000" in netns-2 did not end within 5 s: waiting',
    'dead-agent':
      'Could not start an agent of path "dead-agent": "echo could not; exit 4" in netns-2 ended with 4: could not',
    'early-agent':
      'Could not start an agent of path "early-agent": "echo done" in netns-2 ended before it was ready: done',
    'late-agent':
      'Could not start an agent of path "late-agent": "echo almost; sleep 1000" in netns-2 was not ready within 5 s: almost',
    'lost-agent': 'its agent "echo up; echo gone >&2; exit 7" in netns-2 ended with 7: up; gone',
    'no-program':
      'Could not find program "other" at tc/ingress of veth1@2 in netns-2 of path "no-program" (there: nop_tc) (the setup or agent of the path is to attach it)',
    'bad-teardown':
      'Could not tear path "bad-teardown" down: "echo stuck; exit 5" in netns-2 ended with 5: stuck',
    'cut-off':
      'Could not open the sockets: could not connect to 10.10.3.20:7000 from /run/netns/cut-off.netns-1: Network is unreachable',
    'stopped-setup':
      'Could not set up path "stopped-setup": "echo waiting; kill -STOP $$" in netns-2 was stopped by a signal, and did not go on: waiting',
    'stopped-agent': undefined,
  })
})

/** Processes with a variable of the test's own in their environment. */
function marked(name: string) {
  const environment = { [`${name}_${process.pid}`]: '1' }
  const variable = `${name}_${process.pid}=1`
  const processes = () => markedProcesses({ environment, variable, program: '', map: '' })
  return { environment, processes }
}

asRoot('bench exec brings a path up with its agents, and all that they started ends with it', async (t) => {
  const { environment, processes } = marked('OWN_COMMANDS')
  const run = `${attachNop}; (setsid sleep 1000 &) ; echo up; sleep 1000`
  const own = scenarioWith(t, { mine: { agent: inRouter(run, { ready: { output: 'up' } }) } })
  const shown = ['tc', 'filter', 'show', 'dev', device, 'ingress']
  const ended = await bench(['exec', own.file, '--path', 'mine', '--in', 'netns-2', '--', ...shown], {
    environment,
  })
  t.is(ended.exitCode, 0, ended.stderr)
  t.regex(ended.stdout, /nop_tc/)
  t.deepEqual(processes(), [])
})

asRoot('nothing of a path’s agents outlives a run that is killed', async (t) => {
  const { environment, processes } = marked('OWN_COMMANDS_KILLED')
  const run = '(setsid sleep 1000 &) ; echo up; sleep 1000'
  const own = scenarioWith(t, { mine: { agent: inRouter(run, { ready: { output: 'up' } }) } })
  const started = startBench(own.runArguments('--rounds', '100', '--blocks', '2'), { environment })
  t.true(await comesTrue(() => processes().some(({ command }) => command.startsWith('sleep 1000'))))
  started.kill('SIGKILL')
  await started
  t.true(await comesTrue(() => processes().length === 0))
})

asRoot('bench exec tears a path down, and where it could not be set up tells that alone', async (t) => {
  const own = scenarioWith(t, {
    mine: { teardown: [inRouter('echo stuck; exit 5')] },
    broken: { setup: [inRouter('exit 3')], teardown: [inRouter('true')] },
  })
  const ended = async (path: string) => await bench(['exec', own.file, '--path', path, '--', 'true'])
  t.regex((await ended('mine')).stderr, /^Could not tear path "mine" down: .* ended with 5: stuck$/m)
  const { exitCode, stderr } = await ended('broken')
  t.is(exitCode, 4)
  t.regex(stderr, /^Could not set up path "broken": "exit 3" in netns-2 ended with 3, and said nothing$/m)
  t.notRegex(stderr, /tear/)
})

asRoot(
  'a qdisc of kind ingress that stands where programs are to be attached is told with what to do',
  async (t) => {
    const own = scenarioWith(t, {
      mine: {
        setup: [inRouter(`tc qdisc add dev ${device} ingress`)],
        programs: [{ ...nopAt('tc/ingress', 'nop_tc'), object: 'nop.bpf.c' }],
      },
    })
    const { reason = '' } = pathIn(await measured(t, own, 4), 'mine') ?? {}
    t.regex(
      reason,
      /^Could not attach nop_tc .*veth1@2 has a qdisc of kind ingress .*: let what adds it say clsact/,
    )
  },
)

asRoot(
  'a path whose agent keeps a CPU busy while nothing is sent is named, and one whose agent waits is not',
  async (t) => {
    const own = scenarioWith(t, {
      polls: { agent: inRouter('echo begun; while :; do :; done', { ready: { output: 'begun' } }) },
      waits: { agent: inRouter('echo begun; exec sleep 600', { ready: { output: 'begun' } }) },
    })
    const record = await measured(t, own, 0)
    const busy = record.warnings.filter(({ code }) => code === 'busy-agent')
    t.is(busy.length, 1)
    t.regex(busy[0]?.message ?? '', /^what polls runs keeps CPU \d+ busy/)
  },
)
