/** What a trace comes to: of each path its way, station by station, with the probes' own time taken off. */
import type { TracedPath, TraceWay } from '../record/trace.ts'
import type { TracedPacket } from './packets.ts'
import { receiveStation, sendStation } from './stations.ts'
import { type Way, wayOf } from './way.ts'

/** What was measured of a path. */
export interface MeasuredPath extends Pick<
  TracedPath,
  'path' | 'title' | 'role' | 'sent' | 'tracedNs' | 'untracedNs'
> {
  readonly packets: readonly TracedPacket[]
}

export function tracedPath({ packets, ...measured }: MeasuredPath): TracedPath {
  const there = wayOf(packets.filter(({ kind, isReceived }) => kind === 'request' && isReceived))
  const back = wayOf(packets.filter(({ kind }) => kind === 'reply'))
  const besideProbeNs = there === undefined ? 0 : besideProbe(there, measured.untracedNs)
  return {
    ...measured,
    whole: there?.packets ?? 0,
    probeNs: there === undefined ? 0 : there.inProbesNs.median / probesOn(there),
    besideProbeNs,
    ...(there === undefined ? {} : { there: withoutProbes(there, besideProbeNs) }),
    ...(back === undefined ? {} : { back: withoutProbes(back, besideProbeNs) }),
  }
}

/** The two ends have none: their times are the generator's own. */
const hasProbe = ({ station }: { readonly station: string }): boolean =>
  station !== sendStation && station !== receiveStation

const probesOn = ({ stations }: Way): number => Math.max(1, stations.filter(hasProbe).length)

/** What remains between probes beyond the delay without them is theirs, each as much as another. */
const besideProbe = (way: Way, untracedNs: number): number =>
  Math.max(0, (way.betweenNs.median - untracedNs) / probesOn(way))

/** It falls between a probe and the next station; before the first there is none. No station takes less than nothing. */
const withoutProbes = (way: Way, besideProbeNs: number): TraceWay => ({
  ...way,
  stations: way.stations.map(({ device, sinceLastNs, ...station }, index) => ({
    ...station,
    ...(device === undefined ? {} : { device }),
    ...(sinceLastNs === undefined ? {} : { sinceLastNs }),
    ownNs: Math.max(0, (sinceLastNs?.median ?? 0) - (index < 2 ? 0 : besideProbeNs)),
  })),
})

/** The sum of the stations' times, ns. */
export const sumOf = ({ stations }: TraceWay): number => stations.reduce((sum, { ownNs }) => sum + ownNs, 0)
