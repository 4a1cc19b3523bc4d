/**
 * Maps that are one in several objects of a path. Two objects may well have maps of one name that have nothing to do
 * with each other, so this is said of a path and not taken for granted: a key of its own, as any name under `maps`
 * may be that of a map. Pure.
 */
import { orThere } from '../parts/not-there.ts'
import { basename } from 'node:path'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Issue } from '../scenario/yaml-file.ts'
import type { BpfObjects } from './bpf-objects.ts'
import type { Btf } from './btf.ts'
import { kindName } from './map-kinds.ts'
import { sizeOf } from './type-layout.ts'

/** An object with the map, in a namespace. */
interface Holder {
  readonly object: string
  readonly namespace: string
  readonly btf: Btf
}

/** Every name that is no map of two objects, or that they declare in different ways; and sizes and backgrounds of such maps. */
export const checkSharedMaps = (path: ScenarioPath, objects: BpfObjects): Issue[] => [
  ...path.sharedMaps.flatMap((map, index) => {
    const message = faultOf(map, holdersOf(path, objects))
    return message === undefined ? [] : [{ path: ['paths', path.name, 'sharedMaps', index], message }]
  }),
  ...sharedSizes(path, holdersOf(path, objects)),
]

/** Both change how large a map is, which others then declare in another way; a background is written once an object. */
const sharedSizes = (path: ScenarioPath, holders: readonly Holder[]): Issue[] =>
  path.programs.flatMap(({ namespace, index, background = {}, mapSizes = {} }) =>
    [
      ...Object.keys(background).map((map) => ({ key: 'background', map }) as const),
      ...Object.keys(mapSizes).map((map) => ({ key: 'mapSizes', map }) as const),
    ].flatMap(({ key, map }) => {
      const having = holders.filter((one) => one.namespace === namespace && one.btf.maps.has(map))
      const isShared =
        having.length > 1 &&
        isOneMap(
          map,
          path,
          having.map(({ btf }) => btf),
        )
      if (!isShared) return []
      const names = having.map(({ object }) => basename(object)).join(' and ')
      return [
        {
          path: ['paths', path.name, 'programs', index, key, map],
          message: `map "${map}" is one map of ${names}: ${sizing[key]} is for maps of a single object`,
        },
      ]
    }),
  )

const sizing = { background: 'a background', mapSizes: 'a size' } as const

function holdersOf({ programs }: ScenarioPath, objects: BpfObjects): Holder[] {
  const places = new Map(programs.map((one) => [`${one.namespace} ${one.object}`, one]))
  return [...places.values()].flatMap(({ object, namespace }) => {
    const prepared = objects.get(object)
    return prepared?.state === 'ready' ? [{ object, namespace, btf: prepared.btf }] : []
  })
}

function faultOf(map: string, holders: readonly Holder[]): string | undefined {
  const having = holders.filter(({ btf }) => btf.maps.has(map))
  const known = [...new Set(holders.flatMap(({ btf }) => [...btf.maps.keys()]))]
  if (having.length === 0) return `no map "${map}" in the path's objects${orThere(map, known)}`
  const namespaces = [...new Set(having.map(({ namespace }) => namespace))]
  const sharing = namespaces.map((one) => having.filter(({ namespace }) => namespace === one))
  if (sharing.every((ones) => ones.length < 2))
    return `map "${map}" is in ${basename(having[0]?.object ?? '')} alone: there is no other object in its namespace to share it with`
  return sharing.flatMap((ones) => differenceIn(map, ones) ?? [])[0]
}

/** The kernel has one map: what declares it otherwise could not use it. */
function differenceIn(map: string, [first, ...others]: readonly Holder[]): string | undefined {
  if (first === undefined) return undefined
  for (const other of others)
    for (const [what, of] of Object.entries(traits)) {
      const [one, another] = [of(first.btf, map), of(other.btf, map)]
      if (one !== another)
        return `map "${map}" cannot be one map: its ${what} is ${one} in ${basename(first.object)}, and ${another} in ${basename(other.object)}`
    }
  return undefined
}

/** What libbpf compares before it uses a map that is there (bpf_map__is_compatible() in its libbpf.c). */
const traits: Readonly<Record<string, (btf: Btf, map: string) => number | string>> = {
  kind: (btf, map) => {
    const declaration = btf.maps.get(map)
    return declaration === undefined ? '' : kindName(declaration)
  },
  'size of keys': (btf, map) => bytesOf(btf, btf.maps.get(map)?.key),
  'size of values': (btf, map) => bytesOf(btf, btf.maps.get(map)?.value),
  max_entries: (btf, map) => btf.maps.get(map)?.maxEntries ?? 0,
  map_flags: (btf, map) => btf.maps.get(map)?.flags ?? 0,
}

const bytesOf = (btf: Btf, type: number | undefined): number => (type === undefined ? 0 : sizeOf(btf, type))

/** Whether the maps of a name in several objects of a namespace are one. */
export const isOneMap = (map: string, path: ScenarioPath, btfs: readonly Btf[]): boolean =>
  path.sharedMaps.includes(map) || btfs.every((btf) => btf.maps.get(map)?.isPinnedByName === true)
