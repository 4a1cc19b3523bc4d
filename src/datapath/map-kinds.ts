/** Kinds of BPF maps: what their entries are, or why none can be given (enum bpf_map_type in include/uapi/linux/bpf.h). */
import type { MapDeclaration } from './map-declaration.ts'

export type MapKind =
  /** Key and value are what their types say. `isIndexed`: the key is a place, and every place is there from the start. */
  | { readonly entries: 'values'; readonly isIndexed: boolean }
  /** There are no keys: values are pushed, one after the other. */
  | { readonly entries: 'pushed' }
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

/** By number, from 1 on; names as the kernel's. */
const kinds: readonly (readonly [name: string, kind: MapKind])[] = [
  ['hash', values],
  ['array', places],
  ['prog_array', { entries: 'programs' }],
  ['perf_event_array', none(events)],
  ['percpu_hash', values],
  ['percpu_array', places],
  ['stack_trace', none('the kernel writes stack traces into it')],
  ['cgroup_array', none('it holds control groups, of which a sandbox has none')],
  ['lru_hash', values],
  ['lru_percpu_hash', values],
  ['lpm_trie', { entries: 'prefixes' }],
  ['array_of_maps', { entries: 'maps', isIndexed: true }],
  ['hash_of_maps', { entries: 'maps', isIndexed: false }],
  ['devmap', { entries: 'targets', isIndexed: true, field: 'ifindex' }],
  ['sockmap', none(sockets)],
  ['cpumap', { entries: 'targets', isIndexed: true, field: 'qsize' }],
  ['xskmap', none(sockets)],
  ['sockhash', none(sockets)],
  ['cgroup_storage', none(storage)],
  ['reuseport_sockarray', none(sockets)],
  ['percpu_cgroup_storage', none(storage)],
  ['queue', { entries: 'pushed' }],
  ['stack', { entries: 'pushed' }],
  ['sk_storage', none(storage)],
  ['devmap_hash', { entries: 'targets', isIndexed: false, field: 'ifindex' }],
  ['struct_ops', none('it holds functions of the kernel')],
  ['ringbuf', none(events)],
  ['inode_storage', none(storage)],
  ['task_storage', none(storage)],
  ['bloom_filter', { entries: 'pushed' }],
  ['user_ringbuf', none('a process writes events into it')],
  ['cgrp_storage', none(storage)],
  ['arena', none('it is memory that programs and processes share')],
]

/** What the entries of a map are; of a kind that is newer than this list, what its types say. */
export const kindOf = ({ kind }: MapDeclaration): MapKind => kinds[(kind ?? 0) - 1]?.[1] ?? values

/** As the kernel calls it: `lpm_trie`. */
export const kindName = ({ kind }: MapDeclaration): string => kinds[(kind ?? 0) - 1]?.[0] ?? `number ${kind}`

/** Whether the keys of a map count its places from 0. */
export function isIndexed(kind: MapKind): boolean {
  return kind.entries === 'programs' || ('isIndexed' in kind && kind.isIndexed)
}
