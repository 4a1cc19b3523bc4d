/** The catalogue of kinds of load: a line here for each. */
import { z } from 'zod'
import { flood } from './flood.ts'
import { http } from './http.ts'
import type { Load } from './load.ts'
import { paced } from './paced.ts'
import { pingpong } from './pingpong.ts'
import type { UdpLoad } from './udp.ts'

const parts = [flood, pingpong, paced, http] as const

/** A trial as a scenario has it. */
export type LoadTrial = z.infer<(typeof parts)[number]['schema']>

export const loads: readonly Load<LoadTrial>[] = parts
/** Those that the generator runs. */
export const udpLoads: readonly UdpLoad<LoadTrial>[] = parts.filter((part) => part.driver === 'udpgen')
export const trialKinds = parts.map(({ kind }) => kind as string) as [string, ...string[]]

type Part = (typeof parts)[number]
type Schemas = [Part['schema'], ...Part['schema'][]]

/** A trial in a scenario file. */
export const trialSchema = z.discriminatedUnion('kind', parts.map(({ schema }) => schema) as Schemas, {
  error: `a kind of trial: ${trialKinds.slice(0, -1).join(', ')} or ${trialKinds.at(-1)}`,
})

/** The kind of load called `kind`. @throws Error where there is none: kinds are checked where they enter */
export function loadOf(kind: string): Load<LoadTrial> {
  const load = loads.find((one) => one.kind === kind)
  if (load === undefined) throw new Error(`no kind of load ${kind}`)
  return load
}

/** Whether trials of a kind send as fast as the path accepts. */
export const isSaturating = (kind: string): boolean => loadOf(kind).isSaturating

type Fields = Part extends infer One
  ? One extends { fields: infer Own }
    ? (own: Own) => void
    : never
  : never
type AllFields = Fields extends (own: infer All) => void ? All : never

/** Fields of trials' records beside those that all have. */
export const loadFields = Object.fromEntries(
  parts.flatMap(({ fields }) => Object.entries(fields)),
) as AllFields
