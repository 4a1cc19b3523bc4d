/**
 * The run record: what `run.json` holds. The published JSON Schema is generated from this.
 *
 * Fields may be added in later versions; those here stay. `schemaVersion` rises only when the
 * meaning of a field changes.
 */
import { z } from 'zod'
import { count, nanoseconds } from '../parts/figures.ts'
import { loadFields, trialKinds } from '../parts/loads/loads.ts'
import { udpFields } from '../parts/loads/udp.ts'
import { type AmountName, amounts, type DistributionName, distributions } from '../parts/metrics/metrics.ts'
import { traceSchema } from './trace.ts'

/** Version of the record's schema that this code writes. */
export const schemaVersion = 1

/** A point with its 95 % interval. `low` and `high` are null where n is too small for one. */
export const estimateSchema = z.object({
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** How the interval was computed. */
  method: z.string(),
  /** Number of values it rests on. */
  n: count,
})

export const verdictSchema = z.enum(['faster', 'slower', 'equivalent', 'inconclusive'])

export const comparisonSchema = z.object({
  path: z.string(),
  baseline: z.string(),
  metric: z.string(),
  unit: z.string(),
  /** path / baseline, in the metric's own unit. */
  ratio: estimateSchema.extend({ confidence: z.number() }),
  /** How likely chance alone would put the ratio as far from 1; null where there are too few blocks. */
  pValue: z.number().nullable(),
  /** By which test, and over what. */
  pValueMethod: z.string().optional(),
  /** Holm-adjusted over the headline metrics of all candidates; null for other comparisons. */
  adjustedPValue: z.number().nullable(),
  /** Half-width of the band of equivalence that the verdict was taken with, as a ratio: 0.01 is 1 %. */
  margin: z.number(),
  verdict: verdictSchema,
  /** Why no verdict is given whatever the interval says, in words; the verdict is then `inconclusive`. */
  withheld: z.string().optional(),
  /**
   * What kind of reason that is. `work-moved` and `undelivered`: the ratio is not what it says. `control`: two paths
   * cannot be called equal. `other-run`: a second run says otherwise.
   */
  withheldFor: z.enum(['work-moved', 'undelivered', 'control', 'other-run']).optional(),
})

export const proofSchema = z.object({
  /** In words, e.g. `netns-2 Ip.ForwDatagrams per delivered packet`. */
  what: z.string(),
  expected: z.string(),
  observed: z.string(),
  holds: z.boolean(),
})

/** What a scenario sets of a device, and the kernel took. */
const deviceSettingsSchema = z.object({
  /** Bytes. */
  mtu: count.optional(),
  queues: z.object({ tx: count.optional(), rx: count.optional() }).optional(),
  /** Packets. */
  txQueueLength: count.optional(),
  /** As ethtool -K calls them. */
  offload: z.record(z.string(), z.boolean()).optional(),
  /** Whether kernel threads poll it. */
  threaded: z.boolean().optional(),
  /** CPUs that received packets are dealt out to. */
  rps: z.array(count).optional(),
})

/** One end of a link as built. */
const deviceSchema = z.object({
  namespace: z.string(),
  device: z.string(),
  addresses: z.array(z.string()),
  /** The bridge of its namespace that it is a port of. */
  bridge: z.string().optional(),
  settings: deviceSettingsSchema.optional(),
})

const attachedProgramSchema = z.object({
  /** The object's file name; none where the path's own setup or agent attached the program. */
  object: z.string().optional(),
  program: z.string(),
  hook: z.string(),
  namespace: z.string(),
  device: z.string(),
  /** The kernel's name for the loaded instructions (bpftool's `tag`): what ran, whatever it is called. */
  tag: z.string().optional(),
  /** SHA-256 of the object file, in hexadecimal digits. */
  objectSha256: z.string().optional(),
})

/** What both ends counted of one kind of trial on a path, the warm-up included. */
export const deliverySchema = z.object({
  kind: z.enum(trialKinds),
  /** Packets, HTTP requests, TCP transactions or bytes. In a ping-pong requests: each has an answer, too. */
  sent: count,
  /** Delivered; in a ping-pong and in HTTP, answered. */
  received: count,
  /** Never arrived; in a ping-pong and in HTTP, never answered. One that came late is not lost. */
  lost: count,
  /** Arrived with other content than was sent. */
  corrupted: count,
  /** Arrivals of what had arrived before. */
  duplicated: count,
  /** Came to another server than the one called, or as an answer to another client's flow. */
  misdirected: count,
  /** Arrived after a later one of their flow (RFC 4737). */
  reordered: count,
  /** http: answers whose content was looked at, which corrupted and misdirected are of. UDP's all are. */
  compared: count.optional(),
  /** TCP: segments that both ends sent, and those of them that were sent again. */
  segments: count.optional(),
  retransmitted: count.optional(),
})

/** The topology that a path was measured on; enough to draw it. */
export const builtTopologySchema = z.object({
  namespaces: z.array(z.string()),
  links: z.array(
    z.object({
      name: z.string(),
      /** As in the scenario; none is veth. */
      kind: z.string().optional(),
      ends: z.tuple([deviceSchema, deviceSchema]),
    }),
  ),
  bridges: z.array(z.object({ namespace: z.string(), device: z.string() })).optional(),
  /** Links that are a device by itself, or on another. */
  devices: z
    .array(
      deviceSchema.extend({
        name: z.string(),
        kind: z.string(),
        parent: z.object({ namespace: z.string(), device: z.string() }).optional(),
      }),
    )
    .optional(),
})

/** A step of a packet's way: through a namespace's network stack, a device, or a program at a hook. */
export const waySchema = z.discriminatedUnion('through', [
  z.object({ through: z.literal('stack'), namespace: z.string() }),
  z.object({ through: z.literal('device'), namespace: z.string(), device: z.string() }),
  z.object({
    through: z.literal('program'),
    namespace: z.string(),
    device: z.string(),
    hook: z.string(),
    program: z.string(),
  }),
])

/** Quantiles of all packets of a path pooled over the run, for a percentile curve. */
export const distributionSchema = z.object({
  /** e.g. `rttNs`; `pacedForwardUncorrectedNs` and `scheduleErrorNs` stand here too. */
  name: z.string(),
  count,
  minNs: nanoseconds,
  maxNs: nanoseconds,
  meanNs: nanoseconds,
  /** Pairs [quantile in 0..1, value in ns], rising. */
  quantiles: z.array(z.tuple([z.number(), nanoseconds])),
})

/** What one of several servers got of the load. Flows and HTTP connections are drawn anew every round. */
export const serverShareSchema = z.object({
  namespace: z.string(),
  /** Where it listened. */
  address: z.string(),
  /** UDP flows that it served, summed over the rounds. */
  flows: count,
  /** Requests and packets of UDP trials that it received. */
  requests: count,
  /** TCP connections that it accepted; null where there was no HTTP load. */
  httpConnections: count.nullable(),
})

/** The traffic that came in by the devices of a namespace between client and servers. */
export const crossingSchema = z.object({
  namespace: z.string(),
  /** Frames that its devices received, ARP and the like included. */
  frames: count,
  /** frames / all frames that the client sent and received. */
  share: z.number(),
})

export const pathRecordSchema = z.object({
  name: z.string(),
  role: z.enum(['baseline', 'candidate', 'control', 'floor']),
  title: z.string(),
  status: z.enum(['measured', 'skipped', 'invalid']),
  /** Why it was skipped or is invalid. */
  reason: z.string().optional(),
  /** The work that a packet on this path does not go through, one line each. */
  skips: z.array(z.string()),
  topology: builtTopologySchema,
  programs: z.array(attachedProgramSchema),
  /** A request's way. */
  way: z.array(waySchema),
  /** A reply's way, where it is another than the request's in reverse. */
  returnWay: z.array(waySchema).optional(),
  /** Where there are several servers: what each of them got. */
  servers: z.array(serverShareSchema).optional(),
  /** Which share of the traffic went through each namespace in the middle. */
  crossings: z.array(crossingSchema).optional(),
  proof: z.array(proofSchema),
  /** What both ends counted, by kind of trial. */
  delivery: z.array(deliverySchema).optional(),
  /** What the scenario lets the path lose or reorder, as ratios: 0.01 is 1 %. */
  allows: z.object({ lossRatio: z.number().optional(), reordered: z.number().optional() }).optional(),
  /** Where the packets of a path that does not deliver went, hop by hop, and likely causes: one line each. */
  diagnosis: z.array(z.string()).optional(),
  distributions: z.array(distributionSchema),
})

/** Statistics of one histogram of one trial. */
export const trialDistributionSchema = z.object({
  count,
  p50: nanoseconds,
  p90: nanoseconds,
  p99: nanoseconds,
  p999: nanoseconds,
  max: nanoseconds,
  mean: nanoseconds,
})

/** A field of the same shape for each metric, by name. */
const fieldsNamed = <Name extends string, Shape>(
  named: readonly { readonly name: string }[],
  shape: Shape,
): Record<Name, Shape> => Object.fromEntries(named.map(({ name }) => [name, shape])) as Record<Name, Shape>

export const trialRecordSchema = z.object({
  round: count,
  block: count,
  /** Place within the block, from 0: trials run in random order. */
  position: count,
  path: z.string(),
  kind: z.enum(trialKinds),
  /** Warm-up trials are recorded, and left out of every estimate. */
  warmup: z.boolean(),
  /** Of a round that failed before its proof was taken: left out as the warm-up is, and marked so too. */
  unproven: z.boolean().optional(),
  /** CLOCK_MONOTONIC at its start. */
  startNs: nanoseconds,
  durationNs: nanoseconds,
  /** Packets; in an HTTP trial requests, in a TCP trial transactions or bytes. */
  sent: count,
  /** Packets delivered, in a ping-pong answered; in an HTTP trial requests answered with success. */
  received: count,
  lost: count,
  /** Arrived with other content than was sent. */
  corrupted: count.optional(),
  /** Came to another server than the one called, or as an answer to another client's flow. */
  misdirected: count.optional(),
  ...z.object({ ...udpFields, ...loadFields }).partial().shape,
  ...z.object(fieldsNamed<AmountName, z.ZodNumber>(amounts, z.number())).partial().shape,
  ...z
    .object(
      fieldsNamed<DistributionName, typeof trialDistributionSchema>(distributions, trialDistributionSchema),
    )
    .partial().shape,
})

/** Statistics of all packets of a path in one round: the pairs for quantiles too far out for one trial. */
export const roundRecordSchema = z.object({
  round: count,
  path: z.string(),
  /** By distribution, e.g. `rttNs`. */
  distributions: z.record(z.string(), trialDistributionSchema),
})

/** What the machine did while a block ran. */
export const blockRecordSchema = z.object({
  round: count,
  block: count,
  warmup: z.boolean(),
  /** As in its trials. */
  unproven: z.boolean().optional(),
  startNs: nanoseconds,
  durationNs: nanoseconds,
  /** Share of all CPUs' time that the hypervisor gave to others, 0..1; null where the kernel does not say. */
  stealShare: z.number().nullable(),
  /** Share of all CPUs' time that was busy, 0..1. */
  busyShare: z.number(),
  contextSwitches: count,
  netRxSoftirqs: count,
  netTxSoftirqs: count,
  /** Of the CPUs used; null where the kernel does not say. */
  frequencyMHz: z.number().nullable(),
})

export const environmentSchema = z.object({
  kernel: z.string(),
  distribution: z.string(),
  architecture: z.string(),
  cpuModel: z.string(),
  cpuCount: count,
  hypervisor: z.string().nullable(),
  clockSource: z.string(),
  governor: z.string().nullable(),
  memoryBytes: count,
  mitigations: z.record(z.string(), z.string()),
  /** Settings of the kernel's network stack that move results, by sysctl name. */
  sysctls: z.record(z.string(), z.string()),
  /** Versions of the tools that took part: node, clang, bpftool, iproute2, udpgen, pathbench. */
  tools: z.record(z.string(), z.string()),
})

const receiverSchema = z.enum(['spinning', 'blocking'])

export const settingsSchema = z.object({
  quick: z.boolean(),
  rounds: count,
  /** Measured blocks of a round; null where they filled `roundTimeS`. */
  blocksPerRound: count.nullable(),
  roundTimeS: z.number(),
  /** Blocks at the start of every round that are left out of the estimates. */
  warmupBlocks: count,
  precision: z.number().nullable(),
  maxTimeS: z.number(),
  margin: z.number(),
  payloadBytes: count,
  ratePps: z.number(),
  /** `existing`: on namespaces that were there before; paths shared them, and each was up for its trials alone. */
  place: z.literal('existing').optional(),
  /** 6 where load was sent over IPv6. */
  family: z.literal(6).optional(),
  /** UDP flows, each with a source port of its own. */
  flows: count.optional(),
  senderCpu: count,
  receiverCpu: count,
  receiver: receiverSchema,
  /** How long a spinning receiver of a flood let packets gather after a look; without it, it looked all the time. */
  floodPauseNs: nanoseconds.optional(),
  /** The trials of a block, as given to every path. */
  trials: z.array(
    z.object({
      kind: z.enum(trialKinds),
      /** Packets; in an HTTP trial requests, in a TCP trial transactions or bytes. */
      packets: count,
      payloadBytes: count.optional(),
      ratePps: z.number().optional(),
      connections: count.optional(),
      requestBytes: count.optional(),
      responseBytes: count.optional(),
      rateTps: z.number().optional(),
      sendBytes: count.optional(),
      direction: z.enum(['up', 'down']).optional(),
    }),
  ),
})

/** Which version of what was measured, beside the programs' own tags and hashes. */
export const subjectSchema = z.object({
  /** SHA-256 of the scenario file as it was read, in hexadecimal digits. */
  scenarioSha256: z.string(),
  /** The commit that the scenario file's repository was at; null where it is in none. */
  git: z
    .object({
      commit: z.string(),
      /** Whether files of the repository differ from the commit. */
      isDirty: z.boolean(),
    })
    .nullable(),
  /** The versions that `bench ab` compared, as the user named them, with the commit if there is one. */
  versions: z.object({ base: z.string(), head: z.string() }).optional(),
})

/** What a run was asked to do. */
export const runRequestSchema = z.object({
  command: z.enum(['run', 'ab']),
  /** The scenario's name, or its file, as it was given. */
  scenario: z.string(),
  /** The versions that `ab` compares, as they were given. */
  versions: z
    .object({ base: z.string(), head: z.string().exactOptional(), path: z.string().exactOptional() })
    .exactOptional(),
  /** What the command line changed of the scenario, in the words of its options. */
  changes: z
    .object({
      /** The family of addresses to measure over. */
      family: z.enum(['4', '6']).exactOptional(),
      with: z.array(z.string()).exactOptional(),
      map: z.array(z.string()).exactOptional(),
      constant: z.array(z.string()).exactOptional(),
      set: z.array(z.string()).exactOptional(),
      without: z.array(z.string()).exactOptional(),
      only: z.array(z.string()).exactOptional(),
      load: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  /** As --cpus has it. */
  cpus: z.string().exactOptional(),
  /** What was said on the command line; what is missing was left to pathbench (`settings` has it). */
  options: z.object({
    quick: z.boolean(),
    rounds: count.exactOptional(),
    blocks: count.exactOptional(),
    /** Half-width of the interval to reach, as a ratio: 0.005 is ±0.5 %. */
    precision: z.number().exactOptional(),
    maxTimeS: z.number().exactOptional(),
    margin: z.number(),
    payloadBytes: count.exactOptional(),
    ratePps: z.number().exactOptional(),
    receiver: receiverSchema,
  }),
})

export const runRecordSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  runId: z.string(),
  /** The scenario's name. */
  scenario: z.string(),
  title: z.string(),
  /** The scenario file as it was read. */
  scenarioSource: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** False where the run was interrupted or failed: what it measured until then is here. */
  complete: z.boolean(),
  /** The command that repeats this run. */
  command: z.string(),
  /** Records of earlier versions have none. */
  request: runRequestSchema.optional(),
  seed: count,
  settings: settingsSchema,
  /** What was measured: two runs with the same are of the same thing. */
  subject: subjectSchema.optional(),
  environment: environmentSchema,
  /** Where the wall time went, ns by phase: setup, build, warmup, measuring, proof, other. */
  phasesNs: z.record(z.string(), nanoseconds),
  paths: z.array(pathRecordSchema),
  estimates: z.array(estimateSchema.extend({ path: z.string(), metric: z.string(), unit: z.string() })),
  comparisons: z.array(comparisonSchema),
  /** Further figures computed from the estimates: the router's own cost, what limited the flood. */
  derived: z.object({
    /** Path minus floor. */
    routerCost: z.array(
      estimateSchema.extend({
        path: z.string(),
        unit: z.literal('ns'),
        /** (path − floor) / (baseline − floor); null for the baseline and where the floor is missing. */
        ratioToBaseline: estimateSchema.nullable(),
      }),
    ),
    floodLimit: z.array(
      z.object({ path: z.string(), limitedBy: z.enum(['path', 'receiver']), why: z.string() }),
    ),
    /** What a run of a program costs, beyond that of a program that does nothing (BPF_PROG_TEST_RUN). */
    programCost: z
      .array(estimateSchema.extend({ path: z.string(), program: z.string(), unit: z.literal('ns') }))
      .optional(),
  }),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Where the time goes, station by station: of trials that count for nothing else, after all rounds. */
  trace: traceSchema.optional(),
  rounds: z.array(roundRecordSchema),
  blocks: z.array(blockRecordSchema),
  trials: z.array(trialRecordSchema),
})

export type Estimate = z.infer<typeof estimateSchema>
export type Verdict = z.infer<typeof verdictSchema>
export type Comparison = z.infer<typeof comparisonSchema>
export type Proof = z.infer<typeof proofSchema>
export type BuiltTopology = z.infer<typeof builtTopologySchema>
export type WayStep = z.infer<typeof waySchema>
export type ServerShare = z.infer<typeof serverShareSchema>
export type Crossing = z.infer<typeof crossingSchema>
export type Distribution = z.infer<typeof distributionSchema>
export type PathRecord = z.infer<typeof pathRecordSchema>
export type TrialDistribution = z.infer<typeof trialDistributionSchema>
export type TrialRecord = z.infer<typeof trialRecordSchema>
export type RoundRecord = z.infer<typeof roundRecordSchema>
export type BlockRecord = z.infer<typeof blockRecordSchema>
export type Environment = z.infer<typeof environmentSchema>
export type Delivery = z.infer<typeof deliverySchema>
export type Subject = z.infer<typeof subjectSchema>
export type Settings = z.infer<typeof settingsSchema>
export type RunRequest = z.infer<typeof runRequestSchema>
export type RunRecord = z.infer<typeof runRecordSchema>
