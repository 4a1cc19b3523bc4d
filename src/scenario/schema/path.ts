/** One path: its role, what it changes, and how it is proved. */
import { z } from 'zod'
import { needs } from '../../parts/needs/needs.ts'
import { proofSchema } from '../../parts/proofs/schema.ts'
import { line, share } from '../../parts/words.ts'
import { commandShapes } from './commands.ts'
import { programSchema } from './program.ts'

const needNames = needs.map(({ name }) => name)

/** How a path may change the topology: a JSON merge patch (RFC 7386); null takes something away. */
const topologyPatch = z
  .record(z.string(), z.unknown())
  .describe('Changes to the topology, as a JSON merge patch (RFC 7386): null takes something away.')

export const pathSchema = z.strictObject({
  role: z
    .enum(['baseline', 'candidate', 'control', 'floor'], {
      error: 'a role: baseline, candidate, control or floor',
    })
    .describe(
      'baseline: the yardstick. candidate: what is compared with it. control: the baseline built a second time. floor: what no path can beat.',
    ),
  title: line.describe('What the path is, in a line.'),
  skips: z.array(line).default([]).describe('The work that a packet on this path does not go through.'),
  topology: topologyPatch.default({}),
  calls: z
    .enum(['service', 'servers'], { error: 'service or servers' })
    .default('service')
    .describe('What clients call: the service address, or the servers themselves in turn.'),
  listens: z
    .enum(['own', 'service'], { error: 'own or service' })
    .default('own')
    .describe('Where servers listen: on their own address, or on that of the service.'),
  programs: z
    .array(programSchema)
    .default([])
    .describe(
      'BPF programs that are attached; those of one hook run in this order, those at tcx before those at tc. What a program returns other than TC_ACT_UNSPEC is the last word: the next one does not see the packet.',
    ),
  sharedMaps: z
    .array(line)
    .default([])
    .describe(
      "Maps that are one map in all of the path's objects that declare them, in each namespace, as a loader that hands a map on makes them. Maps that ask to be pinned by name (LIBBPF_PIN_BY_NAME) are so without this.",
    ),
  ...commandShapes,
  needs: z
    .array(z.enum(needNames, { error: `a capability: ${needNames.join(', ')}` }))
    .default([])
    .describe(
      'Capabilities of the kernel without which the path is skipped, beside those that its hooks and its proof need.',
    ),
  allows: z
    .strictObject({
      lossRatio: share
        .optional()
        .describe('How much of what is sent the path may lose; without this, nothing.'),
      reordered: share
        .optional()
        .describe('How much of what arrives may come after a later packet of its flow.'),
    })
    .default({})
    .describe('What the path may do to packets and still be measured: a share, as in 1% or 0.01.'),
  way: z
    .array(line)
    .default([])
    .describe(
      "A request's way: NAMESPACE (its network stack), NAMESPACE/DEVICE, or an attached program's name, with NAMESPACE/ before it where several namespaces have it. A path is invalid where, between client and servers, a device that it names sees hardly any of the requests, or a network stack that it leaves out forwards them; with one server, a run warns where some go another way.",
    ),
  returnWay: z.array(line).default([]).describe("A reply's way, where it is not the request's in reverse."),
  proof: z
    .array(proofSchema)
    .default([])
    .describe("The kernel's own counters that show which way the packets went."),
})
