import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

/** The record's numbers are doubles: from 2^53 ns on, after 104 days, they are exact to some ns. */
const granularityNs = (uptimeS: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(uptimeS * 1e9)) - 52)

for (const [words, uptimeS] of [
  ['200 days', 200 * 86_400],
  ['three years', 3 * 365 * 86_400],
] as const)
  asRoot(`on a machine that has been up for ${words}, a run has its times in order`, async (t) => {
    const own = ownScenario(t, changedScenario())
    const offset = ['--monotonic', String(uptimeS), '--boottime', String(uptimeS)]
    const { exitCode, stderr } = await bench(own.runArguments('--rounds', '1', '--blocks', '2'), {
      // time_namespaces(7): for what is started in it.
      within: ['unshare', '--time', ...offset, '--fork', '--'],
    })
    t.is(exitCode, 0, stderr)
    t.regex(stderr, /^report {2}.*\.html$/m)
    const [run] = listRuns(own.resultsFolder)
    const { trials, blocks, paths } = readRun(own.resultsFolder, run!.folder)
    t.deepEqual([...new Set(paths.map(({ status }) => status))], ['measured'])
    t.is(blocks.length, 3)
    const slackNs = 2 * granularityNs(uptimeS * 2)
    let endNs = uptimeS * 1e9
    for (const block of blocks) {
      t.true(block.startNs >= endNs)
      endNs = block.startNs
      const own = trials
        .filter(({ round, block: index }) => round === block.round && index === block.block)
        .toSorted((a, b) => a.position - b.position || a.startNs - b.startNs)
      t.is(own.length, 12)
      for (const { startNs, durationNs } of own.toSorted((a, b) => a.startNs - b.startNs)) {
        t.true(durationNs > 0)
        t.true(startNs >= endNs - slackNs, `${startNs} is before ${endNs}`)
        endNs = startNs + durationNs
      }
      t.true(endNs <= block.startNs + block.durationNs + slackNs)
    }
    const [header = '', ...rows] = readFileSync(join(run!.folder, 'samples.csv'), 'utf8').trim().split('\n')
    const column = header.split(',').indexOf('startNs')
    t.deepEqual(
      new Set(rows.map((row) => row.split(',')[column])),
      new Set(trials.map(({ startNs }) => String(startNs))),
    )
  })
