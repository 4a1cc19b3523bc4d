/** What to do where the kernel does not take a map, or an entry of one: it says no more than "Invalid argument". Pure. */
import type { MapDeclaration } from './map-declaration.ts'
import { kindOf, type MapKind } from './map-kinds.ts'

/** BPF_F_NO_PREALLOC. */
const noPreallocation = 1

/** @param words the loader's and libbpf's; `maps` those of the object. Undefined where no map is the cause. */
export function mapHint(words: string, maps: ReadonlyMap<string, MapDeclaration>): string | undefined {
  const shared = /couldn't reuse pinned map at '[^']*\/([^'/]+)'/.exec(words)?.[1]
  if (shared !== undefined)
    return `another object of the path has made map ${shared}, and declares it otherwise: its kind, the sizes of keys and values, max_entries and map_flags have to be the same`
  const [, created, why = ''] = /map '([^']+)': failed to create: ([^(]+)/.exec(words) ?? []
  if (created !== undefined) return creationHint(created, why, maps.get(created))
  const [, written = '', refusal = ''] = /could not write an entry of map (\w+): (.*)/.exec(words) ?? []
  const map = maps.get(written)
  return map === undefined ? undefined : entryHint(written, refusal, kindOf(map))
}

function creationHint(name: string, why: string, map: MapDeclaration | undefined): string | undefined {
  const kind = map === undefined ? undefined : kindOf(map)
  if (kind?.entries === 'prefixes' && ((map?.flags ?? 0) & noPreallocation) === 0)
    return `an LPM trie wants __uint(map_flags, BPF_F_NO_PREALLOC): ${name} is declared without`
  if (/too long|too big/i.test(why))
    return `map ${name} is larger than the kernel allows: make max_entries or the value smaller${kind?.entries === 'targets' ? '; a CPU map has no more entries than the kernel has room for CPUs' : ''}`
  if (/memory/i.test(why)) return `there is not enough memory for map ${name}: make max_entries smaller`
  return /invalid/i.test(why)
    ? `does the declaration of map ${name} fit its kind? The sizes of keys and values, max_entries, map_flags`
    : undefined
}

function entryHint(name: string, why: string, kind: MapKind): string | undefined {
  switch (kind.entries) {
    case 'programs':
      return `${name} takes programs of one type, that of the program that calls them`
    case 'maps':
      return `an inner map of ${name} is declared as those that it is made for: the same kind, sizes of keys and values, max_entries and map_flags`
    case 'targets':
      return kind.field === 'ifindex'
        ? "is there a device of that number in the program's namespace? ifindex(DEVICE) looks it up"
        : /too large/i.test(why)
          ? 'a queue of a CPU map holds up to 16384 packets'
          : 'is there a CPU of that number? Keys of a CPU map are numbers of CPUs'
    default:
      return undefined
  }
}
