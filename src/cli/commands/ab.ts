/** `bench ab`: two versions of a path, measured against each other in one run. */
import type { Command } from 'commander'
import type { SecondRun } from '../../ab/metric-judgement.ts'
import { judgeVersions, suspectedMetrics, withJudgement } from '../../ab/judgement.ts'
import { BenchError, exitCodes } from '../../host/errors.ts'
import { metricWords } from '../../record/metric-words.ts'
import { writeRun } from '../../keep/store.ts'
import { alone } from '../../run/exclusive.ts'
import { prepareScenario } from '../../run/prepare-scenario.ts'
import type { RunOptions } from '../../run/settings.ts'
import { findScenario } from '../../scenario/find.ts'
import { abJson, abText } from '../terminal/ab-text.ts'
import { type SideFlags, sidesOf } from './ab-sides.ts'
import { exitCodeFor, measure, type Measured, type MeasureInput, present } from './measure.ts'
import {
  addMeasuringOptions,
  type MeasuringFlags,
  optional,
  runOptions,
} from '../options/measuring-options.ts'
import { styled, tell } from '../terminal/output.ts'
import { requireRoot } from './root.ts'
import { waitingFor } from '../terminal/waiting.ts'

interface Flags extends MeasuringFlags, SideFlags {
  readonly confirm: boolean
}

const help = `
Both versions of the path run side by side, block by block, beside a control (the base built a second
time) and the floor: what the machine does meanwhile hits all alike. That is the way to judge a pull request on
a noisy machine.

A version is a commit, branch or tag of the repository that the scenario is in; a folder with another
copy of the scenario; or a BPF source or object (.c, .o) that takes the place of the path's own. The scenario
of a version comes with it: its topology, its maps, its programs.

Two kernels are compared as two versions are: each boots in a virtual machine, a third has the older once more for
the control, and trials alternate between them. By emulation, where there is no KVM, timings mean nothing: nothing is
judged then, and ab ends with 4.

A regression is a headline metric that is slower by more than the margin, its whole interval beyond; or one that
the newer version has no figure of, and the older has. Before it fails, it is measured a second time, and
counts only if that run agrees: slower for certain, and most likely by more than the margin. If that run cannot
say, because a version failed in it, ab ends with 4. What is told of a metric, here and in the report, is what both
runs say together.

Examples:
  sudo ./bench ab redirect-vs-stack --base main               the working tree against main
  sudo ./bench ab redirect-vs-stack --base v1.2 --head HEAD
  sudo ./bench ab ./my-path.yaml --base ../before --margin 3%
  sudo ./bench ab redirect-vs-stack --base ./old/redirect.bpf.o
  sudo ./bench ab redirect-vs-stack --base-kernel ./good/bzImage --head-kernel ./linux
                                                              two kernels; docs/kernels.md has git bisect

Exit codes: 0 no regression, 2 wrong usage or scenario, 3 this machine cannot, 4 a run failed, a path's
proof did not hold, nothing could be judged, or a suspicion could not be confirmed, 5 a confirmed regression, 130 interrupted.`

/** Adds the command. */
export function addAb(program: Command): void {
  const command = program
    .command('ab')
    .summary('compare two versions of a path in one run; fail on a regression')
    .description(
      'Builds the BPF programs of two versions of a scenario and measures them as two paths of one run, interleaved. Ends with 5 on a confirmed regression. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .option('--base <version>', 'the older version: a git reference, a folder, or a BPF file')
    .option('--head <version>', 'the newer version (default: the files as they are)')
    .option(
      '--base-kernel <kernel>',
      'instead of versions: the older kernel, as --kernel of `bench run` takes it',
    )
    .option('--head-kernel <kernel>', 'and the newer, each in a virtual machine')
    .option('--path <path>', 'the path to compare (default: the only candidate)')
    .option('--no-confirm', 'take the first run at its word')
  addMeasuringOptions(command).addHelpText('after', help).action(ab)
}

async function ab(scenarioName: string, flags: Flags): Promise<void> {
  const options = withinHalfAMinute(runOptions(flags))
  requireRoot('run a scenario')
  const file = findScenario(scenarioName)
  const { checked, ...sides } = await sidesOf(flags, scenarioName, file)
  const input: MeasureInput = { ...sides, options, flags }
  // Mistakes in a version are told in the words of its own file, before anything runs.
  await alone(waitingFor(`ab ${scenarioName}`, flags.wait), async () => {
    for (const scenario of checked) await prepareScenario(scenario)
  })

  const first = await measure(input)
  const second = await secondRun(first, input, flags)
  const judgement = judgeVersions(first.record, second?.run)
  // Before anything is written: a reader that has had enough, as `head` has, changes nothing of it.
  process.exitCode = exitCodes[exitCodeNames[judgement.outcome]]
  const record = withJudgement(first.record, judgement)
  // What the disk had no room for is shown all the same.
  if (first.folder !== undefined) writeRun(flags.results, record)
  if (second?.measured !== undefined)
    writeRun(flags.results, withJudgement(second.measured.record, judgement))
  await alone(waitingFor(`ab ${scenarioName}`, flags.wait), () =>
    present({ ...first, record }, flags, {
      text: abText(record, judgement),
      json: { versions: abJson(judgement) },
    }),
  )
  for (const line of judgement.failures) tell(`${styled('red', 'failed', process.stderr)}  ${line}`)
  const exitCode = exitCodeFor(first)
  if (exitCode !== exitCodes.ok) process.exitCode = exitCode
  if (second?.error !== undefined) throw second.error
}

const exitCodeNames = { well: 'ok', regression: 'regression', failed: 'failed' } as const

/** A run and the second that confirms it measure for less than 30 s together, unless they are asked to take longer. */
const withinHalfAMinute = (options: RunOptions): RunOptions =>
  options.quick ||
  options.maxTimeS !== undefined ||
  options.precision !== undefined ||
  options.blocks !== undefined
    ? options
    : { ...options, maxTimeS: 14.5 }

/** The second run, as far as it came. */
interface Second {
  readonly run: SecondRun
  readonly measured?: Measured
  /** What ended it. */
  readonly error?: BenchError
}

/** Measures what the first run suspects once more, unless the user would not, or it did not come to its end. */
async function secondRun(first: Measured, input: MeasureInput, flags: Flags): Promise<Second | undefined> {
  if (!flags.confirm || first.isInterrupted || first.failure !== undefined) return undefined
  const suspects = suspectedMetrics(first.record)
  if (suspects.length === 0) return undefined
  tell(`\nMeasuring again to confirm: ${suspects.map((metric) => metricWords(metric).noun).join(', ')}`)
  const { seed: _seed, ...options } = input.options
  try {
    const measured = await measure({
      ...input,
      options: { ...options, ...optional('seed', nextSeed(flags)) },
    })
    if (measured.folder !== undefined) tell(`result  ${measured.folder}`)
    const error = measured.isInterrupted
      ? new BenchError('Interrupted before the regression was confirmed', { trouble: 'interrupted' })
      : measured.failure
    return error === undefined
      ? { run: { record: measured.record }, measured }
      : { run: { why: error.message }, error }
  } catch (error) {
    // What the first run found is shown all the same.
    if (!(error instanceof BenchError)) throw error
    return { run: { why: error.message }, error }
  }
}

/** A run that is repeated by its seed draws another for its second half, and always the same. */
const nextSeed = ({ seed }: Flags): number | undefined =>
  seed === undefined ? undefined : (Number(seed) + 1) % 2 ** 32
