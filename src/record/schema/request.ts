/** What a run was asked to do. */
import { z } from 'zod'
import { engineNames } from '../../parts/engines/engines.ts'
import { count } from '../../parts/figures.ts'
import { sinkNames } from '../../parts/sinks/sinks.ts'
import { receiverSchema } from './conditions.ts'

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
      /** The engine of floods. */
      engine: z.enum(engineNames).exactOptional(),
      /** The sink of floods. */
      sink: z.enum(sinkNames).exactOptional(),
      with: z.array(z.string()).exactOptional(),
      map: z.array(z.string()).exactOptional(),
      constant: z.array(z.string()).exactOptional(),
      set: z.array(z.string()).exactOptional(),
      without: z.array(z.string()).exactOptional(),
      only: z.array(z.string()).exactOptional(),
      load: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  /** Kernels, as they were given: each in a virtual machine. Of `ab` the older, then the newer. */
  kernels: z.array(z.string()).exactOptional(),
  /** The path that `ab` compares on two kernels. */
  path: z.string().exactOptional(),
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

export type RunRequest = z.infer<typeof runRequestSchema>
