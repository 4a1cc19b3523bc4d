/** The ways through a topology, cut where they go from one host to the next. */
import type { PathRecord, WayStep } from '../../record/record.ts'
import { deviceKey } from './stations.ts'

export type Direction = 'request' | 'reply'

/** A way's stay on one host. */
export interface Stay {
  readonly namespace: string
  /** Keys of the devices by which it comes and goes; undefined where it begins or ends. */
  readonly entry: string | undefined
  readonly exit: string | undefined
  /** The stack and programs on it, in order. */
  readonly inner: readonly Exclude<WayStep, { through: 'device' }>[]
}

export interface Way {
  readonly direction: Direction
  readonly stays: readonly Stay[]
  /** The stay that the other servers have in common with the one at the end of the way, for each of them. */
  readonly likewise: readonly Stay[]
}

const isInner = (step: WayStep): step is Stay['inner'][number] => step.through !== 'device'

const stayOf = (steps: readonly WayStep[], isFirst: boolean, isLast: boolean): Stay => {
  const devices = steps.flatMap((step) => (step.through === 'device' ? [deviceKey(step)] : []))
  return {
    namespace: steps[0]?.namespace ?? '',
    entry: isFirst ? undefined : devices[0],
    exit: isLast ? undefined : devices.at(-1),
    inner: steps.filter(isInner),
  }
}

const staysOf = (steps: readonly WayStep[]): Stay[] => {
  const runs: WayStep[][] = []
  for (const step of steps) {
    const run = runs.at(-1)
    if (run?.[0]?.namespace === step.namespace) run.push(step)
    else runs.push([step])
  }
  return runs.map((run, index) => stayOf(run, index === 0, index === runs.length - 1))
}

const isOnServer = (steps: readonly WayStep[], server: string | undefined): WayStep[] =>
  steps.filter(({ namespace }) => namespace === server)

/** The request's way, and the reply's where it has one of its own. */
export const waysOf = ({ way, returnWay = [] }: PathRecord, servers: readonly string[]): Way[] => {
  const [server, ...others] = servers
  const wayOf = (direction: Direction, steps: readonly WayStep[]): Way => ({
    direction,
    stays: staysOf(steps),
    likewise: others.map((namespace) =>
      stayOf(
        isOnServer(steps, server).map((step) => ({ ...step, namespace })),
        direction === 'reply',
        direction === 'request',
      ),
    ),
  })
  return [
    ...(way.length > 0 ? [wayOf('request', way)] : []),
    ...(returnWay.length > 0 ? [wayOf('reply', returnWay)] : []),
  ]
}
