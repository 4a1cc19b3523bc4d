/**
 * What `udpgen` answers: JSON lines. The generator's own header, udpgen/protocol.h, says what the figures mean; names are the
 * same on both sides.
 */
import { z } from 'zod'
import { count, nanoseconds } from '../parts/figures.ts'
import { answerFields } from '../parts/loads/udp.ts'

/** A trial; each kind of load reads the rest of it (src/parts/loads). */
const trialAnswerSchema = z.looseObject(answerFields)
export type TrialAnswer = z.infer<typeof trialAnswerSchema>

const namespaceCountersSchema = z.object({
  /** /proc/net/snmp, netstat, snmp6 and dev, one after the other. */
  text: z.string(),
  /** Further counters of each device by name. */
  devices: z.record(z.string(), z.record(z.string(), z.number())),
})
export type NamespaceCounters = z.infer<typeof namespaceCountersSchema>

/** Texts of the kernel's about the tables that connections fill (src/datapath/connection-tables.ts). */
const namespaceTablesSchema = z
  .object({
    sockets: z.string(),
    timeWaitMax: z.string(),
    tracked: z.string(),
    trackedMax: z.string(),
    tracking: z.string(),
  })
  .partial()
export type NamespaceTables = z.infer<typeof namespaceTablesSchema>

/** In hexadecimal digits: one per CPU for a map that has so many, none where nothing is under the key. */
export type MapValues = readonly string[]

export const answerSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('ready'),
    protocol: z.literal(6, { error: 'version 6: rebuild udpgen with `bench setup`' }),
    version: z.string(),
    memoryLocked: z.boolean(),
    /** CLOCK_MONOTONIC, s, that every `startNs` counts from: since boot, nanoseconds outgrow JSON's numbers. */
    originS: count,
    /** How long a spinning receiver of a flood leaves its sockets alone after a look that showed packets. */
    floodPauseNs: count,
  }),
  z.object({ event: z.literal('opened'), paths: count }),
  z.object({ event: z.literal('block'), trials: z.array(trialAnswerSchema) }),
  z.object({ event: z.literal('bpfStats'), enabled: z.boolean() }),
  z.object({
    event: z.literal('programCost'),
    /** What the program returned, the same every time. */
    action: count,
    /** Interquartile mean of each batch's runs: of the program, and of the one that does nothing. */
    programNs: z.array(nanoseconds),
    floorNs: z.array(nanoseconds),
  }),
  z.object({ event: z.literal('counters'), namespaces: z.array(namespaceCountersSchema) }),
  z.object({ event: z.literal('tables'), namespaces: z.array(namespaceTablesSchema) }),
  z.object({ event: z.literal('checksums'), changed: z.array(z.boolean()) }),
  z.object({ event: z.literal('mapValues'), values: z.array(z.array(z.string())) }),
  z.object({ event: z.literal('programRuns'), runs: z.array(count) }),
  z.object({
    event: z.literal('drained'),
    paths: z.array(z.object({ path: z.string(), corrupted: count, strays: count })),
  }),
  z.object({
    event: z.literal('fetched'),
    /** Requests that something came back to. */
    answered: count,
    /** Of these: answers that no server of the path sends, compared byte for byte. */
    corrupted: count,
    /** Of these: answers of another server than the one called. */
    misdirected: count,
  }),
  /** Requests that web servers have had in all. */
  z.object({ event: z.literal('served'), requests: count }),
  z.object({
    event: z.literal('connected'),
    /** TCP connections that there were to be, those that both ends found each other over, and those at another server than was called. */
    wanted: count,
    established: count,
    misdirected: count,
    /** Why one was not. */
    error: z.string().nullish(),
  }),
  z.object({ event: z.literal('disconnected') }),
  z.object({ event: z.literal('closed') }),
  z.object({
    event: z.literal('error'),
    command: z.string().nullish(),
    path: z.string().nullish(),
    message: z.string(),
  }),
])
export type Answer = z.infer<typeof answerSchema>

/** What one run of a program costs, ns, a figure a batch. */
export type ProgramCost = Omit<Extract<Answer, { event: 'programCost' }>, 'event'>

/** What waited in a path's sockets when no trial was under way. */
export type Drained = Extract<Answer, { event: 'drained' }>['paths'][number]

/** What came of getting pages over a path. */
export type Fetched = Omit<Extract<Answer, { event: 'fetched' }>, 'event'>

/** What came of opening the TCP connections of a path. */
export type Connected = Omit<Extract<Answer, { event: 'connected' }>, 'event'>
