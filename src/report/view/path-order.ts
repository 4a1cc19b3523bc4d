/** The order of paths where they are many: those that cost least first, those without figures last. */
import { isFigure } from '../../parts/loads/trial-name.ts'
import { ownCosts } from '../../record/own-cost.ts'
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { measuredPaths } from './selection.ts'

type Figures = ReadonlyMap<string, number>

const costsOf = (record: RunRecord): Figures =>
  new Map([...ownCosts(record)].map(([path, { estimate }]) => [path, estimate]))

/** Of the first flood, where there are several. */
function throughputsOf({ estimates }: RunRecord): Figures {
  const metric = estimates.find((one) => isFigure(one.metric, 'throughputPps'))?.metric
  return new Map(
    estimates.flatMap((one) => (one.metric === metric ? [[one.path, one.estimate] as const] : [])),
  )
}

/** Measured paths by their own cost, the floor with none before all; without such by throughput; then as the record has them. */
export const orderedPaths = (record: RunRecord): PathRecord[] => {
  const costs = costsOf(record)
  const throughputs = throughputsOf(record)
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
