/** What a trace comes to: of each path its way, station by station, with the probes' own time taken off. */
import { median } from 'simple-statistics'
import type { TracedKind, TracedPath, TraceWay } from '../record/trace.ts'
import { delaysOf, type ProbesTime, probesTime, type TurnDelays } from './calibration.ts'
import type { PacketKind } from './event.ts'
import type { TracedPacket } from './packets.ts'
import { isCall, receiveStation, sendStation } from './stations.ts'
import { type Way, wayOf, type WayStation } from './way.ts'

/** What was measured of a path. */
export interface MeasuredPath extends Pick<TracedPath, 'path' | 'title' | 'role' | 'sent' | 'flood'> {
  readonly packets: readonly TracedPacket[]
  readonly turns: readonly TurnDelays[]
}

/** What goes there, and what comes back, by the kind of load. */
export const tracedPackets: Readonly<
  Record<TracedKind, { readonly there: PacketKind; readonly back?: PacketKind }>
> = {
  pingpong: { there: 'request', back: 'reply' },
  paced: { there: 'paced' },
  'tcp-rr': { there: 'question', back: 'answer' },
}

/** Paths with what their probes took taken off: each probe as much as on the other paths, as it is the same code. */
export function tracedPaths(all: readonly MeasuredPath[], load: TracedKind): TracedPath[] {
  const seen = all.map((path) => seenOf(path, load))
  const middle = (of: (beside: Beside) => number): number => {
    const known = seen.flatMap(({ beside }) => (beside === undefined ? [] : [of(beside)]))
    return known.length === 0 ? 0 : median(known)
  }
  const beside: Beside = {
    besideProbeNs: middle(({ besideProbeNs }) => besideProbeNs),
    besideCallNs: middle(({ besideCallNs }) => besideCallNs),
  }
  return seen.map(({ path, delays, there, back }) => ({
    ...path,
    ...delays,
    whole: there?.whole ?? 0,
    probeNs: there === undefined ? 0 : there.inProbesNs.median / countOf(there, hasProbe),
    ...beside,
    ...(there === undefined ? {} : { there: withoutProbes(there, beside) }),
    ...(back === undefined ? {} : { back: withoutProbes(back, beside) }),
  }))
}

/** What was seen of a path. */
function seenOf({ packets, turns, ...path }: MeasuredPath, load: TracedKind) {
  const kinds = tracedPackets[load]
  const requests = packets.filter(({ kind, isReceived }) => kind === kinds.there && isReceived)
  const replies = packets.filter(({ kind }) => kind === kinds.back)
  const [there, back] = [wayOf(requests), wayOf(replies)]
  const timed = isRoundTrip(load) ? wayOf(roundTrips(requests, replies)) : there
  const delays = delaysOf(turns)
  return {
    ...{ path, delays, there, back },
    beside: timed && besideProbes(timed, delays.untracedNs, probesTime(turns)),
  }
}

/** Whether the delay that was measured is that of both ways. */
export const isRoundTrip = (load: TracedKind): boolean => load === 'tcp-rr'

/** Of each request that was answered its way there and that of its answer, as one. */
function roundTrips(requests: readonly TracedPacket[], replies: readonly TracedPacket[]): TracedPacket[] {
  const key = ({ trialId, sequence }: TracedPacket) => `${trialId} ${sequence}`
  const answers = new Map(replies.map((reply) => [key(reply), reply]))
  return requests.flatMap((request) => {
    const answer = answers.get(key(request))
    if (answer?.isReceived !== true) return []
    return [{ ...request, sightings: [...request.sightings, ...answer.sightings] }]
  })
}

type Beside = Pick<TracedPath, 'besideProbeNs' | 'besideCallNs'>

/** The two ends have none: their times are the generator's own. */
const hasProbe = ({ station }: { readonly station: string }): boolean =>
  station !== sendStation && station !== receiveStation

const countOf = ({ stations }: Way, of: (station: WayStation) => boolean): number =>
  Math.max(1, stations.filter(of).length)

/**
 * What probes make longer beside their own clock, each as much as another of its set. Where there are no trials with one
 * set alone, trials without any tell.
 */
function besideProbes(way: Way, untracedNs: number, time: ProbesTime | undefined): Beside {
  const calls = way.stations.filter(isCall).length
  const others = Math.max(1, countOf(way, hasProbe) - calls)
  if (time === undefined) {
    const besideNs = Math.max(0, way.betweenNs.median - untracedNs) / (others + calls)
    return { besideProbeNs: besideNs, besideCallNs: besideNs }
  }
  const inCallsNs = way.inCallsNs.median
  const inOthersNs = way.inProbesNs.median - inCallsNs
  return {
    besideProbeNs: Math.max(0, time.restNs - inOthersNs) / others,
    besideCallNs: Math.max(0, time.callsNs - inCallsNs) / Math.max(1, calls),
  }
}

/** It falls before a probe's clock and behind it, taken as halves. No station takes less than nothing. */
function withoutProbes(way: Way, { besideProbeNs, besideCallNs }: Beside): TraceWay {
  const besideOf = (station: WayStation | undefined): number => {
    if (station === undefined || !hasProbe(station)) return 0
    return isCall(station) ? besideCallNs : besideProbeNs
  }
  const { betweenNs, inProbesNs, packets, otherwise } = way
  return {
    ...{ betweenNs, inProbesNs, packets, otherwise },
    stations: way.stations.map((whole, index) => {
      const { device, sinceLastNs, verdict, ...station } = whole
      const besideNs = (besideOf(way.stations[index - 1]) + besideOf(whole)) / 2
      return {
        ...station,
        ...(device === undefined ? {} : { device }),
        ...(sinceLastNs === undefined ? {} : { sinceLastNs }),
        ...(verdict === undefined ? {} : { verdict }),
        ownNs: sinceLastNs === undefined ? 0 : Math.max(0, sinceLastNs.median - besideNs),
      }
    }),
  }
}

/** The sum of the stations' times, ns. */
export const sumOf = ({ stations }: TraceWay): number => stations.reduce((sum, { ownNs }) => sum + ownNs, 0)
