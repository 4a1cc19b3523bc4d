/** The points of a sweep: one for each combination of its axes' values. Pure. */
import { BenchError } from '../../host/errors.ts'
import type { Scenario } from '../scenario.ts'
import { type Axis, type AxisValue, mostPoints, parseAxis, parseAxisValues } from './axis.ts'

/** Values by the name of their setting. */
export type PointValues = Readonly<Record<string, AxisValue>>

/**
 * The axes of a sweep: those of the scenario's matrix, and those of the command line, which go before.
 *
 * @throws BenchError `usage` where the words of one mean nothing, or there are two of a name
 */
export function axesOf(matrix: Scenario['matrix'], sweeps: readonly string[]): Axis[] {
  const said = sweeps.map(parseAxis)
  for (const { name } of said)
    if (said.filter((one) => one.name === name).length > 1)
      throw new BenchError(`Could not use --sweep ${name} twice: give it all values at once`, {
        trouble: 'usage',
      })
  const written = Object.entries(matrix).map(([name, values]) => ({
    name,
    values: typeof values === 'string' ? parseAxisValues(values, `matrix.${name}`) : values,
  }))
  return [...written.filter(({ name }) => !said.some((one) => one.name === name)), ...said]
}

/** All combinations, the last axis changing soonest. @throws BenchError `usage` where there are too many */
export function pointsOf(axes: readonly Axis[]): PointValues[] {
  const count = axes.reduce((product, { values }) => product * values.length, 1)
  if (count > mostPoints)
    throw new BenchError(`Could not sweep ${count} points: ${mostPoints} are the most`, {
      trouble: 'usage',
      hint: 'give the settings fewer values',
    })
  return axes.reduce<PointValues[]>(
    (points, { name, values }) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  )
}

/** What sets a point's values on a command line. */
export const settingsOf = (point: PointValues): string[] =>
  Object.entries(point).map(([name, value]) => `${name}=${value}`)
