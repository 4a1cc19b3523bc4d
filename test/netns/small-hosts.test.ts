import { readdirSync } from 'node:fs'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { changedScenario, changedText, ownScenario } from './own-scenario.ts'

const brief = ['--rounds', '1', '--blocks', '1', '--no-report']

asRoot('on one CPU a run measures, and warns of what that costs', async (t) => {
  const own = ownScenario(t, changedScenario())
  const { exitCode, stderr } = await bench(own.runArguments(...brief), {
    within: ['taskset', '--cpu-list', '0'],
  })
  t.is(exitCode, 0, stderr)
  t.regex(stderr, /^warning {2}sender and receiver share CPU 0: give them two by --cpus/m)
  const [run] = listRuns(own.resultsFolder)
  const { settings, warnings, paths } = readRun(own.resultsFolder, run!.folder)
  t.deepEqual([settings.senderCpu, settings.receiverCpu, settings.receiver], [0, 0, 'blocking'])
  t.true(warnings.some(({ code }) => code === 'one-cpu'))
  t.true(paths.every(({ status }) => status === 'measured'))
})

asRoot('a CPU that this process may not run on is refused, with those that it may', async (t) => {
  const own = ownScenario(t, changedScenario())
  const { exitCode, stderr } = await bench(own.runArguments(...brief, '--cpus', '0,1'), {
    within: ['taskset', '--cpu-list', '0'],
  })
  t.is(exitCode, 2, stderr)
  t.regex(stderr, /^Could not use --cpus 0,1: .*CPU 1\nHint: it may run on 0$/m)
})

/** The words of a command that runs another under a limit, as a shell sets it. */
const limited = (limit: string): string[] => ['sh', '-c', `ulimit ${limit} && exec "$@"`, 'sh']

asRoot('a run measures under ulimit -n 256, -l 0 and -s 256', async (t) => {
  const own = ownScenario(t, changedScenario())
  const within = ['-n 256', '-l 0', '-s 256'].flatMap(limited)
  const { exitCode, stderr } = await bench(own.runArguments(...brief), { within })
  t.is(exitCode, 0, stderr)
  t.is(listRuns(own.resultsFolder).length, 1)
})

asRoot(
  'where there may be fewer sockets than flows need, a run ends with 3 and says which limit to raise',
  async (t) => {
    const own = ownScenario(
      t,
      changedText('dsr-vs-nat', [
        [['client', 'flows'], 64],
        [['load'], [{ kind: 'flood', packets: 200 }]],
      ]),
    )
    // Root may raise what it may not exceed, with CAP_SYS_RESOURCE: nothing here does.
    const { exitCode, stderr } = await bench(own.runArguments(...brief), { within: limited('-n 256') })
    t.is(exitCode, 3, stderr)
    t.regex(stderr, /^Could not open the sockets: .*Too many open files\nHint: .*ulimit -n/m)
  },
)

/** The words of a command that runs another as a root that lacks some capabilities (capabilities(7)). */
function without(...capabilities: readonly string[]): string[] {
  const less = capabilities.map((name) => `-${name}`).join(',')
  return ['setpriv', `--bounding-set=${less}`, `--inh-caps=${less}`, '--']
}

asRoot('where memory may not be locked, a run measures, and warns of page faults', async (t) => {
  const own = ownScenario(t, changedScenario())
  const { exitCode, stderr } = await bench(own.runArguments(...brief), {
    within: [...limited('-l 64'), ...without('ipc_lock', 'sys_resource')],
  })
  t.is(exitCode, 0, stderr)
  t.regex(stderr, /^warning {2}the generator could not lock its memory: raise `ulimit -l`/m)
})

asRoot(
  'a record that gets longer than files may be ends the run with 4, and no part of it is left',
  async (t) => {
    const own = ownScenario(t, changedScenario())
    // Called past the launcher, which begins no run with so little.
    const { exitCode, stderr } = await bench(own.runArguments(...brief), {
      within: limited('-f 8'),
      // Node would end by SIGXFSZ where it writes one.
      environment: { NODE_DISABLE_COMPILE_CACHE: '1' },
    })
    t.is(exitCode, 4, stderr)
    t.regex(stderr, /^Could not write .*run\.json: EFBIG.*\n[^]*^Hint: .*ulimit -f unlimited/m)
    const files = readdirSync(own.resultsFolder, { recursive: true, withFileTypes: true })
    t.deepEqual(
      files.filter((entry) => entry.isFile()),
      [],
    )
  },
)
