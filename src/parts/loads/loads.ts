/** The catalogue of kinds of load: a line here for each. */
import { z } from 'zod'
import { byName } from '../by-name.ts'
import { orText } from '../or-text.ts'
import { flood } from './flood.ts'
import { http } from './http.ts'
import type { Load } from './load.ts'
import { paced } from './paced.ts'
import { pingpong } from './pingpong.ts'
import type { TcpLoad } from './tcp.ts'
import { tcpCrr } from './tcp-crr.ts'
import { tcpRr } from './tcp-rr.ts'
import { tcpStream } from './tcp-stream.ts'
import { trialName } from './trial-name.ts'
import type { UdpLoad, UdpOrder } from './udp.ts'

const parts = [flood, pingpong, paced, http, tcpRr, tcpStream, tcpCrr] as const

/** A trial as a scenario has it. */
export type LoadTrial = z.infer<(typeof parts)[number]['schema']> & { readonly name?: string | undefined }

export const loads: readonly Load<LoadTrial>[] = parts
/** Those that the generator runs. */
export const udpLoads: readonly UdpLoad<LoadTrial>[] = parts.filter((part) => part.driver === 'udpgen')
/** Those of TCP that it runs. */
export const tcpLoads: readonly TcpLoad<LoadTrial>[] = parts.filter((part) => part.driver === 'tcp')
export const trialKinds = parts.map(({ kind }) => kind as string) as [string, ...string[]]

type Part = (typeof parts)[number]
type Schemas = [Part['schema'], ...Part['schema'][]]
const schemas = parts.map(({ schema }) => schema.extend({ name: trialName }))

/** A trial in a scenario file. */
export const trialSchema = z.discriminatedUnion('kind', schemas as unknown as Schemas, {
  error: `a kind of trial: ${orText(trialKinds)}`,
})

/** The kind of load called `kind`: once its file is read, there is one. */
export const loadOf = byName(loads, ({ kind }) => kind, 'kind of load')

/** The same of those that the generator runs. */
export const udpLoadOf = byName(udpLoads, ({ kind }) => kind, 'kind of load for udpgen')

/** What the generator is asked for by a trial of UDP packets, but for the path. */
export const udpOrderOf = ({ name: _, ...trial }: LoadTrial): UdpOrder => udpLoadOf(trial.kind).order(trial)

/** The same of those of TCP. */
export const tcpLoadOf = byName(tcpLoads, ({ kind }) => kind, 'kind of load of TCP')

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
