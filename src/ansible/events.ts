/** What deploy/ansible's callback plugin says of hosts, and what it comes to. Pure. */
import { z } from 'zod'
import type { HostState } from '../record/fleet.ts'

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('hosts'), hosts: z.array(z.string()) }),
  z.object({ event: z.enum(['begun', 'done']), host: z.string(), task: z.string() }),
  z.object({
    event: z.enum(['failed', 'unreachable']),
    host: z.string(),
    task: z.string(),
    message: z.string(),
  }),
])

export type FleetEvent = z.infer<typeof eventSchema>

/** An event; undefined where a line is none, such as a plugin of the user's own may print. */
export function parseEvent(line: string): FleetEvent | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/** The task of the role that measures, and the last one, which is done also where one before it failed. */
export const measuringTask = 'Measure'
export const lastTask = "Take the run's folder away"

/** The hosts after an event, in the order of the inventory. */
export function hostsAfter(hosts: readonly HostState[], event: FleetEvent): HostState[] {
  if (event.event === 'hosts') return event.hosts.map((host) => ({ host, state: 'waiting' }))
  return hosts.map((one) => (one.host === event.host ? hostAfter(one, event) : one))
}

function hostAfter(before: HostState, event: Exclude<FleetEvent, { event: 'hosts' }>): HostState {
  // What went wrong first is why.
  if (before.state !== 'waiting') return before
  if (event.event === 'failed' || event.event === 'unreachable')
    return { host: before.host, state: event.event, reason: reasonIn(event.message) }
  return event.event === 'done' && event.task === lastTask ? { host: before.host, state: 'measured' } : before
}

const mostLines = 12

/** Of what was said last: from bench's own error on, where there is one. */
export function reasonIn(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const start = lines.findIndex((line) => line.startsWith('Could not '))
  return (
    (start < 0 ? lines.slice(-mostLines) : lines.slice(start, start + mostLines)).join('\n') ||
    'no reason was given'
  )
}
