/** What is said of names in a scenario that lead to nothing. */
import { didYouMean } from '../host/nearest.ts'

export const quoteNone = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.join(', ')

/** That the topology has no namespace of this name. */
export const noNamespace = (name: string, known: readonly string[]): string =>
  `no namespace "${name}"${didYouMean(name, known) || ` (there: ${quoteNone(known)})`}`

/** That a namespace has no device of this name. */
export const noDevice = (device: string, namespace: string, known: readonly string[]): string =>
  `no device "${device}" in ${namespace}${didYouMean(device, known) || ` (there: ${quoteNone(known)})`}`
