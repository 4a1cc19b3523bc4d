/** What every kind's line says of a device that it makes, as ip-link(8) has it. Pure. */
import { homeOf, parentOf } from './parent.ts'
import type { CreateLine, LinkEnd, NamespaceFile, OneEnd } from './link.ts'

/** `name eth0 mtu 1450 netns node-1`. What is not given the kernel chooses. */
export function newDevice(end: LinkEnd, fileOf: NamespaceFile): string {
  const { device, mac, mtu, txQueueLength, queues } = end
  const words = {
    name: device,
    address: mac,
    mtu,
    txqueuelen: txQueueLength,
    numtxqueues: queues?.tx,
    numrxqueues: queues?.rx,
    netns: fileOf(end.namespace),
  }
  return optionWords(words)
}

/** Options and their values, those that have one. */
export const optionWords = (options: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(options)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(' ')

interface AnySingle {
  readonly ends: OneEnd
  readonly [key: string]: unknown
}

/**
 * The line that makes a device by itself, where the kernel looks for what it stands on: there the packets go that it
 * wraps, too, wherever the device itself is.
 *
 * @param type `type vlan id 5`, without what it stands on
 */
export function deviceLine(link: AnySingle, fileOf: NamespaceFile, type: string): CreateLine {
  const parent = parentOf(link)
  const on = parent === undefined ? '' : `link ${parent.device} `
  return { namespace: homeOf(link), line: `link add ${on}${newDevice(link.ends[0], fileOf)} ${type}` }
}
