/** What a scenario says of a program, checked against the object's BTF: nothing is built yet. Pure. */
import { basename } from 'node:path'
import { didYouMean } from '../host/nearest.ts'
import { parseReference } from '../scenario/references.ts'
import type { FieldValue, Program } from '../scenario/schema.ts'
import type { FilePath, Issue } from '../scenario/yaml-file.ts'
import type { Btf } from './btf.ts'
import { encode, EncodeError, encodeIndex } from './encode.ts'

type Values = FieldValue | Readonly<Record<string, FieldValue>>

/** Every wrong name or value of one program. `at` leads to it in the scenario file. */
export function checkProgram(program: Program, btf: Btf, at: FilePath): Issue[] {
  const { namespace: home } = program
  const issues: Issue[] = []
  const object = basename(program.object)
  if (!btf.programs.includes(program.program))
    issues.push({
      path: [...at, 'program'],
      message: `no program "${program.program}" in ${object}${orNearest(program.program, btf.programs)}`,
    })
  for (const [name, entries] of Object.entries(program.maps)) {
    const map = [...at, 'maps', name]
    const missing = missingMap(name, object, btf)
    if (missing !== undefined) issues.push({ path: map, message: missing })
    else
      for (const [index, { key, value }] of entries.entries())
        issues.push(...checkEntry(name, key, value, { btf, home, object, at: [...map, index] }))
  }
  return [
    ...issues,
    ...checkVariables(program.constants ?? {}, { btf, home, object, at: [...at, 'constants'] }),
  ]
}

/** What values are checked against, and where they stand in the scenario file. */
interface Place {
  readonly btf: Btf
  readonly home: string
  readonly object: string
  readonly at: FilePath
}

const orNearest = (name: string, known: readonly string[]): string =>
  didYouMean(name, known) || ` (there: ${known.length === 0 ? 'none' : known.join(', ')})`

/** Sections of global variables can be written like maps: one entry, its value the variables by name. */
const isSection = (name: string): boolean => name.startsWith('.')

function missingMap(name: string, object: string, btf: Btf): string | undefined {
  if (btf.maps.has(name) || btf.slots.has(name)) return undefined
  if (isSection(name)) {
    const sections = [...new Set([...btf.variables.values()].map(({ section }) => section))]
    if (sections.includes(name)) return undefined
    return `no global variables in section "${name}" of ${object}${orNearest(name, sections)}; constants are set by name, under "constants"`
  }
  if (btf.legacyMaps.includes(name))
    return `map "${name}" of ${object} is declared as it was before BTF, in section "maps": declare it with BTF, in section ".maps" (struct { __uint(type, …); __type(key, …); … } ${name} SEC(".maps"))`
  if (btf.variables.has(name))
    return `"${name}" of ${object} is a global variable and no map: set it under "constants"`
  return `no map "${name}" in ${object}${orNearest(name, [...btf.maps.keys(), ...btf.slots.keys()])}`
}

function checkEntry(map: string, key: Values, value: Values, place: Place): Issue[] {
  const { btf, object, at } = place
  if (isSection(map)) {
    if (typeof value !== 'object')
      return [{ path: [...at, 'value'], message: 'expected variables of the section by name' }]
    const inSection = (name: string) => btf.variables.get(name)?.section === map
    return checkVariables(value, { ...place, at: [...at, 'value'] }, inSection)
  }
  const types = btf.maps.get(map)
  if (types !== undefined)
    return [
      ...wrongValue(btf, types.key, key, { ...place, at: [...at, 'key'] }),
      ...wrongValue(btf, types.value, value, { ...place, at: [...at, 'value'] }),
    ]
  const kind = btf.slots.get(map) ?? 'map'
  const known = kind === 'program' ? btf.programs : [...btf.maps.keys()]
  const isKnown = typeof value === 'string' && known.includes(value)
  return [
    ...issueOf(() => encodeIndex(key), [...at, 'key']),
    ...(isKnown
      ? []
      : [
          {
            path: [...at, 'value'],
            message: `expected the name of a ${kind} of ${object}, found ${JSON.stringify(value)}${typeof value === 'string' ? orNearest(value, known) : ''}`,
          },
        ]),
  ]
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
          message: `no global variable "${name}" in ${object}${orNearest(name, known)}`,
        },
      ]
    return wrongValue(btf, variable.type, value, { ...place, at: [...at, name] })
  })
}

function wrongValue(btf: Btf, typeId: number, value: Values, { home, at }: Place): Issue[] {
  // Before anything is built, any value of the right kind stands for what will be looked up.
  const resolve = (inner: FieldValue) => {
    const reference = typeof inner === 'string' ? parseReference(inner, home) : undefined
    if (reference === undefined) return inner
    return reference.what === 'ifindex' ? 1 : '02:00:00:00:00:01'
  }
  return issueOf(() => encode(btf, typeId, value, resolve), at)
}

function issueOf(encodes: () => void, at: FilePath): Issue[] {
  try {
    encodes()
    return []
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return [{ path: [...at, ...(error.field === undefined ? [] : [error.field])], message: error.message }]
  }
}
