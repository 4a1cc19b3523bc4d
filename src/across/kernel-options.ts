/** What two configurations of kernels differ in. Pure. */
import type { Environment } from '../record/record.ts'
import { kernelsOf } from './identity.ts'

type Machine = NonNullable<Environment['machines']>[number]

/** An option by its name without CONFIG_; `n` where it is not set. */
export interface OptionDifference {
  readonly option: string
  readonly first: string
  readonly second: string
}

const notSet = 'n'

/** What moves packets: these stand first. */
const isOfNetwork = (option: string): boolean =>
  /^(NET|NETKIT|BPF|XDP|INET|IP|NF|VETH|BRIDGE|TCP)(_|$)/.test(option)

/** Options that differ, those of the network first; undefined where one of the two says nothing. */
export function optionDifferences(
  first: Machine['config'],
  second: Machine['config'],
): readonly OptionDifference[] | undefined {
  if (first === null || second === null) return undefined
  const [one, other] = [new Map(Object.entries(first)), new Map(Object.entries(second))]
  return [...new Set([...one.keys(), ...other.keys()])]
    .toSorted()
    .map((option) => ({ option, first: one.get(option) ?? notSet, second: other.get(option) ?? notSet }))
    .filter((each) => each.first !== each.second)
    .toSorted((a, b) => Number(isOfNetwork(b.option)) - Number(isOfNetwork(a.option)))
}

/** Two kernels, and the options that are not the same in both. */
export interface ComparedKernels {
  readonly first: string
  readonly second: string
  /** Undefined where it is not known how one of them was configured. */
  readonly options: readonly OptionDifference[] | undefined
}

const compared = (one: Machine, other: Machine): ComparedKernels => ({
  first: one.name,
  second: other.name,
  options: optionDifferences(one.config, other.config),
})

/** The first kernel of a run against each of its others. */
export function kernelsWithin(environment: Environment): ComparedKernels[] {
  const [first, ...others] = kernelsOf(environment)
  return first === undefined ? [] : others.map((other) => compared(first, other))
}

/** The kernels of a run against those of another, each with the one in its place. */
export function kernelsBetween(first: Environment, second: Environment): ComparedKernels[] {
  const others = kernelsOf(second)
  return kernelsOf(first).flatMap((one, index) => {
    const other = others[index]
    return other === undefined ? [] : [compared(one, other)]
  })
}

/** `NET_SCH_INGRESS m, then y`. */
export const optionWords = ({ option, first, second }: OptionDifference): string =>
  `${option} ${first}, then ${second}`
