/** What is said of names in a scenario that lead to nothing. */
import { didYouMean } from '../host/nearest.ts'

export const quoteNone = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.join(', ')

/** `; did you mean "veth1@2"?`, or all that there are. */
export const orThere = (name: string, known: readonly string[]): string =>
  didYouMean(name, known) || ` (there: ${quoteNone(known)})`

/** That the topology has no namespace of this name. */
export const noNamespace = (name: string, known: readonly string[]): string =>
  `no namespace "${name}"${orThere(name, known)}`

/** That a namespace has no device of this name. */
export const noDevice = (device: string, namespace: string, known: readonly string[]): string =>
  `no device "${device}" in ${namespace}${orThere(device, known)}`
