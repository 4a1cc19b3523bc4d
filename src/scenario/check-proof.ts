/** That rules of proof speak of what a path has: its namespaces, devices and programs. */
import { didYouMean } from '../host/nearest.ts'
import { noNamespace } from './check.ts'
import { noDevice } from './routes.ts'
import { deviceCounters, noCounter, parseCounterName, protocols } from './counter-name.ts'
import { type Program, type ProofRule, relationOf } from './schema.ts'
import { parseSum, type Term } from './sums.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** Every wrong name in a rule. `at` leads to it in the file. */
export function checkRule(
  rule: ProofRule,
  programs: readonly Program[],
  devices: ReadonlyMap<string, readonly string[]>,
  at: FilePath,
): Issue[] {
  if (!('counter' in rule) && !('program' in rule)) return []
  const wrongTerms = (text: string, key: string): Issue[] =>
    parseSum(text).flatMap((term) => {
      const message = wrongTerm(term, key === 'counter', programs, devices)
      return message === undefined ? [] : [{ path: [...at, key], message }]
    })
  const { relation, amount } = relationOf(rule)
  const amountIssues = wrongTerms(amount, relation)
  if ('counter' in rule) return [...wrongTerms(rule.counter, 'counter'), ...amountIssues]
  const known = [...new Set(programs.map(({ program }) => program))]
  if (known.includes(rule.program)) return amountIssues
  const message = `no program "${rule.program}" on this path${didYouMean(rule.program, known)}`
  return [{ path: [...at, 'program'], message }, ...amountIssues]
}

function wrongTerm(
  term: Term,
  isCounter: boolean,
  programs: readonly Program[],
  devices: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (term.of === 'trials')
    return isCounter ? `expected a counter of the kernel, found "${term.packets}"` : undefined
  const { namespace, name } = term
  if (name === '') {
    const amounts = isCounter ? '' : '0, requests, replies, or '
    return `expected ${amounts}a counter such as NAMESPACE/Ip.ForwDatagrams, found "${namespace}"`
  }
  const known = devices.get(namespace)
  if (known === undefined) return noNamespace(namespace, [...devices.keys()])
  return wrongCounter(name, namespace, programs, known)
}

/** What is known before anything is built; which counters of a protocol there are, the kernel says. */
function wrongCounter(
  text: string,
  namespace: string,
  programs: readonly Program[],
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
