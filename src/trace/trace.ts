/** What a trace comes to: of each path its way, station by station, with the probes' own time taken off. */
import type { TracedKind, TracedPath, TraceWay } from '../record/trace.ts'
import { type Delays, delaysOf, probesNs, type TurnDelays } from './calibration.ts'
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

export function tracedPath({ packets, turns, ...measured }: MeasuredPath, load: TracedKind): TracedPath {
  const delays = delaysOf(turns)
  const kinds = tracedPackets[load]
  const requests = packets.filter(({ kind, isReceived }) => kind === kinds.there && isReceived)
  const replies = packets.filter(({ kind }) => kind === kinds.back)
  const [there, back] = [wayOf(requests), wayOf(replies)]
  const timed = isRoundTrip(load) ? wayOf(roundTrips(requests, replies)) : there
  const beside = timed === undefined ? { besideProbeNs: 0, besideCallNs: 0 } : besideProbes(timed, delays)
  return {
    ...measured,
    ...delays,
    whole: there?.whole ?? 0,
    probeNs: there === undefined ? 0 : there.inProbesNs.median / countOf(there, hasProbe),
    ...beside,
    ...(there === undefined ? {} : { there: withoutProbes(there, beside) }),
    ...(back === undefined ? {} : { back: withoutProbes(back, beside) }),
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
function besideProbes(way: Way, delays: Delays): Beside {
  const calls = way.stations.filter(isCall).length
  const others = Math.max(1, countOf(way, hasProbe) - calls)
  const all = probesNs(delays)
  if (all === undefined) {
    const besideNs = Math.max(0, way.betweenNs.median - delays.untracedNs) / (others + calls)
    return { besideProbeNs: besideNs, besideCallNs: besideNs }
  }
  const inCallsNs = way.inCallsNs.median
  const inOthersNs = way.inProbesNs.median - inCallsNs
  return {
    besideProbeNs: Math.max(0, all.restNs - inOthersNs) / others,
    besideCallNs: Math.max(0, all.callsNs - inCallsNs) / Math.max(1, calls),
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
