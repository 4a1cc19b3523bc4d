/** A path that is up, and what probes and the generator see of its packets. */
import type { Probes, Tracer } from '../datapath/tracer.ts'
import { connectTimeoutNs } from '../load/ask-tcp.ts'
import { endsOf } from '../load/ends.ts'
import type { Generator } from '../load/generator.ts'
import { statisticsOf } from '../load/histogram.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { TracedKind } from '../record/trace.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { TurnDelays } from '../trace/calibration.ts'
import type { TraceEvent } from '../trace/event.ts'
import type { PathPlaces } from '../trace/packets.ts'
import { tracedLoads } from './traced-loads.ts'

export interface TraceOrder {
  readonly load: TracedKind
  /** Requests on each path. */
  readonly packets: number
  readonly payloadBytes: number
  /** How long an answer is waited for. */
  readonly timeoutNs?: number
  /** So many packets before them, of each trial, meet cold caches: they are traced, and left out. */
  readonly leadPackets: number
  /** Whether traced trials take turns with such that have fewer probes, or none. */
  readonly isCalibrated: boolean
}

/** What came of a path. */
export interface PathTrace {
  readonly path: ScenarioPath
  readonly places: PathPlaces
  readonly events: readonly TraceEvent[]
  /** Requests that were sent while all probes were in place, but for those that trials begin with. */
  readonly sent: number
  readonly answered: number
  /** Why the kernel took no packet, where it did not. */
  readonly refusal: string | undefined
  /** What became of its packets, where they did not all come whole and were answered, in trials of every kind. */
  readonly fault: string | undefined
  /** The median delay of each turn, by the generator's clock. */
  readonly turns: readonly TurnDelays[]
}

export interface TraceTools {
  readonly sandbox: Sandbox
  readonly generator: Pick<Generator, 'runBlock' | 'connect' | 'disconnect'>
  readonly scenario: Pick<Scenario, 'client' | 'place'>
}

/** Carriers and neighbours come a moment after links are up: so often a few requests are sent until all are answered. */
const greetings = { triesMax: 20, packets: 3, leadPackets: 0, timeoutNs: 40e6 } as const

export class LiveTrace implements PathTrace {
  readonly path: ScenarioPath
  readonly places: PathPlaces
  readonly events: TraceEvent[] = []
  readonly turns: TurnDelays[] = []
  readonly #tools: TraceTools
  sent = 0
  answered = 0
  refusal: string | undefined
  fault: string | undefined

  constructor(tools: TraceTools, path: ScenarioPath, places: PathPlaces) {
    this.#tools = tools
    this.path = path
    this.places = places
  }

  /** Waits until the path answers, or is known not to. */
  async greet(order: TraceOrder): Promise<void> {
    for (let tries: number = greetings.triesMax; tries > 0; tries -= 1) {
      if (tracedLoads[order.load].isConnected)
        await this.#tools.generator.connect(this.#ends, connectTimeoutNs)
      const { fault } = await this.#run(greetings.packets, { ...order, ...greetings })
      this.fault = fault
      if (fault === undefined) return
    }
  }

  /** Closes what was opened for it. */
  async end({ load }: TraceOrder): Promise<void> {
    if (tracedLoads[load].isConnected) await this.#tools.generator.disconnect(this.#ends)
  }

  get #ends(): string {
    return endsOf(this.#tools.scenario.place, this.path.name)
  }

  /** A trial of a turn, which times the packets alone. */
  async time(turn: number, probes: Probes | 'none', packets: number, order: TraceOrder): Promise<void> {
    const { delayNs } = await this.#run(packets, order)
    this.#note(turn, probes, delayNs)
  }

  /** A trial whose packets are followed by all probes. @returns how many events found no room so far */
  async follow(turn: number, packets: number, order: TraceOrder, tracer: Tracer): Promise<number> {
    const { delayNs, sent, answered, refusal } = await this.#run(packets, order)
    this.#note(turn, 'all', delayNs)
    this.sent += Math.max(0, sent - order.leadPackets)
    this.answered += answered
    this.refusal ??= refusal
    const { events, lost } = await tracer.take()
    for (const event of events) this.events.push(event)
    return lost
  }

  #note(turn: number, probes: Probes | 'none', delayNs: number | undefined): void {
    if (delayNs !== undefined) this.turns[turn] = { ...this.turns[turn], [probes]: delayNs }
  }

  async #run(packets: number, { load, payloadBytes, timeoutNs, leadPackets }: TraceOrder) {
    const { order, read, delay } = tracedLoads[load]
    const trial = { path: this.#ends, packets: packets + leadPackets, payloadBytes, leadPackets }
    const [answer] = await this.#tools.generator.runBlock([
      order({ ...trial, ...(timeoutNs === undefined ? {} : { timeoutNs }) }),
    ])
    const result = read(answer!)
    const { histograms, sent, received } = result
    const fault = faultOf(result)
    this.fault ??= fault
    const delays = histograms.find(([name]) => name === delay)?.[1]
    const delayNs = delays === undefined || delays.count === 0 ? undefined : statisticsOf(delays).p50
    return { delayNs, sent, answered: received, refusal: answer?.sendError, fault }
  }
}

/** Of a trial whose packets did not all come whole to where they were sent. */
function faultOf({ sent, received, delivery }: TrialResult): string | undefined {
  const { corrupted, misdirected, duplicated } = delivery
  const faults = [
    ...(received === sent ? [] : [`${received} of ${sent} requests were answered`]),
    ...(corrupted === 0 ? [] : [`${corrupted} of its packets came with other content than was sent`]),
    ...(misdirected === 0 ? [] : [`${misdirected} of its packets came to another end than was called`]),
    ...(duplicated === 0 ? [] : [`${duplicated} of its packets came more than once`]),
  ]
  return faults.length === 0 ? undefined : faults.join(', ')
}
