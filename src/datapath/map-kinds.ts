/** Kinds of BPF maps: what their entries are, or why none can be given (enum bpf_map_type in include/uapi/linux/bpf.h). */
import type { MapDeclaration } from './map-declaration.ts'

export type MapKind =
  /** Key and value are what their types say. `isIndexed`: the key is a place, and every place is there from the start. */
  | { readonly entries: 'values'; readonly isIndexed: boolean }
  /** The key is a prefix length and the bits that it is of. */
  | { readonly entries: 'prefixes' }
  | { readonly entries: 'programs' }
  /** Maps of the same object. */
  | { readonly entries: 'maps'; readonly isIndexed: boolean }
  /** Devices or CPUs to redirect to, with a program of their own where the value has room for one. */
  | { readonly entries: 'targets'; readonly isIndexed: boolean; readonly field: 'ifindex' | 'qsize' }
  | { readonly entries: 'none'; readonly why: string }

const values: MapKind = { entries: 'values', isIndexed: false }
const places: MapKind = { entries: 'values', isIndexed: true }
const none = (why: string): MapKind => ({ entries: 'none', why })

const sockets = 'it holds sockets, which are there only once a process has opened them'
const events = 'programs write events into it'
const storage = 'it belongs to sockets, files, tasks or groups of them, and is filled by programs'
const keyless = 'it has no keys; programs put values into it'

const kinds: ReadonlyMap<number, MapKind> = new Map<number, MapKind>([
  [1, values],
  [2, places],
  [3, { entries: 'programs' }],
  [4, none(events)],
  [5, values],
  [6, places],
  [7, none('the kernel writes stack traces into it')],
  [8, none('it holds control groups, of which a sandbox has none')],
  [9, values],
  [10, values],
  [11, { entries: 'prefixes' }],
  [12, { entries: 'maps', isIndexed: true }],
  [13, { entries: 'maps', isIndexed: false }],
  [14, { entries: 'targets', isIndexed: true, field: 'ifindex' }],
  [15, none(sockets)],
  [16, { entries: 'targets', isIndexed: true, field: 'qsize' }],
  [17, none(sockets)],
  [18, none(sockets)],
  [19, none(storage)],
  [20, none(sockets)],
  [21, none(storage)],
  [22, none(keyless)],
  [23, none(keyless)],
  [24, none(storage)],
  [25, { entries: 'targets', isIndexed: false, field: 'ifindex' }],
  [26, none('it holds functions of the kernel')],
  [27, none(events)],
  [28, none(storage)],
  [29, none(storage)],
  [30, none(keyless)],
  [31, none('a process writes events into it')],
  [32, none(storage)],
  [33, none('it is memory that programs and processes share')],
])

/** What the entries of a map are; of a kind that is newer than this list, what its types say. */
export const kindOf = ({ kind }: MapDeclaration): MapKind => kinds.get(kind ?? 0) ?? values

/** Whether the keys of a map count its places from 0. */
export function isIndexed(kind: MapKind): boolean {
  return kind.entries === 'programs' || ('isIndexed' in kind && kind.isIndexed)
}
