/** What three builds of one program measure on a machine that is not quiet: made up, of known ingredients. */
import { type RandomSource } from '../../src/stats/random.ts'
import { normal } from '../stats/simulated-rounds.ts'
import { judgedMetrics, type Noise } from './simulated-ab.ts'

/** The ingredients, as shares of a value: 0.02 is 2 %. */
export interface Ingredients {
  readonly rounds?: number
  readonly blocks?: number
  /** Standard deviation of a trial's own noise. */
  readonly trial: number
  /** Share of trials that a burst hits, and its median size. */
  readonly burstShare?: number
  readonly burst?: number
  /** Standard deviation of what a build of a path keeps for a round. */
  readonly luck?: number
  /** Standard deviation by which the machine's speed goes on from one trial to the next. */
  readonly drift?: number
}

/** Tail percentiles scatter so many times as far as a median. */
const tailFactor = 8

/** How often a machine's speed leaps, and how far: between 4 and 11 µs a packet were seen. */
const leapShare = 0.01
const leap = 0.3

/** Noise of these ingredients: ten rounds of thirty blocks, as a run of the default length has on two cores. */
export const madeUp =
  ({ rounds = 10, blocks = 30, trial, burstShare = 0, burst = 0, luck = 0, drift = 0 }: Ingredients): Noise =>
  (random) => {
    let speed = 0
    const pass = (): number => {
      if (drift > 0) speed += drift * normal(random) + (random() < leapShare ? leap * normal(random) : 0)
      // The machine stays the same one, however long it runs.
      speed *= 0.98
      return speed
    }
    return Array.from({ length: rounds }, () => {
      const lucks = [0, 1, 2].map(() => luck * normal(random))
      return Array.from({ length: blocks }, () =>
        Object.fromEntries(
          judgedMetrics.map((metric) => {
            const scale = metric.endsWith('p99') ? tailFactor : 1
            const values = lucks.map(
              (own) => own + pass() + scale * trialNoise(random, { trial, burstShare, burst }),
            )
            return [metric, values.map((value) => 5000 * Math.exp(value)) as [number, number, number]]
          }),
        ),
      )
    })
  }

const trialNoise = (
  random: RandomSource,
  { trial, burstShare, burst }: Required<Pick<Ingredients, 'trial' | 'burstShare' | 'burst'>>,
): number => trial * normal(random) + (random() < burstShare ? burst * Math.exp(normal(random)) : 0)

/** Kinds of machine. */
export const madeUpNoises: Readonly<Record<string, Noise>> = {
  'log-normal noise': madeUp({ trial: 0.02 }),
  'heavy tails': madeUp({ trial: 0.02, burstShare: 0.15, burst: 0.1 }),
  'rounds that differ': madeUp({ trial: 0.02, luck: 0.006 }),
  'speed that drifts and leaps': madeUp({ trial: 0.02, drift: 0.01 }),
  'all of these': madeUp({ trial: 0.02, burstShare: 0.15, burst: 0.1, luck: 0.004, drift: 0.005 }),
}
