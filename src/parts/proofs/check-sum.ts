/** That sums in rules of proof speak of what a path has: its namespaces, devices and programs. */
import { didYouMean } from '../../host/nearest.ts'
import { noDevice, noNamespace } from '../not-there.ts'
import { deviceCounters, noCounter, parseCounterName, protocols } from './counter-name.ts'
import type { PathNames, WrongName } from './proof.ts'
import { parseSum, type Term } from './sums.ts'

/** Every wrong name in a sum of counters alone. @param key the key of the rule that it stands under */
export const checkCounters = (text: string, key: string, path: PathNames): WrongName[] =>
  checkSum(text, key, (term) =>
    term.of === 'counter'
      ? wrongTerm(term, 'a counter', path)
      : `expected a counter of the kernel, found "${term.packets}"`,
  )

/** Every wrong name in a sum of amounts of packets and counters. @param key as before */
export const checkAmount = (text: string, key: string, path: PathNames): WrongName[] =>
  checkSum(text, key, (term) =>
    term.of === 'counter'
      ? wrongTerm(term, 'a whole number, requests, replies, or a counter', path)
      : undefined,
  )

const checkSum = (text: string, key: string, wrong: (term: Term) => string | undefined): WrongName[] =>
  parseSum(text).flatMap((term) => {
    const message = wrong(term)
    return message === undefined ? [] : [{ key, message }]
  })

function wrongTerm(
  { namespace, name }: Extract<Term, { of: 'counter' }>,
  expected: string,
  path: PathNames,
): string | undefined {
  if (name === '') return `expected ${expected} such as NAMESPACE/Ip.ForwDatagrams, found "${namespace}"`
  const known = path.devices.get(namespace)
  if (known === undefined) return noNamespace(namespace, [...path.devices.keys()])
  return wrongCounter(name, namespace, path.programs, known)
}

/** What is known before anything is built; which counters of a protocol there are, the kernel says. */
function wrongCounter(
  text: string,
  namespace: string,
  programs: PathNames['programs'],
  devices: readonly string[],
): string | undefined {
  const name = parseCounterName(text)
  if (name === undefined)
    return `expected a counter such as Ip.ForwDatagrams, Udp.InDatagrams or DEVICE.txPackets, found "${text}"`
  switch (name.of) {
    case 'protocol':
    case 'nftables':
      return undefined
    case 'driver':
      return isDevice(name.device, devices) ? undefined : noDevice(name.device, namespace, devices)
    case 'map':
      return programs.some((program) => program.namespace === namespace)
        ? undefined
        : `no program of this path is attached in ${namespace}, and so no map is there`
    case 'device': {
      if (isDevice(name.device, devices))
        return deviceCounters.some((counter) => counter === name.name)
          ? undefined
          : noCounter(
              text,
              namespace,
              deviceCounters.map((counter) => `${name.device}.${counter}`),
            )
      const owners = [...protocols, ...devices]
      // Of a word such as `Ipv4.InReceives` nobody can say whether a device or a protocol is meant.
      return deviceCounters.some((counter) => counter === name.name)
        ? noDevice(name.device, namespace, devices)
        : `no protocol or device "${name.device}" in ${namespace}${didYouMean(name.device, owners)} (there: ${owners.join(', ')})`
    }
  }
}

const isDevice = (device: string, devices: readonly string[]): boolean =>
  device === 'lo' || devices.includes(device)
