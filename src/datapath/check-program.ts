/** What a scenario says of a program, checked against the object's BTF: nothing is built yet. Pure. */
import { orThere } from '../parts/not-there.ts'
import { basename } from 'node:path'
import type { Program, Values } from '../scenario/schema.ts'
import type { FilePath, Issue } from '../scenario/yaml-file.ts'
import type { Btf } from './btf.ts'
import { checkEntries, placeholders } from './check-entries.ts'
import { encode } from './encode.ts'
import type { Entry } from './encode-entry.ts'
import { problemsOf } from './encode-error.ts'
import { kindOf } from './map-kinds.ts'

/** Every wrong name or value of one program. `at` leads to it in the scenario file. */
export function checkProgram(program: Program, btf: Btf, at: FilePath): Issue[] {
  const { namespace: home } = program
  const object = basename(program.object)
  const place = (at: FilePath): Place => ({ btf, home, object, at })
  return [
    ...(btf.programs.includes(program.program)
      ? []
      : [
          {
            path: [...at, 'program'],
            message: `no program "${program.program}" in ${object}${orThere(program.program, btf.programs)}`,
          },
        ]),
    ...Object.entries(program.maps).flatMap(([name, entries]) =>
      checkMap(name, entries, program.mapSizes?.[name], place([...at, 'maps', name])),
    ),
    ...Object.keys(program.mapSizes ?? {}).flatMap((name) =>
      checkSize(name, place([...at, 'mapSizes', name])),
    ),
    ...Object.keys(program.background ?? {}).flatMap((name) =>
      checkBackground(name, place([...at, 'background', name])),
    ),
    ...checkVariables(program.constants ?? {}, place([...at, 'constants'])),
  ]
}

/** What values are checked against, and where they stand in the scenario file. */
interface Place {
  readonly btf: Btf
  readonly home: string
  readonly object: string
  readonly at: FilePath
}

function checkMap(name: string, entries: readonly Entry[], size: number | undefined, place: Place): Issue[] {
  const { btf, object, at } = place
  const map = btf.maps.get(name)
  if (map !== undefined)
    return checkEntries(
      { ...place, name, declaration: { ...map, maxEntries: size ?? map.maxEntries } },
      entries,
    )
  const missing = missingMap(name, object, btf)
  if (missing !== undefined) return [{ path: at, message: missing }]
  return entries.flatMap(({ value }, index) =>
    checkSection(name, value, { ...place, at: [...at, index, 'value'] }),
  )
}

function checkSize(name: string, { btf, object, at }: Place): Issue[] {
  if (btf.maps.has(name)) return []
  return [{ path: at, message: missingMap(name, object, btf) ?? `"${name}" is no map of ${object}` }]
}

/** Entries that are many and alike are for maps whose keys are any bytes. */
function checkBackground(name: string, { btf, object, at }: Place): Issue[] {
  const map = btf.maps.get(name)
  if (map === undefined)
    return [{ path: at, message: missingMap(name, object, btf) ?? `"${name}" is no map of ${object}` }]
  const kind = kindOf(map)
  return kind.entries === 'values' && !kind.isIndexed
    ? []
    : [{ path: at, message: `map "${name}" of ${object} is no hash map, which a background is for` }]
}

function missingMap(name: string, object: string, btf: Btf): string | undefined {
  if (name.startsWith('.')) {
    const sections = [...new Set([...btf.variables.values()].map(({ section }) => section))]
    if (sections.includes(name)) return undefined
    return `no global variables in section "${name}" of ${object}${orThere(name, sections)}; constants are set by name, under "constants"`
  }
  if (btf.legacyMaps.includes(name))
    return `map "${name}" of ${object} is declared as it was before BTF, in section "maps": declare it with BTF, in section ".maps" (struct { __uint(type, …); __type(key, …); … } ${name} SEC(".maps"))`
  if (btf.variables.has(name))
    return `"${name}" of ${object} is a global variable and no map: set it under "constants"`
  return `no map "${name}" in ${object}${orThere(name, [...btf.maps.keys()])}`
}

/** Sections of global variables can be written like maps: one entry, its value the variables by name. */
function checkSection(section: string, value: Values, place: Place): Issue[] {
  if (typeof value !== 'object' || Array.isArray(value))
    return [{ path: place.at, message: 'expected variables of the section by name' }]
  return checkVariables(
    value as Readonly<Record<string, Values>>,
    place,
    (name) => place.btf.variables.get(name)?.section === section,
  )
}

function checkVariables(
  values: Readonly<Record<string, Values>>,
  place: Place,
  isMeant: (name: string) => boolean = () => true,
): Issue[] {
  const { btf, object, at } = place
  const known = [...btf.variables.keys()].filter(isMeant)
  return Object.entries(values).flatMap(([name, value]): Issue[] => {
    const variable = btf.variables.get(name)
    if (variable === undefined || !isMeant(name))
      return [
        {
          path: [...at, name],
          message: `no global variable "${name}" in ${object}${orThere(name, known)}`,
        },
      ]
    return problemsOf([...at, name], () => encode(btf, variable.type, value, placeholders(place.home)))
  })
}
