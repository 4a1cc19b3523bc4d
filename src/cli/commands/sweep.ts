/** A sweep, for one who sits at a terminal: `bench run --sweep`. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { BenchError, exitCodes } from '../../host/errors.ts'
import { listSweeps, readPoints, readSweep } from '../../keep/sweep-store.ts'
import { writeWhole } from '../../keep/store.ts'
import type { RunRequest } from '../../record/record.ts'
import { pointLabel, type Sweep, type SweepPoint } from '../../record/sweep.ts'
import type { RunOptions } from '../../run/settings.ts'
import { pointOptions, sweepTimeS } from '../../run/sweep-plan.ts'
import type { PointOrder, SweepResult } from '../../run/sweep-session.ts'
import type { Axis } from '../../scenario/changes/axis.ts'
import { pointsOf, settingsOf } from '../../scenario/changes/points.ts'
import type { Changes } from '../../scenario/changes/words.ts'
import { findScenario } from '../../scenario/find.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { roughTime } from '../../words/wall-time.ts'
import { type MeasuringFlags, optional } from '../options/measuring-options.ts'
import { whileInterruptible } from '../terminal/interruption.ts'
import { print, tell } from '../terminal/output.ts'
import { createDisplay, type Display } from '../terminal/progress-display.ts'
import { loadForRun } from './check-scenario.ts'
import { pointLine, sweepText } from '../terminal/sweep-text.ts'

export interface SweepOrder {
  /** As it was given. */
  readonly scenarioName: string
  /** Before any point's values are set. */
  readonly scenario: Scenario
  readonly axes: readonly Axis[]
  readonly changes: Changes
  readonly options: RunOptions
  /** The sweep to go on with: its id, or empty for the newest of the scenario that ended early. */
  readonly resume?: string
}

type SweepFlags = Pick<
  MeasuringFlags,
  'cpus' | 'wait' | 'results' | 'reports' | 'report' | 'quiet' | 'json' | 'markdown'
>

/** Measures a sweep, and shows what it has come to. @returns the exit code @throws BenchError */
export async function runSweep(order: SweepOrder, given: SweepFlags): Promise<number> {
  if (given.markdown === true)
    throw new BenchError('Could not print a sweep as Markdown', {
      trouble: 'usage',
      hint: '--json prints its figures, and its folder has sweep.csv',
    })
  const before = order.resume === undefined ? undefined : sweepToResume(order, given.results)
  const asked = before === undefined ? order : { ...order, ...askedBefore(before) }
  const flags = { ...given, ...optional('cpus', before?.request.cpus) }
  const points = await pointOrders(asked, flags)
  const display = createDisplay(flags.quiet ? 'none' : process.stderr.isTTY ? 'live' : 'plain')
  const result = await measured(asked, points, flags, display, before)
  return exitCodeOf(result.sweep)
}

async function measured(
  { axes, scenario, scenarioName, changes, options }: SweepOrder,
  points: readonly PointOrder[],
  flags: SweepFlags,
  display: Display,
  before: Sweep | undefined,
): Promise<SweepResult> {
  const { measureSweep } = await import('../../run/sweep-session.ts')
  const say = (text: string) => {
    if (!flags.quiet) display.warning(text)
  }
  say(planText(points, before))
  const { seed = randomInt(2 ** 32), ...said } = options
  try {
    return await whileInterruptible(display.warning, (signal) =>
      measureSweep({
        axes: axes.map(({ name, values }) => ({ name, values: [...values] })),
        points,
        source: scenario.source,
        request: requestOf(scenarioName, changes, said, flags),
        seed: before?.seed ?? seed,
        ...(before === undefined ? {} : { before }),
        mayWait: flags.wait,
        resultsFolder: flags.results,
        progress: display,
        signal,
        pointDone: (point, record) => {
          say(pointLine(point, record))
        },
        besideFirstBuild: () => Promise.resolve(undefined),
        afterwards: async (done) => {
          display.end()
          await present(done, flags)
        },
      }),
    )
  } finally {
    display.end()
  }
}

const requestOf = (
  scenario: string,
  changes: Changes,
  options: Omit<RunOptions, 'seed'>,
  { cpus }: SweepFlags,
): RunRequest => ({
  command: 'run',
  scenario,
  ...(Object.keys(changes).length === 0 ? {} : { changes }),
  ...optional('cpus', cpus),
  options,
})

/** Every point as a run: all are read before any is measured, so that a wrong value is told at once. */
async function pointOrders(
  { axes, scenario, scenarioName, changes, options }: SweepOrder,
  { cpus }: SweepFlags,
): Promise<PointOrder[]> {
  const all = pointsOf(axes)
  const seed = options.seed ?? randomInt(2 ** 32)
  const file = findScenario(scenarioName)
  const orders: PointOrder[] = []
  for (const [index, values] of all.entries()) {
    const own = { ...changes, set: [...(changes.set ?? []), ...settingsOf(values)] }
    orders.push({
      values,
      order: {
        scenario: await loadForRun(file, own),
        asked: { command: 'run', scenario: scenarioName, changes: own },
        options: { ...pointOptions(scenario, options, all.length), seed: (seed + index) % 2 ** 32 },
        ...optional('cpus', cpus),
      },
    })
  }
  return orders
}

function planText(points: readonly PointOrder[], before: Sweep | undefined): string {
  const open = before?.points.flatMap(({ state }, index) =>
    state === 'waiting' || state === 'begun' ? [points[index]!] : [],
  )
  const left = open ?? points
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

/** What the sweep that is gone on with was asked. */
const askedBefore = ({ axes, request, seed }: Sweep) => ({
  axes,
  changes: request.changes ?? {},
  options: { ...request.options, seed },
})

/** @throws BenchError `usage` where there is none, or the scenario is another by now */
function sweepToResume({ resume = '', scenario, axes }: SweepOrder, results: string): Sweep {
  const { sweep } = resume === '' ? newestUnfinished(scenario.name, results) : readSweep(results, resume)
  const refuse = (why: string) =>
    new BenchError(`Could not go on with ${sweep.sweepId}: ${why}`, {
      trouble: 'usage',
      hint: 'start it afresh, without --resume',
    })
  if (sweep.scenario !== scenario.name) throw refuse(`it is of scenario ${sweep.scenario}`)
  if (sweep.complete) throw refuse('it is complete')
  if (sweep.scenarioSource !== scenario.source)
    throw refuse('the scenario, or what was changed of it, is another by now')
  if (axes.length > 0 && JSON.stringify(axes) !== JSON.stringify(sweep.axes))
    throw refuse(
      `its values are ${sweep.axes.map(({ name, values }) => `${name}=${values.join(',')}`).join(' ')}`,
    )
  return sweep
}

function newestUnfinished(scenario: string, results: string) {
  const found = listSweeps(results)
    .filter((one) => one.scenario === scenario)
    .map(({ folder }) => readSweep(results, folder))
    .findLast(({ sweep }) => !sweep.complete)
  if (found !== undefined) return found
  throw new BenchError(`Could not find a sweep of ${scenario} that ended early`, {
    trouble: 'usage',
    hint: '`bench list` shows the sweeps that are kept',
  })
}

async function present({ sweep, folder }: SweepResult, flags: SweepFlags): Promise<void> {
  const records = readPoints(folder, sweep)
  if (flags.json) {
    const { sweepJson } = await import('../../sweep/json.ts')
    print(JSON.stringify(sweepJson(sweep, records), null, 2))
  } else print(sweepText(sweep, records, process.stdout.columns || 100))
  const { sweepCsv } = await import('../../sweep/csv.ts')
  writeWhole(join(folder, 'sweep.csv'), sweepCsv(sweep, records))
  tell(`\nresult  ${folder}`)
  if (flags.report) {
    const { saveSweepReport } = await import('./sweep-report.ts')
    tell(`report  ${await saveSweepReport(sweep, records, flags.reports)}`)
  }
}

/** @throws BenchError `failed` where no point was measured */
function exitCodeOf({ complete, points }: Sweep): number {
  if (points.every(({ state }) => state === 'skipped' || state === 'failed'))
    throw new BenchError('Could not measure any point', {
      trouble: 'failed',
      details: points.map((point) => `${pointLabel(point)}: ${reasonOf(point)}`).join('\n'),
    })
  if (!complete && points.some(({ state }) => state === 'waiting' || state === 'begun'))
    return exitCodes.interrupted
  return complete ? exitCodes.ok : exitCodes.failed
}

const reasonOf = ({ reason, state }: SweepPoint): string => reason ?? state
