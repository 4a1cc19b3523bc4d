/** What three builds of one program measured on a real machine, drawn anew. */
import { readFileSync } from 'node:fs'
import { type RandomSource, shuffled } from '../../src/stats/random.ts'
import { type Block, judgedMetrics, type Noise } from './simulated-ab.ts'

/** A recorded run: its blocks by round. */
export interface RecordedRun {
  /** Its number in the file, from 1. */
  readonly run: number
  readonly rounds: readonly (readonly Block[])[]
}

/** The runs of recorded-noise.csv, which says where they are from; test/benchmarks/ab-noise.ts made it. */
export function recordedRuns(): RecordedRun[] {
  const text = readFileSync(`${import.meta.dirname}/recorded-noise.csv`, 'utf8')
  const rows = text
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(','))
  return [...Map.groupBy(rows, ([run]) => run)].map(([run, lines]) => ({
    run: Number(run),
    rounds: [...Map.groupBy(lines, ([, round]) => round).values()].map((blocks) => blocks.map(blockOf)),
  }))
}

const blockOf = (row: readonly string[]): Block => {
  const values = row.slice(2).map(Number)
  return Object.fromEntries(
    judgedMetrics.map((metric, place) => [metric, values.slice(3 * place, 3 * place + 3)]),
  )
}

/**
 * A run like a recorded one: as many of its rounds, drawn with replacement. In each the three builds change
 * places by chance, so that nothing tells them apart but that round's luck, and the truth is exactly 1.
 */
export const drawnFrom =
  ({ rounds }: RecordedRun): Noise =>
  (random) =>
    rounds.map(() => exchanged(rounds[Math.floor(random() * rounds.length)]!, random))

function exchanged(blocks: readonly Block[], random: RandomSource): Block[] {
  const order = shuffled([0, 1, 2], random)
  return blocks.map((block) =>
    Object.fromEntries(
      Object.entries(block).map(([metric, values]) => [metric, order.map((place) => values[place]!)]),
    ),
  )
}
