/** The order of paths where they are many: those that cost least first, those without figures last. */
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { measuredPaths } from './selection.ts'

type Figures = ReadonlyMap<string, number>

const costsOf = ({ derived }: RunRecord): Figures =>
  new Map(derived.routerCost.map(({ path, estimate }) => [path, estimate]))

const levelsOf = ({ estimates }: RunRecord, metric: string): Figures =>
  new Map(estimates.flatMap((one) => (one.metric === metric ? [[one.path, one.estimate] as const] : [])))

/** Measured paths by their own cost, the floor with none before all; without such by throughput; then as the record has them. */
export const orderedPaths = (record: RunRecord): PathRecord[] => {
  const costs = costsOf(record)
  const throughputs = levelsOf(record, 'throughputPps')
  const keyOf = ({ name, role }: PathRecord): readonly [number, number] => [
    role === 'floor' ? -Infinity : (costs.get(name) ?? Infinity),
    -(throughputs.get(name) ?? 0),
  ]
  const compared = (one: number, other: number): number => (one === other ? 0 : one - other)
  return measuredPaths(record).toSorted((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)]
    return compared(one[0], other[0]) || compared(one[1], other[1])
  })
}

/** Every path: the measured in their order, then the others as the record has them. */
export function allOrdered(record: RunRecord): PathRecord[] {
  const measured = orderedPaths(record)
  return [...measured, ...record.paths.filter((path) => !measured.includes(path))]
}
