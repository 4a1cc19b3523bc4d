/** A change of level and a change of the environment that lie together: the one may be why of the other. Pure. */
import type { ConditionDifference, ConditionsChange } from './conditions.ts'

export interface Coincidence {
  /** Runs from the first in the new environment to the first of the new level; below 0 where that came earlier. */
  readonly runsAfter: number
  /** What is likeliest to matter first. */
  readonly differences: readonly ConditionDifference[]
}

/** What moves a ratio most comes first; what is not here, such as compilers, after these. */
const order = ['kernel', 'CPU', 'microcode', 'mitigations', 'governor', 'hypervisor', 'sysctls', 'pathbench']

const rankOf = ({ name }: ConditionDifference): number => {
  const rank = order.indexOf(name)
  return rank < 0 ? order.length : rank
}

/** The change of the environment that is nearest to a run; of two as near, the earlier. @param mostRuns in runs */
export function coincidenceAt(
  run: number,
  conditions: readonly ConditionsChange[],
  mostRuns: number,
): Coincidence | undefined {
  const [nearest] = conditions
    .filter((one) => one.environment.length > 0 && Math.abs(one.run - run) <= mostRuns)
    .toSorted((a, b) => Math.abs(a.run - run) - Math.abs(b.run - run))
  if (nearest === undefined) return undefined
  return {
    runsAfter: run - nearest.run,
    differences: nearest.environment.toSorted((a, b) => rankOf(a) - rankOf(b)),
  }
}

/** `the first on kernel 6.12.9 (before: 6.12.8) and with other mitigations`. */
export function coincidenceWords({ runsAfter, differences }: Coincidence): string {
  const what = differences.map(differenceWords).join(' and ')
  if (runsAfter === 0) return `the first ${what}`
  const runs = Math.abs(runsAfter) === 1 ? '1 run' : `${Math.abs(runsAfter)} runs`
  return `${runs} ${runsAfter > 0 ? 'after' : 'before'} the first ${what}`
}

function differenceWords({ name, before, after }: ConditionDifference): string {
  if (after.startsWith('sha256:')) return `with other ${name}`
  if (name !== 'kernel') return `with ${name} ${after} (before: ${before})`
  const [from, to] = [before, after].map((kernel) => kernel.split(' ', 1).join())
  return from === to ? `on another build of kernel ${to}` : `on kernel ${to} (before: ${from})`
}
