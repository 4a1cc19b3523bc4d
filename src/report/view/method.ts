/** How the figures came about, in words. */
import { metrics } from '../../results/metrics.ts'
import type { RunRecord } from '../../results/record.ts'
import { formatCount, formatMargin } from '../format.ts'
import { directionWords } from '../../results/metric-words.ts'
import { textColumn, type TableView } from './table.ts'

export interface MethodStep {
  readonly term: string
  readonly text: string
}

const methodsOf = (record: RunRecord): string => {
  const methods = [...new Set(record.comparisons.map(({ ratio }) => ratio.method))]
  return methods.length === 0 ? '' : ` As recorded: ${methods.join('; ')}.`
}

/** The steps from a packet to a verdict, in that order. */
export const methodSteps = (record: RunRecord): MethodStep[] => {
  const { rounds, warmupBlocks, margin, receiver } = record.settings
  const measuredBlocks = record.blocks.filter(({ warmup }) => !warmup).length
  return [
    {
      term: 'Trial',
      text: 'One short measurement of one path under one load. A flood sends as fast as packets are accepted; ping-pong keeps one packet in flight; paced sends on a fixed schedule, and counts latency from the scheduled time, so that a stall shows in every packet it delayed. The first 16 packets of a ping-pong or paced trial meet caches that another path has just used: they are sent and counted, and not timed.',
    },
    {
      term: 'Block',
      text: 'One trial of every path under every load, back to back in random order. Whatever slows the machine down for longer than a block slows all paths alike, so paths are compared within blocks only.',
    },
    {
      term: 'Round',
      text: `All topologies built afresh, then many blocks. This run had ${formatCount(rounds)} rounds with ${formatCount(measuredBlocks)} blocks in all, and before those of each round ${formatCount(warmupBlocks)} to warm up: recorded, and left out of every estimate.`,
    },
    {
      term: 'Ratio',
      text: 'Each block gives the logarithm of path over baseline. The estimate is the Hodges–Lehmann estimator of these: the median of the means of all pairs, which a few disturbed blocks cannot move far.',
    },
    {
      term: 'Interval',
      text: `A bootstrap that draws rounds, then blocks within them, so that differences between rounds count as the uncertainty that they are.${methodsOf(record)}`,
    },
    {
      term: 'p-value',
      text: 'A sign-flip permutation test on the same log-ratios. Headline metrics of all candidates are corrected together after Holm, so that many comparisons do not make a finding by chance.',
    },
    {
      term: 'Verdict',
      text: `The margin is ${formatMargin(margin)}. Faster or slower: the whole interval lies beyond it. Equivalent: the whole interval lies inside it. Inconclusive: anything else. Where the control is not equivalent to the baseline, what it shows becomes the margin.`,
    },
    {
      term: 'Control and floor',
      text: 'The control is the baseline built a second time: whatever difference it shows is noise. The floor is the same hosts with no router between them: no path can beat it, and what a path takes beyond it is the router’s own cost.',
    },
    {
      term: 'Proof',
      text: 'The kernel’s own counters, read before and after each round, show which way packets went. A path whose counters contradict it is invalid and gets no verdict.',
    },
    {
      term: 'Clock and receivers',
      text: `Sender and receiver are threads of one process and share one clock, so one-way delays are exact. Receivers were ${receiver}: ${receiver === 'spinning' ? 'no wake-up is part of a latency' : 'waking up is part of every latency'}.`,
    },
    {
      term: 'Tail percentiles',
      text: '99.9th percentiles and maxima come from a round’s merged packets, one value a round: one trial has too few packets for them.',
    },
  ]
}

/** Each metric's definition and unit. */
export const metricDefinitions = (): TableView => ({
  caption: 'Metrics',
  columns: [
    textColumn('Name'),
    textColumn('Definition'),
    textColumn('Unit'),
    textColumn('Direction'),
    textColumn('One value a'),
  ],
  rows: metrics.map(({ name, title, unit, pairing }) => [
    name,
    title,
    unit === 'pps' ? 'packets per second' : unit === 'ns' ? 'nanoseconds' : 'ratio',
    directionWords(name),
    pairing,
  ]),
})
