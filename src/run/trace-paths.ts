/** Follows packets over paths that are up, in trials that count for nothing. */
import { startTracer, type Tracer } from '../datapath/tracer.ts'
import type { Generator } from '../load/generator.ts'
import { basename } from 'node:path'
import { pinnedPrograms } from '../datapath/instances.ts'
import { endsOf } from '../load/ends.ts'
import { connectTimeoutNs } from '../load/ask-tcp.ts'
import { Histogram } from '../load/histogram.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { hookedPrograms, type Scenario, type ScenarioPath } from '../scenario/scenario.ts'
import type { LiveDevices } from '../topology/apply.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { TracedKind } from '../record/trace.ts'
import type { TraceEvent } from '../trace/event.ts'
import type { PathPlaces } from '../trace/packets.ts'
import { tracedLoads } from './traced-loads.ts'

/** A path that is up. */
export interface LivePath {
  readonly path: ScenarioPath
  readonly fileOf: NamespaceFile
  readonly devices: LiveDevices
}

export interface TraceOrder {
  readonly load: TracedKind
  /** Requests on each path. */
  readonly packets: number
  readonly payloadBytes: number
  /** How long an answer is waited for. */
  readonly timeoutNs?: number
  /** So many packets before them, of each trial, meet cold caches: they are traced, and left out. */
  readonly leadPackets: number
  /** Whether each traced trial stands between two that are not. */
  readonly isCalibrated: boolean
}

/** What came of a path. */
export interface PathTrace {
  readonly path: ScenarioPath
  readonly places: PathPlaces
  readonly events: readonly TraceEvent[]
  /** Requests that were sent while probes were in place, but for those that trials begin with. */
  readonly sent: number
  readonly answered: number
  /** Why the kernel took no packet, where it did not. */
  readonly refusal: string | undefined
  /** What became of its packets, where they did not all come whole and were answered, in trials of every kind. */
  readonly fault: string | undefined
  /** Of the same packets, by the generator's clock: the delay of a request or, of TCP, until it is answered, with probes and without. */
  readonly tracedNs: Histogram
  /** With the probes of system calls alone; empty where this kernel has none. */
  readonly callsNs: Histogram
  readonly untracedNs: Histogram
}

export interface Traces {
  readonly paths: readonly PathTrace[]
  /** Events that found no room. */
  readonly lost: number
  /** Probes that this kernel does not have. */
  readonly missing: readonly string[]
}

export interface TraceTools {
  readonly sandbox: Sandbox
  readonly generator: Pick<Generator, 'runBlock' | 'connect' | 'disconnect'>
  readonly scenario: Pick<Scenario, 'client' | 'place'>
}

/** Requests in a trial: traced and untraced ones take turns so often that both meet the same machine. */
const trialPackets = 500
/** Carriers and neighbours come a moment after links are up: so often a few requests are sent until all are answered. */
const greetings = { triesMax: 20, packets: 3, leadPackets: 0, timeoutNs: 40e6 } as const
/** More than any way has that was seen, there and back; bridges that flood make copies. */
const eventsPerPacket = 400

/** @throws BenchError `machine` where this kernel does not let packets be traced */
export async function tracePaths(
  tools: TraceTools,
  live: readonly LivePath[],
  order: TraceOrder,
): Promise<Traces> {
  const { sandbox } = tools
  const files = live.flatMap(({ path, fileOf }) => Object.keys(path.topology.namespaces).map(fileOf))
  const perTrial = Math.min(order.packets, trialPackets) + order.leadPackets
  const pins = [...new Set(live.flatMap(({ path }) => pinnedPrograms(path)))]
  const tracer = await startTracer(sandbox, files, pins, perTrial * eventsPerPacket)
  try {
    const traces = live.map(
      (one) => new LiveTrace(tools, one, placesOf(one, { files, pins }, tracer, tools.scenario)),
    )
    let lost = 0
    if (order.isCalibrated) for (const trace of traces) await trace.greet(order)
    const whole = () => traces.filter(({ fault }) => !order.isCalibrated || fault === undefined)
    for (let left = order.packets; left > 0; left -= trialPackets) {
      const packets = Math.min(left, trialPackets)
      if (order.isCalibrated) for (const trace of whole()) await trace.runUntraced(packets, order)
      if (order.isCalibrated && tracer.stations.includes('sys_enter')) {
        await tracer.attach('calls')
        for (const trace of whole()) await trace.runWithCalls(packets, order, tracer)
        await tracer.detach()
      }
      await tracer.attach('all')
      for (const trace of whole()) lost = Math.max(lost, await trace.runTraced(packets, order, tracer))
      await tracer.detach()
    }
    if (order.isCalibrated) for (const trace of whole()) await trace.runUntraced(trialPackets, order)
    for (const trace of traces) await trace.end(order)
    return { paths: traces, lost, missing: [...tracer.missing, ...refusedWords(tracer, pins)] }
  } finally {
    await tracer.end()
  }
}

function placesOf(
  { path, fileOf, devices }: LivePath,
  { files, pins }: { readonly files: readonly string[]; readonly pins: readonly string[] },
  { inodes }: Tracer,
  { client }: TraceTools['scenario'],
): PathPlaces {
  const namespaces = Object.keys(path.topology.namespaces).map((name) => {
    const inode = inodes[files.indexOf(fileOf(name))] ?? 0
    const named = [...(devices.get(name) ?? [])].map(([device, { ifindex }]) => [ifindex, device] as const)
    return [inode, { name, devices: new Map(named) }] as const
  })
  const own = pinnedPrograms(path)
  const hooked = Map.groupBy(
    hookedPrograms(path).map((program, index) => [pins.indexOf(own[index] ?? ''), program] as const),
    ([number]) => number,
  )
  const programs = new Map([...hooked].map(([number, all]) => [number, all.map(([, program]) => program)]))
  return { client: client.namespace, namespaces: new Map(namespaces), programs }
}

/** What nobody is let look at, and why. */
const refusedWords = ({ refused }: Tracer, pins: readonly string[]): string[] => {
  const names = [...refused].map(
    ([number, why]) => `the beginning and end of program ${basename(pins[number] ?? '')}: ${why}`,
  )
  return [...new Set(names)]
}

class LiveTrace implements PathTrace {
  readonly path: ScenarioPath
  readonly places: PathPlaces
  readonly events: TraceEvent[] = []
  readonly tracedNs = new Histogram()
  readonly callsNs = new Histogram()
  readonly untracedNs = new Histogram()
  readonly #tools: TraceTools
  sent = 0
  answered = 0
  refusal: string | undefined
  fault: string | undefined

  constructor(tools: TraceTools, { path }: LivePath, places: PathPlaces) {
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

  async runUntraced(packets: number, order: TraceOrder): Promise<void> {
    const { delayNs } = await this.#run(packets, order)
    if (delayNs !== undefined) this.untracedNs.add(delayNs)
  }

  async runWithCalls(packets: number, order: TraceOrder, tracer: Tracer): Promise<void> {
    const { delayNs } = await this.#run(packets, order)
    if (delayNs !== undefined) this.callsNs.add(delayNs)
    await tracer.take()
  }

  /** @returns how many events found no room so far */
  async runTraced(packets: number, order: TraceOrder, tracer: Tracer): Promise<number> {
    const { delayNs, sent, answered, refusal } = await this.#run(packets, order)
    if (delayNs !== undefined) this.tracedNs.add(delayNs)
    this.sent += Math.max(0, sent - order.leadPackets)
    this.answered += answered
    this.refusal ??= refusal
    const { events, lost } = await tracer.take()
    this.events.push(...events)
    return lost
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
    const delayNs = histograms.find(([name]) => name === delay)?.[1]
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
