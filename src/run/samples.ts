/** What a run has measured so far. Memory does not grow with packets: histograms are merged. */
import { Histogram } from '../load/histogram.ts'
import { namedFigure } from '../parts/loads/trial-name.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { BlockRecord, Distribution, RoundRecord, TrialRecord } from '../record/record.ts'
import { trialRecord, type TrialPlace } from './trial-records.ts'

/** About a hundred points of a percentile curve, closer together towards the tail. */
const curveQuantiles = [
  ...Array.from({ length: 90 }, (_, index) => index / 100),
  ...[0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985],
  ...[0.99, 0.9925, 0.995, 0.9975, 0.999, 0.9995, 0.9999, 1],
]

/** One histogram a distribution, for one path. */
type Histograms = Map<string, Histogram>

/** Collects the trials and blocks of a run. */
export class Samples {
  readonly trials: TrialRecord[] = []
  readonly blocks: BlockRecord[] = []
  readonly rounds: RoundRecord[] = []
  readonly #ofRun = new Map<string, Histograms>()
  readonly #ofRound = new Map<string, Histograms>()

  /** Adds a trial; those of the warm-up are recorded, and enter no histogram. */
  addTrial(trial: TrialResult, place: TrialPlace): void {
    this.trials.push(trialRecord(trial, place))
    if (place.warmup) return
    for (const [name, data] of trial.histograms) {
      // Where nothing arrived there is no delay, not one of 0.
      if (data.count === 0) continue
      histogramIn(this.#ofRound, trial.path, namedFigure(name, trial.name)).add(data)
    }
  }

  addBlock(block: BlockRecord): void {
    this.blocks.push(block)
  }

  /** Ends a round whose proof was taken: keeps the statistics of its packets. */
  endRound(round: number): void {
    for (const [path, all] of this.#ofRound) {
      const histograms = [...all].filter(([, { count }]) => count > 0)
      if (histograms.length === 0) continue
      for (const [name, histogram] of histograms) histogramIn(this.#ofRun, path, name).merge(histogram)
      this.rounds.push({
        round,
        path,
        distributions: Object.fromEntries(histograms.map(([name, one]) => [name, one.statistics()])),
      })
    }
    this.#forgetRound()
  }

  /**
   * Ends a round that failed before its proof was taken. Its trials and blocks stay in the record and enter no
   * estimate: which way their packets went nobody knows.
   */
  dropRound(round: number): void {
    for (const records of [this.trials, this.blocks])
      for (const [index, record] of records.entries())
        if (record.round === round) records[index] = { ...record, warmup: true, unproven: true }
    this.#forgetRound()
  }

  /** The histograms stay: each has some 200 kB, and making them anew takes longer than adding to them. */
  #forgetRound(): void {
    for (const histograms of this.#ofRound.values()) for (const one of histograms.values()) one.clear()
  }

  /** The pooled distributions of a path. */
  distributionsOf(path: string): Distribution[] {
    return [...(this.#ofRun.get(path) ?? [])].map(([name, histogram]) => {
      const values = histogram.quantiles(curveQuantiles)
      const { count, minNs, maxNs, meanNs } = histogram
      return {
        ...{ name, count, minNs, maxNs, meanNs },
        quantiles: curveQuantiles.map((quantile, index) => [quantile, values[index] ?? 0]),
      }
    })
  }
}

function histogramIn(paths: Map<string, Histograms>, path: string, name: string): Histogram {
  const histograms = paths.get(path) ?? new Map<string, Histogram>()
  paths.set(path, histograms)
  const histogram = histograms.get(name) ?? new Histogram()
  histograms.set(name, histogram)
  return histogram
}
