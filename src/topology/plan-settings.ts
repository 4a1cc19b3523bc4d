/** Settings of devices as files of /sys/class/net. Pure. */
import type { LinkEnd } from '../scenario/schema.ts'

/** What is written, and read back. */
export interface DeviceSetting {
  /** From /sys/class/net on; a `*` stands for every queue. */
  readonly files: string
  readonly value: string
}

/** Those of one device. What it was made with is written again: some kinds make another value of it without a word. */
export function deviceSettings({ device, mtu, txQueueLength, threaded, rps }: LinkEnd): DeviceSetting[] {
  const values = {
    mtu,
    tx_queue_len: txQueueLength,
    // It wants the device to poll, which is up to offloads: after these.
    threaded: threaded === undefined ? undefined : Number(threaded),
    'queues/rx-*/rps_cpus': rps === undefined ? undefined : cpuMask(rps),
  }
  return Object.entries(values).flatMap(([file, value]) =>
    value === undefined ? [] : [{ files: `${device}/${file}`, value: String(value) }],
  )
}

/** CPUs as the kernel writes a set of them: hexadecimal, a comma every 32 (bitmap_parse() in lib/bitmap-str.c). */
export function cpuMask(cpus: readonly number[]): string {
  const bits = cpus.reduce((mask, cpu) => mask | (1n << BigInt(cpu)), 0n)
  const digits = bits.toString(16)
  return digits.replaceAll(/\B(?=([0-9a-f]{8})+$)/g, ',')
}
