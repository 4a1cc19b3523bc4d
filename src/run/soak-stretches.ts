/** What became of the packets of a soak, a stretch of time after the other: memory does not grow with packets. */
import { Histogram } from '../load/histogram.ts'
import type { Stretch } from '../record/soak.ts'
import type { RateOutcome } from './rate-trials.ts'

const noLoss = { notOffered: 0, atSocket: 0, onPath: 0 }

/** What is summed up of a path in a stretch. */
interface Sum {
  readonly histogram: Histogram
  offeredS: number
  packets: number
  received: number
  loss: Stretch['loss']
}

export class SoakStretches {
  /** Those that are over. */
  readonly ended: Stretch[] = []
  readonly #sums = new Map<string, Sum>()

  add(outcomes: readonly Pick<RateOutcome, 'path' | 'durationS' | 'packets' | 'loss' | 'result'>[]): void {
    for (const { path, durationS, packets, loss, result } of outcomes) {
      const sum = this.#sumOf(path.name)
      sum.offeredS += durationS
      sum.packets += packets
      sum.received += result.received
      sum.loss = {
        notOffered: sum.loss.notOffered + loss.notOffered,
        atSocket: sum.loss.atSocket + loss.atSocket,
        onPath: sum.loss.onPath + loss.onPath,
      }
      for (const [name, data] of result.histograms) if (name === 'pacedForwardNs') sum.histogram.add(data)
    }
  }

  /** Ends the stretch that began then, s. */
  end(atS: number): void {
    for (const [path, { histogram, ...sum }] of this.#sums) {
      const { p50, p90, p99, p999, max } = histogram.statistics()
      this.ended.push({
        ...{ path, atS, ...sum },
        ...{ p50Ns: p50, p90Ns: p90, p99Ns: p99, p999Ns: p999, maxNs: max },
      })
    }
    this.#sums.clear()
  }

  #sumOf(path: string): Sum {
    const sum = this.#sums.get(path) ?? {
      ...{ histogram: new Histogram(), offeredS: 0, packets: 0, received: 0, loss: noLoss },
    }
    this.#sums.set(path, sum)
    return sum
  }
}
