/** A whole run with two trials of one kind, told apart by their names. */
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

const load = [
  { kind: 'flood', name: 'small', packets: 200, payloadBytes: 64 },
  { kind: 'flood', name: 'large', packets: 100, payloadBytes: 1400 },
]

asRoot(
  'two floods in one load are both measured, and told apart in the record and in every figure',
  async (t) => {
    const own = ownScenario(t, changedScenario([[['load'], load]]))
    const short = ['--rounds', '1', '--blocks', '2', '--no-report']
    const refused = await bench(own.runArguments(...short, '--payload', '512'))
    t.is(refused.exitCode, 2, refused.stderr)
    t.regex(
      refused.stderr,
      /Could not use --payload 512: flood trials small and large differ in payloadBytes/,
    )
    t.is(listRuns(own.resultsFolder).length, 0)
    const ended = await bench(own.runArguments(...short))
    const [run] = listRuns(own.resultsFolder)
    t.truthy(run, ended.stderr)
    const { paths, settings, trials, comparisons } = readRun(own.resultsFolder, run!.folder)
    t.deepEqual(
      paths.map(({ status, reason }) => [status, reason]),
      paths.map(() => ['measured', undefined]),
    )
    t.like(settings.trials, load)
    for (const { name, packets } of load) {
      const ours = trials.filter((trial) => trial.name === name)
      t.true(ours.length >= 2 * paths.length, name)
      t.true(
        ours.every(
          ({ kind, sent, received }) => kind === 'flood' && sent === packets && received === packets,
        ),
      )
      const compared = comparisons.filter(({ metric }) => metric === `throughputPps@${name}`)
      t.is(compared.length, paths.length - 1, name)
      t.true(compared.every(({ ratio }) => ratio.estimate > 0))
    }
    t.is(trials.length, trials.filter(({ name }) => name === 'small').length * 2)
  },
)
