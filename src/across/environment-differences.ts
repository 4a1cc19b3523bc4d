/** What is different about the machines, kernels and tools of two runs. */
import type { Environment, Machine } from '../record/record.ts'
import { notRecorded } from './identity.ts'
import { kernelsBetween, type OptionDifference } from './kernel-options.ts'

export interface Difference {
  /** What differs, in words: `kernel`, `mitigation spectre_v2`. */
  readonly what: string
  readonly first: string
  readonly second: string
}

/** Whether both runs say what they had; else only one of them was asked. */
export const isKnown = ({ first, second }: Difference): boolean =>
  first !== notRecorded && second !== notRecorded

/** Memory that a kernel sees changes by a little from boot to boot. */
const sameMemoryShare = 0.01

const ofTables = (
  what: string,
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): Difference[] => {
  const [one, other] = [new Map(Object.entries(first)), new Map(Object.entries(second))]
  return [...new Set([...one.keys(), ...other.keys()])]
    .toSorted()
    .map((name) => ({
      what: `${what} ${name}`,
      first: one.get(name) ?? notRecorded,
      second: other.get(name) ?? notRecorded,
    }))
    .filter((difference) => difference.first !== difference.second)
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`

const ofMemory = ({ memoryBytes: one }: Machine, { memoryBytes: other }: Machine): Difference[] =>
  Math.abs(one - other) <= sameMemoryShare * Math.max(one, other)
    ? []
    : [{ what: 'memory', first: gibibytes(one), second: gibibytes(other) }]

const single = {
  kernel: 'kernel',
  distribution: 'distribution',
  architecture: 'architecture',
  cpuModel: 'CPU model',
  cpuCount: 'number of CPUs',
  microcode: 'microcode',
  hypervisor: 'hypervisor',
  clockSource: 'clock source',
  governor: 'frequency governor',
} as const satisfies Partial<Record<keyof Machine, string>>

/** How the kernels of virtual machines ran, and how many of their options are others. */
function ofKernels(one: Environment, other: Environment): Difference[] {
  const words = ({ machines }: Environment): string =>
    machines === undefined ? 'none' : machines.map(({ accelerator }) => accelerator).join(', ')
  const how = { what: 'virtual machines', first: words(one), second: words(other) }
  return [
    ...(how.first === how.second ? [] : [how]),
    ...kernelsBetween(one, other).flatMap(({ first, second, options = [] }) =>
      options.length === 0
        ? []
        : [{ what: 'kernel configuration', first, second: `${second}, with ${optionsText(options)}` }],
    ),
  ]
}

/** So many options are named in a line. */
const namedOptions = 3

function optionsText(options: readonly OptionDifference[]): string {
  const named = options
    .slice(0, namedOptions)
    .map(({ option, first, second }) => `${option} ${first} → ${second}`)
  const left = options.length - named.length
  return `${named.join(', ')}${left === 0 ? '' : ` and ${left} other options changed`}`
}

/** Earlier records say less: what is null there is known to be none. */
const wordOf = (value: string | number | null | undefined): string =>
  value === undefined ? notRecorded : String(value ?? 'none')

const ofMachines = (first: Machine, second: Machine): Difference[] => [
  ...(Object.keys(single) as (keyof typeof single)[])
    .map((key) => ({
      what: single[key],
      first: wordOf(first[key]),
      second: wordOf(second[key]),
    }))
    .filter((one) => one.first !== one.second),
  ...ofMemory(first, second),
  ...ofTables('mitigation', first.mitigations, second.mitigations),
  ...ofTables('sysctl', first.sysctls, second.sysctls),
]

/** Of the hosts that paths lead over: their names say nothing of how they work. */
function ofHosts({ dut: one }: Environment, { dut: other }: Environment): Difference[] {
  if (one !== undefined && other !== undefined)
    return ofMachines(one, other).map((difference) => ({ ...difference, what: `DUT's ${difference.what}` }))
  const wordsOf = (dut: Environment['dut']) => dut?.host ?? dut?.name ?? 'none'
  return one === other ? [] : [{ what: 'host under test', first: wordsOf(one), second: wordsOf(other) }]
}

function ofDevices({ devices: one = {} }: Environment, { devices: other = {} }: Environment): Difference[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
  return names.flatMap((name) => ofTables(`${name}:`, one[name] ?? {}, other[name] ?? {}))
}

/** Every difference between two environments, by name. */
export const environmentDifferences = (first: Environment, second: Environment): Difference[] => [
  ...ofMachines(first, second),
  ...ofKernels(first, second),
  ...ofTables('version of', first.tools, second.tools),
  ...ofHosts(first, second),
  ...ofDevices(first, second),
]
