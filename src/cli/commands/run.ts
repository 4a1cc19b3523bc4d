/** `bench run`: the main job. */
import type { Command } from 'commander'
import { findScenario } from '../../scenario/find.ts'
import { loadForRun } from './check-scenario.ts'
import { exitCodeFor, measure, present } from './measure.ts'
import { addChangeOptions, type ChangeFlags, changesOf } from '../options/change-options.ts'
import { addMeasuringOptions, type MeasuringFlags, runOptions } from '../options/measuring-options.ts'
import { requireRoot } from './root.ts'

const help = `
Examples:
  sudo ./bench run redirect-vs-stack                    about 20 seconds
  sudo ./bench run redirect-vs-stack --quick            5 seconds, wider intervals
  sudo ./bench run redirect-vs-stack --precision 0.5%   as long as that takes
  sudo ./bench run ./my-path.yaml --payload 1400        a scenario of your own, larger packets
  sudo ./bench run redirect-vs-stack --with my.bpf.c:prog@netns-2/veth1@2:tc/ingress
                                                        a program of your own beside its paths
  sudo ./bench run dsr-vs-nat --only dsr-tc             one candidate, the baseline and its control

Exit codes: 0 measured, 2 wrong usage or scenario, 3 this machine cannot, 4 the run failed or a
path's proof did not hold, 130 interrupted (what was measured is kept).`

/** Adds the command. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .summary('measure a scenario and write its result and report')
    .description(
      'Builds the topologies of a scenario, measures every path, proves which way the packets went, and reports ratios with 95 % intervals. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
  addMeasuringOptions(addChangeOptions(command)).addHelpText('after', help).action(run)
}

async function run(scenarioName: string, flags: MeasuringFlags & ChangeFlags): Promise<void> {
  const options = runOptions(flags)
  requireRoot('run a scenario')
  const changes = changesOf(flags)
  const scenario = await loadForRun(findScenario(scenarioName), changes)
  const measured = await measure(
    {
      scenario,
      asked: {
        command: 'run',
        scenario: scenarioName,
        ...(Object.keys(changes).length === 0 ? {} : { changes }),
      },
      options,
      flags,
    },
    (done) => present(done, flags),
  )
  process.exitCode = exitCodeFor(measured)
}
