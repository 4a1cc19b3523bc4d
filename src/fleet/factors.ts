/** What is different among the hosts of a fleet: kernel, CPU, tools, drivers, programs. Pure. */
import { type Difference, environmentDifferences } from '../across/environment-differences.ts'
import { programDifferences } from '../across/identity-differences.ts'
import { scenarioDifferences } from '../across/settings-differences.ts'
import type { RunRecord } from '../record/record.ts'

export interface MeasuredHost {
  readonly host: string
  readonly record: RunRecord
}

/** Something that not all hosts have alike. */
export interface Factor {
  /** `kernel`, `mitigation spectre_v2`, `version of clang`. */
  readonly what: string
  /** What there is, with those who have it: most of them first. */
  readonly values: readonly { readonly value: string; readonly hosts: readonly string[] }[]
}

/** Factors that divide the hosts in the same way: which of them makes a difference cannot be told. */
export interface Split {
  readonly factors: readonly [Factor, ...Factor[]]
  /** Hosts that are alike in them: most of them first. */
  readonly groups: readonly (readonly string[])[]
}

/** Everything that differs from the first host is told of by it; who does not differ has what the first has. */
export function factorsOf(hosts: readonly MeasuredHost[]): Factor[] {
  const [first, ...others] = hosts
  if (first === undefined) return []
  const found = others.map(({ host, record }) => ({ host, differences: differencesOf(first.record, record) }))
  const whats = new Set(found.flatMap(({ differences }) => differences.map(({ what }) => what)))
  return [...whats].map((what) => {
    const own = new Map(
      found.flatMap(({ host, differences }) => {
        const difference = differences.find((one) => one.what === what)
        return difference === undefined ? [] : [[host, difference] as const]
      }),
    )
    const yardstick = [...own.values()][0]!.first
    const byValue = Map.groupBy(hosts, ({ host }) => own.get(host)?.second ?? yardstick)
    return {
      what,
      values: [...byValue]
        .map(([value, those]) => ({ value, hosts: those.map(({ host }) => host) }))
        .toSorted((a, b) => b.hosts.length - a.hosts.length),
    }
  })
}

const differencesOf = (first: RunRecord, second: RunRecord): Difference[] => [
  ...environmentDifferences(first.environment, second.environment),
  ...programDifferences(first, second),
  ...scenarioDifferences(first, second),
]

/** Factors by how they divide the hosts. */
export const splitsOf = (factors: readonly Factor[]): Split[] =>
  [
    ...Map.groupBy(factors, ({ values }) =>
      JSON.stringify(values.map(({ hosts }) => hosts.toSorted()).toSorted()),
    ).values(),
  ].map((those) => ({
    factors: those as [Factor, ...Factor[]],
    groups: those[0]!.values.map(({ hosts }) => hosts),
  }))
