/** What was built, and a packet's way through it. */
import { z } from 'zod'
import { count } from '../../parts/figures.ts'

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

export const attachedProgramSchema = z.object({
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

export type BuiltTopology = z.infer<typeof builtTopologySchema>
export type WayStep = z.infer<typeof waySchema>
