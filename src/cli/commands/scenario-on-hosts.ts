/** What hosts are asked to run, looked at here first: a mistake is told once, before any of them is called. */
import { Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { findScenario } from '../../scenario/find.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { type ChangeFlags, changesOf } from '../options/change-options.ts'
import { type MeasuringFlags, runOptions } from '../options/measuring-options.ts'
import { loadForRun } from './check-scenario.ts'
import { addRun } from './run.ts'

interface RunFlags extends MeasuringFlags, ChangeFlags {
  readonly sweep?: unknown
  readonly resume?: unknown
  readonly kernel?: unknown
  readonly kernelTree?: unknown
}

/** What would not be on a host, or is more than one run. */
const refused = ['sweep', 'resume', 'with', 'kernel', 'kernelTree'] as const

/**
 * The scenario that `bench run` would run with these words.
 *
 * @throws BenchError `usage`, or what commander throws, where it would not
 */
export async function scenarioOnHosts(name: string, words: readonly string[]): Promise<Scenario> {
  const program = new Command('bench').exitOverride()
  addRun(program)
  let flags: RunFlags | undefined
  const [run] = program.commands
  run!.exitOverride().action((_: string, given: RunFlags) => {
    flags = given
  })
  await program.parseAsync(['run', ...words, '--', name], { from: 'user' })
  const given = flags!
  const wrong = refused.find((key) => given[key] !== undefined)
  if (wrong !== undefined)
    throw new BenchError(
      `Could not run on hosts with --${wrong === 'kernelTree' ? 'kernel-tree' : wrong}: each makes one run, of files that go along with a scenario's`,
      { trouble: 'usage', hint: 'put programs into a scenario file of your own, as `bench new` writes' },
    )
  runOptions(given)
  return loadForRun(findScenario(name), changesOf(given))
}
