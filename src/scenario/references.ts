/** Values of map entries and constants that are looked up in the built topology: `ifindex(veth2@1)`, `mac(netns-3/veth2@2)`. */
import type { Program, Values } from './schema.ts'
import type { FilePath } from './yaml-file.ts'

export interface DeviceReference {
  readonly what: 'ifindex' | 'mac'
  readonly namespace: string
  readonly device: string
}

/**
 * The reference that `text` makes, or undefined if it makes none.
 *
 * @param home the namespace of the program, meant where none is named.
 */
export function parseReference(text: string, home: string): DeviceReference | undefined {
  const match = /^(ifindex|mac)\((?:([^/()]+)\/)?([^/()]+)\)$/.exec(text)
  if (match === null) return undefined
  const [, what, namespace = home, device = ''] = match
  return { what: what as 'ifindex' | 'mac', namespace, device }
}

/** Every reference in the maps and constants of a program, each with the way to it from there. */
export function referencesIn({
  maps,
  constants = {},
  namespace,
}: Pick<Program, 'maps' | 'constants' | 'namespace'>): (DeviceReference & { readonly path: FilePath })[] {
  const given = [
    ...Object.entries(maps).flatMap(([map, entries]) =>
      entries.flatMap(({ key, value }, index) => [
        ...textsIn(key, ['maps', map, index, 'key']),
        ...textsIn(value, ['maps', map, index, 'value']),
      ]),
    ),
    ...textsIn(constants, ['constants']),
  ]
  return given.flatMap(({ path, text }) => {
    const reference = parseReference(text, namespace)
    return reference === undefined ? [] : [{ ...reference, path }]
  })
}

function textsIn(
  values: Values | undefined,
  path: FilePath,
): { readonly path: FilePath; readonly text: string }[] {
  if (typeof values === 'string') return [{ path, text: values }]
  if (typeof values !== 'object') return []
  if (isList(values)) return values.flatMap((item, index) => textsIn(item, [...path, index]))
  return Object.entries(values).flatMap(([field, inner]) => textsIn(inner, [...path, field]))
}

const isList = (values: Values): values is readonly Values[] => Array.isArray(values)
