/** What `bpfload trace` told of a few packets over redirect-vs-stack, on Linux 6.18. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type TraceEvent, tracerAnswerSchema } from '../../src/trace/event.ts'
import type { PathPlaces } from '../../src/trace/packets.ts'

const recordedSchema = z.record(
  z.string(),
  z.object({
    namespaces: z.array(
      z.object({ inode: z.number(), name: z.string(), devices: z.array(z.tuple([z.number(), z.string()])) }),
    ),
    events: z.array(z.unknown()),
  }),
)

export interface Recorded {
  readonly events: readonly TraceEvent[]
  readonly places: PathPlaces
}

export function recorded(path: 'stack' | 'redirect'): Recorded {
  const text = readFileSync(join(import.meta.dirname, 'recorded-events.json'), 'utf8')
  const { namespaces, events } = recordedSchema.parse(JSON.parse(text))[path]!
  const answer = tracerAnswerSchema.parse({ events, lost: 0 })
  return {
    events: 'events' in answer ? answer.events : [],
    places: {
      client: 'netns-1',
      programs: new Map(),
      namespaces: new Map(
        namespaces.map(({ inode, name, devices }) => [inode, { name, devices: new Map(devices) }]),
      ),
    },
  }
}
