/** `bench run`: the main job. */
import type { Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { findScenario } from '../../scenario/find.ts'
import { requireHere } from '../../scenario/require-here.ts'
import { loadForRun } from './check-scenario.ts'
import { exitCodeFor, measure, present } from './measure.ts'
import {
  addChangeOptions,
  addEngineOption,
  type ChangeFlags,
  changesOf,
  collect,
} from '../options/change-options.ts'
import { axesOf } from '../../scenario/changes/points.ts'
import {
  addMeasuringOptions,
  type MeasuringFlags,
  optional,
  runOptions,
} from '../options/measuring-options.ts'
import { onNamedKernels } from './named-kernels.ts'
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
  sudo ./bench run redirect-vs-stack --kernel ./old/bzImage --kernel ./new/bzImage
                                                        each path on two kernels, in virtual machines
  sudo ./bench run redirect-vs-stack --engine gso       floods by UDP segmentation
  sudo ./bench run redirect-vs-stack --sink xdp         floods taken before the server's stack
  sudo ./bench run redirect-vs-stack --sweep rules=0,100,1000 --sweep payload=64,1400
                                                        six points, their rounds in turns

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
  addMeasuringOptions(addEngineOption(addChangeOptions(command)))
    .option(
      '--trace',
      'once all is measured, follow packets, and show where the time goes (see `bench trace`)',
    )
    .option(
      '--sweep <values>',
      'measure at every value of a setting (those of --set), as in payload=64,512,1472 or rate=10k..500k/6; several make a grid',
      collect,
    )
    .option(
      '--resume [sweep]',
      'go on with a sweep that ended early: the newest of the scenario, or this one',
    )
    .option(
      '--kernel <kernel>',
      'run in a virtual machine with another kernel: a bzImage, a version in /boot, a folder that it was unpacked or built in, a .deb, or a Debian package; several are measured in turns',
      collect,
    )
    .option('--kernel-tree <folder>', 'the same, of a kernel tree that was built', collect)
    .addHelpText('after', help)
    .action(run)
}

const noTraceOfSweep = new BenchError('Could not trace a sweep: --trace is for single runs', {
  trouble: 'usage',
  hint: 'leave out --trace, and call `bench trace` with the --set of a point',
})

const noKernelsOfOthers = new BenchError(
  'Could not sweep or trace on another kernel: --kernel is for single runs',
  { trouble: 'usage', hint: 'leave out --sweep, --resume and --trace, or give the value with --set' },
)

interface SweepingFlags {
  readonly sweep?: readonly string[]
  readonly resume?: string | true
  readonly trace?: true
}

interface KernelFlags {
  readonly kernel?: readonly string[]
  readonly kernelTree?: readonly string[]
}

async function run(
  scenarioName: string,
  flags: MeasuringFlags & ChangeFlags & SweepingFlags & KernelFlags,
): Promise<void> {
  const options = runOptions(flags)
  requireRoot('run a scenario')
  const changes = changesOf(flags)
  const kernels = [...(flags.kernel ?? []), ...(flags.kernelTree ?? [])]
  const onThisKernel = await loadForRun(findScenario(scenarioName), changes)
  const { scenario, ...on } = await onNamedKernels(onThisKernel, kernels)
  if (flags.trace === true) requireHere(scenario, 'trace packets')
  const axes = axesOf(scenario.matrix, flags.sweep ?? [])
  if (kernels.length > 0 && (axes.length > 0 || flags.resume !== undefined || flags.trace === true))
    throw noKernelsOfOthers
  if (axes.length > 0 || flags.resume !== undefined) {
    if (flags.trace === true) throw noTraceOfSweep
    const { runSweep } = await import('./sweep.ts')
    const resume = flags.resume === true ? '' : flags.resume
    const order = { scenarioName, scenario, axes, changes, options, ...optional('resume', resume) }
    process.exitCode = await runSweep(order, flags)
    return
  }
  const measured = await measure(
    {
      scenario,
      asked: {
        command: 'run',
        scenario: scenarioName,
        ...(Object.keys(changes).length === 0 ? {} : { changes }),
        ...(kernels.length === 0 ? {} : { kernels }),
      },
      ...on,
      options,
      flags,
    },
    (done) => present(done, flags),
  )
  process.exitCode = exitCodeFor(measured)
}
