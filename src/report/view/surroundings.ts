/** The machine, the settings and where the time went: what a reader needs to judge or repeat a run. */
import { trialLabel } from '../../parts/loads/trial-name.ts'
import { defaultEngine } from '../../parts/engines/engines.ts'
import { loadOf } from '../../parts/loads/loads.ts'
import { kernelsWithin } from '../../across/kernel-options.ts'
import { otherEngineOf } from '../../record/engine.ts'
import { otherSinkOf } from '../../record/sink.ts'
import { defaultSink } from '../../parts/sinks/sinks.ts'
import type { Machine, RunRecord } from '../../record/record.ts'
import { payloadWords } from '../../words/payload-words.ts'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMargin,
  formatRate,
  formatShare,
  formatValue,
} from '../../words/numbers.ts'

export interface Fact {
  readonly label: string
  readonly value: string
}

export interface Phase {
  readonly name: string
  readonly duration: string
  readonly share: number
  readonly shareText: string
}

const factsOf = (values: Readonly<Record<string, string>>): Fact[] =>
  Object.entries(values).map(([label, value]) => ({ label, value }))

/** The kernels of virtual machines, each with how it ran. */
const kernelFacts = ({ machines = [] }: RunRecord['environment']): Fact[] =>
  machines.map(({ name, kernel, image, accelerator, pinnedTo, memoryMiB }) => ({
    label: `Kernel ${name}`,
    value: [
      kernel,
      image,
      accelerator === 'kvm' ? 'by KVM' : 'by emulation',
      pinnedTo.length === 0 ? 'not pinned' : `on CPUs ${pinnedTo.join(', ')}`,
      `${formatCount(memoryMiB)} MiB`,
    ].join('; '),
  }))

/** Options of kernels that are not the first one's. */
export const kernelOptionFacts = ({ environment }: RunRecord): Fact[] =>
  kernelsWithin(environment).flatMap(({ first, second, options = [] }) =>
    options.map((one) => ({
      label: one.option,
      value: `${one.first} on ${first}, ${one.second} on ${second}`,
    })),
  )

const machineFacts = (machine: Machine): Fact[] => [
  { label: 'Distribution', value: machine.distribution },
  { label: 'Processor', value: `${machine.cpuModel} (${machine.architecture})` },
  { label: 'CPUs', value: formatCount(machine.cpuCount) },
  { label: 'Memory', value: formatBytes(machine.memoryBytes) },
  { label: 'Hypervisor', value: machine.hypervisor ?? 'none seen' },
  { label: 'Clock source', value: machine.clockSource },
  { label: 'Frequency governor', value: machine.governor ?? 'not reported' },
]

/** The machine and its kernel, then the host that paths lead over, and devices that were there. */
export const environmentFacts = ({ environment }: RunRecord): Fact[] => [
  ...(environment.machines === undefined
    ? [{ label: 'Kernel', value: environment.kernel }]
    : kernelFacts(environment)),
  ...machineFacts(environment),
  ...(environment.dut === undefined ? [] : hostFacts(environment.dut)),
  ...Object.entries(environment.devices ?? {}).map(([name, settings]) => ({
    label: name,
    value: Object.entries(settings)
      .map(([key, value]) => `${key} ${value}`)
      .join(', '),
  })),
]

const hostFacts = (dut: NonNullable<RunRecord['environment']['dut']>): Fact[] => [
  { label: 'Device under test', value: dut.host ?? dut.name },
  ...[{ label: 'Kernel', value: dut.kernel }, ...machineFacts(dut)].map(({ label, value }) => ({
    label: `${label} there`,
    value,
  })),
]

export const toolFacts = ({ environment }: RunRecord): Fact[] => factsOf(environment.tools)
export const sysctlFacts = ({ environment }: RunRecord): Fact[] => factsOf(environment.sysctls)
export const mitigationFacts = ({ environment }: RunRecord): Fact[] => factsOf(environment.mitigations)

const trialWords = (trial: RunRecord['settings']['trials'][number]): string => {
  const { kind, packets, payloadBytes, ratePps, connections, requestBytes, responseBytes, rateTps } = trial
  const { congestion } = trial
  return [
    `${formatCount(packets)} ${loadOf(kind).counted}`,
    ...(payloadBytes === undefined ? [] : [`of ${formatCount(payloadBytes)} bytes`]),
    ...(requestBytes === undefined || responseBytes === undefined
      ? []
      : [`of ${formatCount(requestBytes)} and ${formatCount(responseBytes)} bytes`]),
    ...(rateTps === undefined ? [] : [`at ${formatValue('tps', rateTps)}`]),
    ...(ratePps === undefined ? [] : [`at ${formatRate(ratePps)}`]),
    ...(connections === undefined ? [] : [`over ${formatCount(connections)} connections`]),
    ...(congestion === undefined ? [] : [`by ${congestion}`]),
  ].join(' ')
}

/** What the run was asked to do. */
export const settingsFacts = ({ settings, seed, blocks }: RunRecord): Fact[] => [
  { label: 'Rounds', value: formatCount(settings.rounds) },
  {
    label: 'Blocks',
    value: `${formatCount(blocks.filter(({ warmup }) => !warmup).length)}, and ${formatCount(settings.warmupBlocks)} per round for warm-up`,
  },
  ...settings.trials.map((trial) => ({ label: `Trial: ${trialLabel(trial)}`, value: trialWords(trial) })),
  ...(settings.flows === undefined ? [] : [{ label: 'UDP flows', value: formatCount(settings.flows) }]),
  { label: 'Addresses', value: `IPv${settings.family ?? 4}` },
  { label: 'Payload', value: `${payloadWords(settings) ?? 0} bytes` },
  { label: 'Engine of floods', value: otherEngineOf({ settings }) ?? defaultEngine },
  { label: 'Sink of floods', value: otherSinkOf({ settings }) ?? defaultSink },
  { label: 'Receivers', value: settings.receiver },
  { label: 'CPUs', value: `sender ${settings.senderCpu}, receiver ${settings.receiverCpu}` },
  { label: 'Margin of equivalence', value: formatMargin(settings.margin) },
  {
    label: 'Precision asked for',
    value: settings.precision === null ? 'none: a fixed number of rounds' : formatMargin(settings.precision),
  },
  { label: 'Most time', value: `${formatCount(settings.maxTimeS)} s` },
  { label: 'Quick', value: settings.quick ? 'yes' : 'no' },
  { label: 'Seed', value: String(seed) },
]

/** Wall time by phase, with each phase's share of the whole. */
export const phasesOf = ({ phasesNs }: RunRecord): Phase[] => {
  const total = Object.values(phasesNs).reduce((sum, ns) => sum + ns, 0)
  return Object.entries(phasesNs).map(([name, ns]) => {
    const share = total === 0 ? 0 : ns / total
    return { name, duration: formatDuration(ns), share, shareText: formatShare(share, 0) }
  })
}
