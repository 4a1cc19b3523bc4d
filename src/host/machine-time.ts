/** What all CPUs did, from /proc/stat (proc_stat(5)): noise that is recorded, so that nobody has to guess. */
import { readFileSync } from 'node:fs'

/** Counts since boot. Times are in clock ticks. */
export interface MachineTime {
  readonly totalTicks: number
  readonly idleTicks: number
  readonly stealTicks: number
  readonly contextSwitches: number
  readonly netTxSoftirqs: number
  readonly netRxSoftirqs: number
}

/** What was counted between two readings. */
export interface MachineActivity {
  /** Share of all CPUs' time that the hypervisor gave to others, 0..1; null if no tick passed. */
  readonly stealShare: number | null
  /** Share of all CPUs' time that was neither idle nor stolen, 0..1. */
  readonly busyShare: number
  readonly contextSwitches: number
  readonly netTxSoftirqs: number
  readonly netRxSoftirqs: number
}

/** The counts in the text of /proc/stat. */
export function parseMachineTime(stat: string): MachineTime {
  const fields = (name: string): number[] =>
    (new RegExp(`^${name}\\s+(.*)$`, 'm').exec(stat)?.[1] ?? '').split(/\s+/).map(Number)
  // user nice system idle iowait irq softirq steal; guest time is already in user and nice.
  const cpu = fields('cpu').slice(0, 8)
  // total HI TIMER NET_TX NET_RX ... (include/linux/interrupt.h)
  const softirqs = fields('softirq')
  return {
    totalTicks: cpu.reduce((sum, ticks) => sum + ticks, 0),
    idleTicks: (cpu[3] ?? 0) + (cpu[4] ?? 0),
    stealTicks: cpu[7] ?? 0,
    contextSwitches: fields('ctxt')[0] ?? 0,
    netTxSoftirqs: softirqs[3] ?? 0,
    netRxSoftirqs: softirqs[4] ?? 0,
  }
}

/** Reads this machine's counts. */
export const readMachineTime = (): MachineTime => parseMachineTime(readFileSync('/proc/stat', 'utf8'))

/** What passed between two readings. */
export function activityBetween(before: MachineTime, after: MachineTime): MachineActivity {
  const ticks = after.totalTicks - before.totalTicks
  const steal = after.stealTicks - before.stealTicks
  const idle = after.idleTicks - before.idleTicks
  return {
    stealShare: ticks === 0 ? null : steal / ticks,
    busyShare: ticks === 0 ? 0 : (ticks - idle - steal) / ticks,
    contextSwitches: after.contextSwitches - before.contextSwitches,
    netTxSoftirqs: after.netTxSoftirqs - before.netTxSoftirqs,
    netRxSoftirqs: after.netRxSoftirqs - before.netRxSoftirqs,
  }
}
