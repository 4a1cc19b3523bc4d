/** Searches for what each path takes: a trial of every path in turns, at the load that its search wants next. */
import type { BenchError } from '../host/errors.ts'
import { searches } from '../keep/rate-store.ts'
import { Histogram } from '../load/histogram.ts'
import { resultOf } from '../mlrsearch/bounds.ts'
import { limitsOf } from '../mlrsearch/limits.ts'
import { nextTrial, shareReached } from '../mlrsearch/next-trial.ts'
import {
  type LatencyAtShare,
  type RateTrial,
  type Search,
  type SearchGoal,
  type SearchResult,
  searchSchemaVersion,
} from '../record/search.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { randomSource, shuffled } from '../stats/random.ts'
import { measureAtRates, type RateSession, type RateSessionInput } from './rate-session.ts'
import { lossRatioOf, type RateOutcome, runRateTrials } from './rate-trials.ts'
import type { RoundContext, TellCounted } from './round-context.ts'

export interface SearchInput extends RateSessionInput {
  readonly goals: readonly SearchGoal[]
  /** Loads that are offered. */
  readonly range: { readonly minPps: number; readonly maxPps: number }
  /** Told what a goal has come to on a path. */
  readonly found: (result: SearchResult) => void
  /** What is to be done with the result while nothing else loads the machine. */
  readonly afterwards: (result: SearchEnd) => Promise<void>
}

export interface SearchEnd {
  readonly search: Search
  readonly folder: string
  readonly failure?: BenchError
}

/** @throws BenchError if it could not begin */
export async function measureSearch(input: SearchInput): Promise<void> {
  await measureAtRates(
    input,
    'search',
    (session) => new LiveSearch(input, session),
    async (search, end) => {
      const folder = searches.write(input.resultsFolder, search)
      await input.afterwards({ search, folder, ...end })
    },
  )
}

/** Latency is measured at these shares of what was found, as CSIT does; so many trials at each. */
const latencyShares = [0.1, 0.5, 0.9]
const latencyTrials = 5

/** What has been measured is written no more often than this. */
const writtenEveryMs = 3000

class LiveSearch {
  readonly #input: SearchInput
  readonly #session: RateSession
  readonly #trials: RateTrial[] = []
  readonly #latencies: LatencyAtShare[] = []
  readonly #told = new Set<string>()
  #isOver = false
  #writtenMs = 0

  constructor(input: SearchInput, session: RateSession) {
    this.#input = input
    this.#session = session
  }

  readonly measure = async (
    context: RoundContext,
    round: number,
    paths: readonly ScenarioPath[],
    tellCounted?: TellCounted,
  ): Promise<void> => {
    context.enter('measuring')
    const random = randomSource(this.#input.seed)
    const { goals, range } = this.#input
    for (;;) {
      if (context.ending.isDue()) return
      const orders = context.log.remaining(paths).flatMap((path) => {
        const next = nextTrial(goals, range, this.#lossesOf(path.name))
        return next === undefined ? [] : [{ path, ...next }]
      })
      if (orders.length === 0) break
      this.#keep(await runRateTrials(context, shuffled(orders, random), tellCounted))
      this.#tell(paths)
      const shares = paths.map(({ name }) => shareReached(goals, range, this.#lossesOf(name)))
      context.showProgress(round, shares.reduce((sum, share) => sum + share, 0) / shares.length)
    }
    await this.#measureLatencies(context, context.log.remaining(paths), random, tellCounted)
    this.#isOver = !context.ending.isDue()
  }

  readonly record = (): Search => {
    const { goals, range, maxTimeS } = this.#input
    const atRates = this.#session.recordNow()
    const measured = atRates.paths.filter(({ status }) => status === 'measured')
    const results = measured.flatMap(({ name }) => this.#resultsOf(name))
    const floor = atRates.paths.find(({ role }) => role === 'floor')?.name
    return {
      schemaVersion: searchSchemaVersion,
      searchId: this.#session.id,
      ...atRates,
      complete: this.#isOver,
      goals: [...goals],
      ...range,
      maxTimeS,
      results: results.map((result) => ({ ...result, ...limitsOf(result, this.#trials, results, floor) })),
      latencies: this.#latencies,
      trials: this.#trials,
    }
  }

  #resultsOf(path: string): SearchResult[] {
    const trials = this.#lossesOf(path)
    if (trials.length === 0) return []
    return this.#input.goals.map((goal) => ({ path, ...resultOf(goal, trials, this.#input.range) }))
  }

  #lossesOf(path: string) {
    return this.#trials
      .filter((trial) => trial.path === path)
      .map((trial) => ({ ...trial, lossRatio: lossRatioOf(trial) }))
  }

  #keep(outcomes: readonly RateOutcome[]): void {
    this.#trials.push(
      ...outcomes.map(({ path, ratePps, durationS, packets, loss, result }) => ({
        ...{ path: path.name, ratePps, durationS, packets, received: result.received, loss },
        ...senderCpuShareOf(result.fields),
        preempted: preemptedOf(result.fields),
        atS: (Date.now() - this.#session.startedAt.getTime()) / 1000,
      })),
    )
    if (Date.now() - this.#writtenMs < writtenEveryMs) return
    searches.write(this.#input.resultsFolder, this.record())
    this.#writtenMs = Date.now()
  }

  /** Says each goal's result once it has one. */
  #tell(paths: readonly ScenarioPath[]): void {
    for (const { name } of paths)
      for (const result of this.#resultsOf(name)) {
        const key = `${name} ${result.goal}`
        if (result.state !== 'regular' || this.#told.has(key)) continue
        this.#told.add(key)
        this.#input.found(result)
      }
  }

  /** At shares of what the most lenient goal found, all paths in turns. */
  async #measureLatencies(
    context: RoundContext,
    paths: readonly ScenarioPath[],
    random: () => number,
    tellCounted: TellCounted | undefined,
  ): Promise<void> {
    const [goal] = this.#input.goals.toSorted((a, b) => b.lossRatio - a.lossRatio)
    const orders = paths.flatMap((path) => {
      const found = this.#resultsOf(path.name).find((result) => result.goal === goal?.name)
      const throughputPps = found?.throughputPps ?? 0
      if (throughputPps === 0) return []
      return latencyShares.map((share) => ({
        ...{ path, share, durationS: goal!.trialS },
        ratePps: Math.max(1, Math.round(throughputPps * share)),
      }))
    })
    const collected = new Map(orders.map((order) => [order, new Collected()]))
    for (let turn = 0; turn < latencyTrials && !context.ending.isDue(); turn += 1)
      // A turn in parts: a trial of each path at the same share follow each other.
      for (const share of shuffled(latencyShares, random)) {
        const own = shuffled(
          orders.filter((order) => order.share === share),
          random,
        )
        if (own.length === 0) continue
        for (const outcome of await runRateTrials(context, own, tellCounted)) {
          const order = own.find(({ path }) => path.name === outcome.path.name)
          if (order !== undefined) collected.get(order)?.add(outcome)
        }
      }
    for (const [{ path, share, ratePps }, one] of collected)
      this.#latencies.push({ path: path.name, share, ratePps, ...one.figures() })
  }
}

function preemptedOf(fields: RateOutcome['result']['fields']): number {
  const { senderPreempted, receiverPreempted } = fields as Record<string, unknown>
  return Number(senderPreempted ?? 0) + Number(receiverPreempted ?? 0)
}

function senderCpuShareOf(fields: RateOutcome['result']['fields']): { senderCpuShare?: number } {
  const { senderCpuPackets, otherCpuPackets } = fields as Record<string, unknown>
  if (typeof senderCpuPackets !== 'number' || typeof otherCpuPackets !== 'number') return {}
  const all = senderCpuPackets + otherCpuPackets
  return all === 0 ? {} : { senderCpuShare: senderCpuPackets / all }
}

/** Trials at one share of a path, together. */
class Collected {
  readonly #histogram = new Histogram()
  #packets = 0
  #lost = 0

  add({ packets, result }: RateOutcome): void {
    this.#packets += packets
    this.#lost += packets - result.received
    for (const [name, data] of result.histograms) if (name === 'pacedForwardNs') this.#histogram.add(data)
  }

  figures() {
    const { p50, p90, p99, max } = this.#histogram.statistics()
    return { packets: this.#packets, lost: this.#lost, p50Ns: p50, p90Ns: p90, p99Ns: p99, maxNs: max }
  }
}
