/** `bench ab`: two versions of a path, measured against each other in one run. */
import type { Command } from 'commander'
import { abScenario, onlyCandidate, type Side, withObject } from '../ab/ab-scenario.ts'
import { confirmedRegressions, regressionsIn, suspectsIn } from '../ab/regression.ts'
import { findVersion } from '../ab/version.ts'
import { BenchError, exitCodes } from '../host/errors.ts'
import { metricWords } from '../results/metric-words.ts'
import type { Comparison } from '../results/record.ts'
import { formatChangeRange, percentDigits } from '../report/format.ts'
import { alone, type Waiting } from '../run/exclusive.ts'
import { prepareScenario } from '../run/prepare-scenario.ts'
import type { RunOptions } from '../run/settings.ts'
import { findScenario } from '../scenario/find.ts'
import { loadScenario } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { exitCodeFor, measure, type Measured, type MeasureInput, present } from './measure.ts'
import { addMeasuringOptions, type MeasuringFlags, optional, runOptions } from './measuring-options.ts'
import { styled, tell } from './output.ts'
import { requireRoot } from './root.ts'

interface Flags extends MeasuringFlags {
  readonly base: string
  readonly head?: string
  readonly path?: string
  readonly confirm: boolean
}

const help = `
Both versions of the path run side by side, block by block, beside a control (the base built a second
time) and the floor: what the machine does meanwhile hits all alike. That is the way to judge a pull request on
a noisy machine.

A version is a commit, branch or tag of the repository that the scenario is in; a folder with another
copy of the scenario; or a .bpf.c or .bpf.o file that takes the place of the path's own. The scenario
of a version comes with it: its topology, its maps, its programs.

A regression is a headline metric that is slower by more than the margin, its whole interval beyond. Before
it fails, it is measured a second time, and counts only if that run agrees: slower for certain, and most
likely by more than the margin.

Examples:
  sudo ./bench ab redirect-vs-stack --base main               the working tree against main
  sudo ./bench ab redirect-vs-stack --base v1.2 --head HEAD
  sudo ./bench ab ./my-path.yaml --base ../before --margin 3%
  sudo ./bench ab redirect-vs-stack --base ./old/redirect.bpf.o

Exit codes: 0 no regression, 2 wrong usage or scenario, 3 this machine cannot, 4 a run failed or a
path's proof did not hold, 5 a confirmed regression, 130 interrupted.`

/** Adds the command. */
export function addAb(program: Command): void {
  const command = program
    .command('ab')
    .summary('compare two versions of a path in one run; fail on a regression')
    .description(
      'Builds the BPF programs of two versions of a scenario and measures them as two paths of one run, interleaved. Ends with 5 on a confirmed regression. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .requiredOption('--base <version>', 'the older version: a git reference, a folder, or a BPF file')
    .option('--head <version>', 'the newer version (default: the files as they are)')
    .option('--path <path>', 'the path to compare (default: the only candidate)')
    .option('--no-confirm', 'take the first run at its word')
  addMeasuringOptions(command).addHelpText('after', help).action(ab)
}

async function ab(scenarioName: string, flags: Flags): Promise<void> {
  const options = withinHalfAMinute(runOptions(flags))
  requireRoot('run a scenario')
  const file = findScenario(scenarioName)
  const path = flags.path ?? onlyCandidate(loadScenario(file))
  const base = await sideOf(flags.base, file, path)
  const head =
    flags.head === undefined
      ? { scenario: loadScenario(file), label: 'the files as they are' }
      : await sideOf(flags.head, file, path)
  const input: MeasureInput = {
    scenario: abScenario(base, head, path),
    command: ['ab', scenarioName, '--base', flags.base, ...headWords(flags)],
    options,
    flags,
  }
  // Mistakes in a version are told in the words of its own file, before anything runs.
  await alone(waitingFor(scenarioName, flags), async () => {
    for (const { scenario } of [base, head]) await prepareScenario(onlyPath(scenario, path))
  })

  const first = await measure(input, (done) => present(done, flags))
  const isRegression = await isSlower(first, input, flags)
  const exitCode = exitCodeFor(first)
  process.exitCode = exitCode === exitCodes.ok && isRegression ? exitCodes.regression : exitCode
}

const waitingFor = (name: string, { wait }: Flags): Waiting => ({
  name: `ab ${name}`,
  mayWait: wait,
  warn: tell,
  signal: new AbortController().signal,
})

/** A run and the second that confirms it measure for less than 30 s together, unless they are asked to take longer. */
const withinHalfAMinute = (options: RunOptions): RunOptions =>
  options.quick ||
  options.maxTimeS !== undefined ||
  options.precision !== undefined ||
  options.blocks !== undefined
    ? options
    : { ...options, maxTimeS: 14.5 }

const headWords = ({ head, path }: Flags): string[] => [
  ...(head === undefined ? [] : ['--head', head]),
  ...(path === undefined ? [] : ['--path', path]),
]

const onlyPath = (scenario: Scenario, name: string): Scenario => ({
  ...scenario,
  paths: scenario.paths.filter((path) => path.name === name),
})

async function sideOf(text: string, file: string, path: string): Promise<Side> {
  const version = await findVersion(text, file)
  return version.kind === 'object'
    ? { scenario: withObject(loadScenario(file), path, version.object), label: version.label }
    : { scenario: loadScenario(version.file), label: version.label }
}

/** Measures what the first run suspects once more, unless the user would not, and says what came of it. */
async function isSlower(first: Measured, input: MeasureInput, flags: Flags): Promise<boolean> {
  if (!flags.confirm || first.isInterrupted || first.failure !== undefined) {
    const found = regressionsIn(first.record)
    tellRegressions(found)
    return found.length > 0
  }
  const suspects = suspectsIn(first.record)
  if (suspects.length === 0) return false
  tell(`\nMeasuring again to confirm: ${suspects.map(({ metric }) => metricWords(metric).noun).join(', ')}`)
  const { seed: _seed, ...options } = input.options
  const second = await measure({ ...input, options: { ...options, ...optional('seed', nextSeed(flags)) } })
  tell(`result  ${second.folder}`)
  if (second.failure !== undefined) throw second.failure
  if (second.isInterrupted)
    throw new BenchError('Interrupted before the regression was confirmed', { trouble: 'interrupted' })
  const confirmed = confirmedRegressions(suspects, second.record)
  if (confirmed.length === 0) tell('Not confirmed: the second run does not agree with the first')
  tellRegressions(confirmed)
  return confirmed.length > 0
}

/** A run that is repeated by its seed draws another for its second half, and always the same. */
const nextSeed = ({ seed }: Flags): number | undefined =>
  seed === undefined ? undefined : (Number(seed) + 1) % 2 ** 32

function tellRegressions(regressions: readonly Comparison[]): void {
  for (const { metric, ratio } of regressions) {
    const digits = percentDigits(ratio.low, ratio.high)
    const range = formatChangeRange(ratio.low ?? NaN, ratio.high ?? NaN, digits)
    tell(`${styled('red', 'regression', process.stderr)}  ${metricWords(metric).noun}: ${range} (95 %)`)
  }
}
