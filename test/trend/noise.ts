/** Noise to simulate histories with; the same every time. */
import { randomSource } from '../../src/stats/random.ts'

/** Draws values one by one. */
export type Noise = () => number

/** Normal, with a mean of 0 and a standard deviation of 1 (Box, Muller 1958). */
export function normalNoise(seed: number): Noise {
  const random = randomSource(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Student's t with 3 degrees of freedom: heavy tails. */
export function heavyNoise(seed: number): Noise {
  const normal = normalNoise(seed)
  return () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3)
}

/** Normal, each value correlated with the one before it. */
export function correlatedNoise(seed: number, correlation: number): Noise {
  const normal = normalNoise(seed)
  let before = normal()
  return () => (before = correlation * before + Math.sqrt(1 - correlation ** 2) * normal())
}

/** So many values of it. */
export const drawn = (noise: Noise, count: number): number[] => Array.from({ length: count }, noise)
