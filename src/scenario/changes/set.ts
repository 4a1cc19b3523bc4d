/** Settings that a command line, or a sweep, gives a scenario: its own parameters, and what every scenario has. Pure. */
import type { Document } from 'yaml'
import { z } from 'zod'
import { BenchError } from '../../host/errors.ts'
import { trialSchema } from '../../parts/loads/loads.ts'
import { didYouMean } from '../../host/nearest.ts'
import type { FilePath } from '../yaml-file.ts'
import { type AxisValue, valueOf } from './axis.ts'
import { levelled } from './levelled.ts'

/** What every scenario can be given. */
interface BuiltIn {
  /** For help and errors. */
  readonly words: string
  /** Where in the file it stands. */
  readonly placesIn: (file: WrittenFile) => readonly FilePath[]
}

const ends = z.array(z.unknown())
const fileSchema = z.looseObject({
  parameters: z.record(z.string(), z.unknown()).default({}),
  load: z.array(z.looseObject({ kind: z.string() })).default([]),
  topology: z
    .looseObject({
      namespaces: z
        .record(
          z.string(),
          z.looseObject({ sysctls: z.record(z.string(), z.unknown()).default({}) }).nullable(),
        )
        .default({}),
      links: z.record(z.string(), z.union([ends, z.looseObject({ ends }), z.null()])).default({}),
    })
    .default({ namespaces: {}, links: {} }),
  paths: z
    .record(
      z.string(),
      z.looseObject({
        programs: z.array(z.looseObject({ maps: z.record(z.string(), z.unknown()).default({}) })).default([]),
      }),
    )
    .default({}),
})
type WrittenFile = z.infer<typeof fileSchema>

/** A key of all trials of the kinds that have it. */
const ofTrials =
  (key: string): BuiltIn['placesIn'] =>
  ({ load }) =>
    load.flatMap((trial, index) => (hasKey(trial, key) ? [['load', index, key]] : []))

/** Whether a trial has a key, be it that its kind gives it one. */
const hasKey = (trial: WrittenFile['load'][number], key: string): boolean =>
  Object.hasOwn(trial, key) || Object.hasOwn(trialSchema.safeParse({ kind: trial.kind }).data ?? {}, key)

/** A key of all namespaces that forward. */
const ofRouters =
  (key: string): BuiltIn['placesIn'] =>
  ({ topology }) =>
    Object.entries(topology.namespaces).flatMap(([name, namespace]) =>
      Object.entries(namespace?.sysctls ?? {}).some(
        ([sysctl, value]) => /ip_forward$|\.forwarding$/.test(sysctl) && String(value) === '1',
      )
        ? [['topology', 'namespaces', name, 'background', key]]
        : [],
    )

/** A key of every end of every link. */
const ofLinkEnds =
  (key: string): BuiltIn['placesIn'] =>
  ({ topology }) =>
    Object.entries(topology.links).flatMap(([name, link]): FilePath[] => {
      const at = ['topology', 'links', name, ...(Array.isArray(link) ? [] : ['ends'])]
      const all = Array.isArray(link) ? link : (link?.ends ?? [])
      return all.map((_, index) => [...at, index, key])
    })

/** All of them, by name. */
export const builtInSettings: Readonly<Record<string, BuiltIn>> = {
  payload: { words: 'payload of UDP packets, bytes', placesIn: ofTrials('payloadBytes') },
  rate: { words: 'rate of paced trials, packets/s', placesIn: ofTrials('ratePps') },
  flows: { words: 'UDP flows', placesIn: () => [['client', 'flows']] },
  connections: { words: 'connections of a trial', placesIn: ofTrials('connections') },
  mtu: { words: 'MTU of every device of a link, bytes', placesIn: ofLinkEnds('mtu') },
  routes: { words: 'further routes of every namespace that forwards', placesIn: ofRouters('routes') },
  rules: { words: 'further nftables rules of every namespace that forwards', placesIn: ofRouters('rules') },
  entries: {
    words: 'further entries of the maps that programs have entries for',
    placesIn: ({ paths }) =>
      Object.entries(paths).flatMap(([path, { programs }]) =>
        programs.flatMap(({ maps }, index) =>
          Object.keys(maps).map((map) => ['paths', path, 'programs', index, 'background', map]),
        ),
      ),
  },
}

/** A name and its value, as in `rules=100`. @throws BenchError `usage` */
export function parseSet(text: string): { readonly name: string; readonly value: AxisValue } {
  const [, name, value] = /^([\w.-]+)=(.+)$/s.exec(text) ?? []
  if (name === undefined || value === undefined)
    throw new BenchError(
      `Could not use --set ${text}: expected a name and its value, as in --set rules=100`,
      {
        trouble: 'usage',
      },
    )
  return { name, value: valueOf(value) }
}

/**
 * Gives a scenario's file a setting: a parameter that it names itself comes first.
 *
 * @throws BenchError `usage` where it has none of this name, or nothing that it could be given to
 */
export function applySetting(document: Document, text: string): void {
  const { name, value } = parseSet(text)
  const file = fileSchema.parse(document.toJS())
  for (const place of placesOf(file, name)) document.setIn(place, value)
  const same = levelled(file.load, fileSchema.parse(document.toJS()).load)
  if (same !== undefined)
    throw new BenchError(`Could not use --set ${text}: ${same}`, {
      trouble: 'usage',
      hint: 'it would make them alike; change the scenario file, or measure another load by --load',
    })
}

function placesOf(file: WrittenFile, name: string): readonly FilePath[] {
  if (Object.hasOwn(file.parameters, name)) return [['parameters', name]]
  const builtIn = Object.hasOwn(builtInSettings, name) ? builtInSettings[name] : undefined
  if (builtIn === undefined) throw noSetting(name, Object.keys(file.parameters))
  const places = builtIn.placesIn(file)
  if (places.length > 0) return places
  throw new BenchError(`Could not set ${name}: the scenario has nothing that it is for (${builtIn.words})`, {
    trouble: 'usage',
  })
}

function noSetting(name: string, own: readonly string[]): BenchError {
  const all = [...own, ...Object.keys(builtInSettings)]
  return new BenchError(`Could not find setting "${name}"${didYouMean(name, all)}`, {
    trouble: 'usage',
    hint: `there are: ${all.join(', ')}; a scenario names others of its own under "parameters"`,
  })
}
