/** What a soak came to: losses, delays, what drifts, and what the machine holds more of. Pure. */
import { middleOf } from '../stats/middle.ts'
import type { Estimate } from '../stats/estimate.ts'
import { theilSen } from '../stats/theil-sen.ts'
import type { Soak, Stretch } from '../record/soak.ts'

/** A path over the whole soak. */
export interface SoakedPath {
  readonly path: string
  readonly offeredS: number
  readonly packets: number
  readonly loss: Stretch['loss']
  /** Stretches in which something was lost. */
  readonly lossyStretches: number
  readonly stretches: number
  /** The middle, least and greatest of its stretches' medians, ns. */
  readonly p50Ns: { readonly middle: number; readonly least: number; readonly most: number }
  /** The greatest of its stretches', ns. */
  readonly p99Ns: number
  readonly maxNs: number
  /** How the median moves, ns an hour; undefined where there are too few stretches. */
  readonly driftNsPerHour: Estimate | undefined
}

export const lostIn = ({ loss }: Pick<Stretch, 'loss'>): number =>
  loss.notOffered + loss.atSocket + loss.onPath

const hourS = 3600

const sumOf = (own: readonly Stretch[], of: (stretch: Stretch) => number): number =>
  own.reduce((sum, stretch) => sum + of(stretch), 0)

/** Those that were measured: of a path that is invalid nothing is said but why. */
export const soakedPaths = ({ paths, stretches }: Soak): SoakedPath[] =>
  paths.flatMap(({ name, status }) => {
    if (status !== 'measured') return []
    const own = stretches.filter(({ path }) => path === name)
    const medians = own.map(({ p50Ns }) => p50Ns)
    if (own.length === 0) return []
    return [
      {
        path: name,
        offeredS: sumOf(own, ({ offeredS }) => offeredS),
        packets: sumOf(own, ({ packets }) => packets),
        loss: {
          notOffered: sumOf(own, ({ loss }) => loss.notOffered),
          atSocket: sumOf(own, ({ loss }) => loss.atSocket),
          onPath: sumOf(own, ({ loss }) => loss.onPath),
        },
        lossyStretches: own.filter((stretch) => lostIn(stretch) > 0).length,
        stretches: own.length,
        p50Ns: {
          middle: middleOf(medians)!,
          least: Math.min(...medians),
          most: Math.max(...medians),
        },
        p99Ns: Math.max(...own.map(({ p99Ns }) => p99Ns)),
        maxNs: Math.max(...own.map(({ maxNs }) => maxNs)),
        driftNsPerHour: theilSen(own.map(({ atS, p50Ns }) => ({ x: atS / hourS, y: p50Ns }))),
      },
    ]
  })

/** How the kernel's memory that cannot be reclaimed moves, bytes an hour. */
export const kernelGrowth = ({ holdings }: Soak): Estimate | undefined =>
  theilSen(holdings.map(({ atS, kernelBytes }) => ({ x: atS / hourS, y: kernelBytes })))
