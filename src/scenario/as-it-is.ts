/** What of a scenario would change what is there already. Pure. */
import type { FilePath, Issue } from './yaml-file.ts'

/** What would have to be built of a namespace. */
export const builtKeys = ['routes', 'neighbours', 'sysctls', 'loopback', 'background'] as const

export const asItIs = 'cannot be set with "place: existing" or "hosts": what is there is taken as it is'

/** The keys that are set though they would change something. */
export const taken = <Key extends string>(
  written: Readonly<Partial<Record<Key, unknown>>>,
  keys: readonly Key[],
  at: FilePath,
): Issue[] =>
  keys.filter((key) => isSet(written[key])).map((key) => ({ path: [...at, key], message: asItIs }))

const isSet = (value: unknown): boolean =>
  value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)
