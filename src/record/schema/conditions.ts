/** What was measured and under which conditions: machine, settings, version. */
import { z } from 'zod'
import { count, nanoseconds } from '../../parts/figures.ts'
import { engineNames } from '../../parts/engines/engines.ts'
import { sinkNames } from '../../parts/sinks/sinks.ts'
import { trialKinds } from '../../parts/loads/loads.ts'

const machineSchema = z.object({
  /** What the host is called (BENCH_HOST, else its own name), where that is not made up for a job or container. */
  host: z.string().optional(),
  kernel: z.string(),
  distribution: z.string(),
  architecture: z.string(),
  cpuModel: z.string(),
  cpuCount: count,
  /** Revision of the CPU's microcode, as the kernel has it. */
  microcode: z.string().optional(),
  hypervisor: z.string().nullable(),
  clockSource: z.string(),
  governor: z.string().nullable(),
  memoryBytes: count,
  mitigations: z.record(z.string(), z.string()),
  /** Settings of the kernel's network stack that move results, by sysctl name. */
  sysctls: z.record(z.string(), z.string()),
})

export const environmentSchema = machineSchema.extend({
  /** Versions of the tools that took part: node, clang, bpftool, iproute2, udpgen, pathbench. */
  tools: z.record(z.string(), z.string()),
  /** The virtual machines that paths were in, where kernels were named. */
  machines: z
    .array(
      z.object({
        /** What the kernel is called in names of paths. */
        name: z.string(),
        /** Release and version, as the kernel says them. */
        kernel: z.string(),
        image: z.string(),
        /** Under `tcg`, emulation, timings mean nothing. */
        accelerator: z.enum(['kvm', 'tcg']),
        /** This machine's CPUs that the virtual ones are pinned to, in their order; none where they are not. */
        pinnedTo: z.array(count),
        memoryMiB: count,
        /** How the kernel was configured: values by option, without CONFIG_; null where nothing says. */
        config: z.record(z.string(), z.string()).nullable(),
        /** Modules that paths want, and that are neither built in nor beside the kernel. */
        missingModules: z.array(z.string()),
      }),
    )
    .optional(),
  /** The host that paths lead over, the device under test; `name` is what the scenario calls it. */
  dut: machineSchema.extend({ name: z.string() }).optional(),
  /**
   * Settings of devices that paths lead over where they are not made for the run, by `namespace/device`, then by name: what
   * ethtool and sysfs tell of driver, firmware, rings, coalescing, RSS, offloads, interrupts and clock.
   */
  devices: z.record(z.string(), z.record(z.string(), z.string())).optional(),
})

export const receiverSchema = z.enum(['spinning', 'blocking'])

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
      /** What tells it from others of its kind: its figures have this name behind `@`. */
      name: z.string().optional(),
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
      /** TCP's congestion control, where the scenario names one; without it, that of the sockets' namespaces. */
      congestion: z.string().optional(),
      /** A stream's bytes were sent without a copy, as far as the kernel made none. */
      zerocopy: z.boolean().optional(),
      /** How a flood's packets were handed to the kernel; without it, by sockets. */
      engine: z.enum(engineNames).optional(),
      /** Where a flood's packets were taken; without it, from sockets. */
      sink: z.enum(sinkNames).optional(),
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

/** A machine, as it is known by itself. */
export type Machine = z.infer<typeof machineSchema>
export type Environment = z.infer<typeof environmentSchema>
export type Settings = z.infer<typeof settingsSchema>
export type Subject = z.infer<typeof subjectSchema>
