import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from '../netns/as-root.ts'
import { changedScenario, ownScenario } from '../netns/own-scenario.ts'
import { piped } from './piped.ts'

asRoot('a run goes on to its end, though who reads has had enough', async (t) => {
  const own = ownScenario(t, changedScenario())
  const words = own.runArguments('--rounds', '2', '--blocks', '1', '--no-report')
  const { exitCode, stderr } = await piped(words, '2>&1 | head -1')
  t.is(exitCode, 0, stderr)
  const [run] = listRuns(own.resultsFolder)
  t.true(readRun(own.resultsFolder, run!.folder).complete)
})

asRoot('a run that fails ends with 4, though nobody reads', async (t) => {
  const own = ownScenario(
    t,
    // A router that forwards nothing makes the baseline dead.
    changedScenario([[['topology', 'namespaces', 'netns-2', 'sysctls'], {}]]),
  )
  const { exitCode, stderr } = await piped(
    own.runArguments('--rounds', '1', '--blocks', '1', '--no-report'),
    '2>&1 | true',
  )
  t.is(exitCode, 4, stderr)
})
