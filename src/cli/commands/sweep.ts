/** A sweep, for one who sits at a terminal: `bench run --sweep`. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { asBenchError, BenchError, exitCodes } from '../../host/errors.ts'
import { readPoints } from '../../keep/sweep-store.ts'
import { writeWhole } from '../../keep/store.ts'
import type { RunRecord, RunRequest } from '../../record/record.ts'
import { pointLabel, type Sweep, type SweepPoint } from '../../record/sweep.ts'
import type { RunOptions } from '../../run/settings.ts'
import { pointOptions, sweepTimeS } from '../../run/sweep-plan.ts'
import type { SweepResult } from '../../run/sweep-session.ts'
import { isOpen, type PointOrder, reopened } from '../../run/sweep-state.ts'
import { pointsOf, settingsOf } from '../../scenario/changes/points.ts'
import { parseSet } from '../../scenario/changes/set.ts'
import type { Changes } from '../../scenario/changes/words.ts'
import { findScenario } from '../../scenario/find.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { roughTime } from '../../words/wall-time.ts'
import { type MeasuringFlags, optional } from '../options/measuring-options.ts'
import { whileInterruptible } from '../terminal/interruption.ts'
import { columnsOf, print, tell } from '../terminal/output.ts'
import { createDisplay, type Display } from '../terminal/progress-display.ts'
import { loadForRun } from './check-scenario.ts'
import { requirePlaces } from './require-places.ts'
import { type AskedSweep, resumed, type SweepOrder } from './resumed-sweep.ts'
import { pointLine, sweepText } from '../terminal/sweep-text.ts'

type SweepFlags = Pick<
  MeasuringFlags,
  'cpus' | 'wait' | 'results' | 'reports' | 'report' | 'quiet' | 'json' | 'markdown'
>

/** What points have come to, by the id of their runs. */
type PointRecords = ReadonlyMap<string, RunRecord>

/** Measures a sweep, and shows what it has come to. @returns the exit code @throws BenchError */
export async function runSweep(order: SweepOrder, flags: SweepFlags): Promise<number> {
  if (flags.markdown === true)
    throw new BenchError('Could not print a sweep as Markdown', {
      trouble: 'usage',
      hint: '--json prints its figures, and its folder has sweep.csv',
    })
  const seed = order.options.seed ?? randomInt(2 ** 32)
  const asked: AskedSweep =
    order.resume === undefined
      ? { ...order, options: { ...order.options, seed }, ...optional('cpus', flags.cpus) }
      : resumed(order, flags)
  requireOneValue(asked)
  const points = await pointOrders(asked)
  requireSamePoints(points, asked.before)
  requirePlaces(flags)
  const display = createDisplay(flags)
  const { sweep, records } = await measured(asked, points, flags, display)
  return exitCodeOf(sweep, records)
}

/** An option that gives all points one value leaves nothing to sweep. @throws BenchError `usage` */
function requireOneValue({ axes, options, scenario, changes }: AskedSweep): void {
  const isAxis = (name: string) => axes.some((axis) => axis.name === name)
  const given = [
    ...[
      { name: 'payload', option: '--payload', value: options.payloadBytes },
      { name: 'rate', option: '--rate', value: options.ratePps },
    ].filter(({ name, value }) => value !== undefined && !isParameter(scenario, name)),
    ...(changes.set ?? []).map(parseSet).map((set) => ({ ...set, option: `--set ${set.name}` })),
  ]
  const first = given.find(({ name }) => isAxis(name))
  if (first === undefined) return
  throw new BenchError(
    `Could not sweep over ${first.name}: ${first.option} gives all points ${first.value}`,
    {
      trouble: 'usage',
      hint: `leave out ${first.option}`,
    },
  )
}

const isParameter = ({ parameters }: Scenario, name: string): boolean => Object.hasOwn(parameters, name)

async function measured(
  { axes, scenario, scenarioName, changes, options, cpus, before }: AskedSweep,
  points: readonly PointOrder[],
  flags: SweepFlags,
  display: Display,
): Promise<{ readonly sweep: Sweep; readonly records: PointRecords }> {
  const { measureSweep } = await import('../../run/sweep-session.ts')
  const say = (text: string) => {
    if (!flags.quiet) display.warning(text)
  }
  say(planText(points, before))
  const { seed, ...said } = options
  let records: PointRecords = new Map()
  try {
    const { sweep } = await whileInterruptible(display.warning, (signal) =>
      measureSweep({
        axes: axes.map(({ name, values }) => ({ name, values: [...values] })),
        points,
        source: scenario.source,
        request: requestOf(scenarioName, changes, said, cpus),
        seed,
        ...(before === undefined ? {} : { before }),
        mayWait: flags.wait,
        resultsFolder: flags.results,
        progress: display,
        signal,
        pointDone: (point, record) => {
          say(pointLine(point, record))
        },
        afterwards: async (done) => {
          display.end()
          records = readPoints(done.folder, done.sweep)
          await present(done, records, flags)
        },
      }),
    )
    return { sweep, records }
  } finally {
    display.end()
  }
}

const requestOf = (
  scenario: string,
  changes: Changes,
  options: Omit<RunOptions, 'seed'>,
  cpus: string | undefined,
): RunRequest => ({
  command: 'run',
  scenario,
  ...(Object.keys(changes).length === 0 ? {} : { changes }),
  ...optional('cpus', cpus),
  options,
})

/** The points of a sweep that is gone on with are those of its file. @throws BenchError `usage` */
function requireSamePoints(points: readonly PointOrder[], before: Sweep | undefined): void {
  const valuesOf = (all: readonly { readonly values: object }[]) =>
    JSON.stringify(all.map(({ values }) => values))
  if (before !== undefined && valuesOf(points) !== valuesOf(before.points))
    throw new BenchError(`Could not go on with ${before.sweepId}: its points are not those of its values`, {
      trouble: 'usage',
      hint: 'start it afresh, without --resume',
    })
}

/** Every point as a run: all are read before any is measured, so that a wrong value is told at once. */
async function pointOrders({
  axes,
  scenario,
  scenarioName,
  changes,
  options,
  cpus,
}: AskedSweep): Promise<PointOrder[]> {
  const all = pointsOf(axes)
  const file = findScenario(scenarioName)
  const orders: PointOrder[] = []
  const mistakes: BenchError[] = []
  for (const [index, values] of all.entries()) {
    const own = { ...changes, set: [...(changes.set ?? []), ...settingsOf(values)] }
    const loaded = await loadForRun(file, own).catch(asBenchError)
    if (loaded instanceof BenchError) {
      mistakes.push(loaded)
      continue
    }
    orders.push({
      values,
      order: {
        scenario: loaded,
        asked: { command: 'run', scenario: scenarioName, changes: own },
        options: { ...pointOptions(scenario, options, all.length), seed: (options.seed + index) % 2 ** 32 },
        ...optional('cpus', cpus),
      },
    })
  }
  const [first, ...others] = mistakes
  if (first !== undefined) throw allMistakes(first, others)
  return orders
}

/** What is wrong with points, each thing once: a value is that of many. */
function allMistakes(first: BenchError, others: readonly BenchError[]): BenchError {
  const all = [first, ...others]
  const lines = new Set(all.flatMap(({ message, details }) => (details || message).split('\n')))
  return lines.size === 1
    ? first
    : new BenchError(`Could not use the values of ${all.length} points`, {
        ...{ trouble: first.trouble, details: [...lines].join('\n') },
        ...optional('hint', first.hint),
      })
}

function planText(points: readonly PointOrder[], before: Sweep | undefined): string {
  const found = before === undefined ? undefined : reopened(before).points
  const left = points.filter((_, index) => found === undefined || isOpen(found[index]!))
  const orders = left.map(({ order }) => order)
  // Where a number of blocks, or a precision, says how much is measured, time is a bound.
  const isBound = orders.some(
    ({ options }) => options.blocks !== undefined || options.precision !== undefined,
  )
  const time = `${isBound ? 'at most' : 'about'} ${roughTime(sweepTimeS(orders))}`
  const paths = points[0]!.order.scenario.paths.length
  return before === undefined
    ? `${points.length} points of ${paths} paths: ${time}`
    : `going on with ${before.sweepId}: ${left.length} of ${points.length} points, ${time}`
}

async function present(
  { sweep, folder }: SweepResult,
  records: PointRecords,
  flags: SweepFlags,
): Promise<void> {
  if (flags.json) {
    const { sweepJson } = await import('../../sweep/json.ts')
    print(JSON.stringify(sweepJson(sweep, records), null, 2))
  } else print(sweepText(sweep, records, columnsOf(process.stdout)))
  const { sweepCsv } = await import('../../keep/sweep-csv.ts')
  writeWhole(join(folder, 'sweep.csv'), sweepCsv(sweep, records))
  tell(`\nresult  ${folder}`)
  if (flags.report) {
    const { saveSweepReport } = await import('./sweep-report.ts')
    tell(`report  ${await saveSweepReport(sweep, records, flags.reports)}`)
  }
}

/** @throws BenchError `failed` where no point was measured */
function exitCodeOf({ complete, points }: Sweep, records: PointRecords): number {
  if (points.every(({ state }) => state === 'skipped' || state === 'failed'))
    throw new BenchError('Could not measure any point', {
      trouble: 'failed',
      details: points.map((point) => `${pointLabel(point)}: ${reasonOf(point)}`).join('\n'),
    })
  if (!complete && points.some(isOpen)) return exitCodes.interrupted
  const isSound = ({ paths }: RunRecord) => paths.every(({ status }) => status !== 'invalid')
  return complete && [...records.values()].every(isSound) ? exitCodes.ok : exitCodes.failed
}

const reasonOf = ({ reason, state }: SweepPoint): string => reason ?? state
