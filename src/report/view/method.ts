/** How the figures came about, in words. */
import { loadOf } from '../../parts/loads/loads.ts'
import { units } from '../../parts/metrics/units.ts'
import { metricsOf } from '../../record/metrics.ts'
import type { RunRecord } from '../../record/record.ts'
import { formatCount, formatMargin } from '../../words/numbers.ts'
import { testUnit } from '../../words/test-words.ts'
import { isBalanced, deviceUnderTestOf } from './device-under-test.ts'
import { directionWords } from '../../record/metric-words.ts'
import { textColumn, type TableView } from '../../page/table-view.ts'

export interface MethodStep {
  readonly term: string
  readonly text: string
}

const methodsOf = (record: RunRecord): string => {
  const methods = [...new Set(record.comparisons.map(({ ratio }) => ratio.method))]
  return methods.length === 0 ? '' : ` As recorded: ${methods.join('; ')}.`
}

/** What took signs in the tests of this run; empty where the record does not say. */
const testUnits = ({ comparisons }: RunRecord): string => {
  const units = new Set(comparisons.map(testUnit).filter((unit) => unit !== undefined))
  if (units.size === 0) return ''
  return units.has('block')
    ? ': rounds were too few for it, so that each block took a sign of its own, which overrates the evidence where rounds differ; the interval has the last word'
    : ', in which each round takes one sign'
}

/** The test that a run's p-values are of: runs of earlier versions flipped signs. */
const testOf = (record: RunRecord): string =>
  record.comparisons.some(({ pValueMethod = '' }) => pValueMethod.startsWith('sign flips'))
    ? `A sign-flip permutation test on the same log-ratios${testUnits(record)}`
    : 'Student’s t of the rounds, by the error that the interval rests on'

/** How trials of UDP packets work, in a sentence; empty where there are none. */
const udpSentences = ({ settings: { trials } }: RunRecord): string => {
  const methods = [...new Set(trials.flatMap(({ kind }) => loadOf(kind).words.method ?? []))]
  if (methods.length === 0) return ''
  const all = methods.join('; ')
  return ` ${all.slice(0, 1).toUpperCase()}${all.slice(1)}. The first 16 packets of a ping-pong or paced trial meet caches that another path has just used: they are sent and counted, and not timed.`
}

/** Kinds of trial that take more words. */
const trialSteps = ({ settings: { trials }, paths }: RunRecord): MethodStep[] => {
  const run = { hasSeveralServers: paths.some(isBalanced), count: formatCount }
  return trials.flatMap((trial) => {
    const text = loadOf(trial.kind).report?.(trial, run)
    return text === undefined
      ? []
      : [
          {
            term: `${trial.kind.toUpperCase()} trial${trial.name === undefined ? '' : ` ${trial.name}`}`,
            text,
          },
        ]
  })
}

const floorWords = {
  router:
    'The floor is the same hosts with no router between them: no path can beat it, and what a path takes beyond it is the router’s own cost.',
  balancer:
    'The floor is the client calling the servers themselves, with no balancer on the way: what a path takes beyond it is the balancer’s own cost.',
} as const

/** The shares of several servers, and of the hosts between; where there are any. */
const balancingSteps = ({ paths }: RunRecord): MethodStep[] =>
  paths.some(isBalanced)
    ? [
        {
          term: 'Split',
          text: 'Flows are drawn anew every round: which server a flow goes to is chance, its staying there is proved. With equal chances a server’s count of flows or connections is binomial, and the proof holds it against that bound.',
        },
      ]
    : []

/** What test runs of the programs are. */
const programCostSteps = ({ derived: { programCost = [] } }: RunRecord): MethodStep[] =>
  programCost.length === 0
    ? []
    : [
        {
          term: 'Program cost',
          text: 'The kernel runs a program many times on one frame of an existing flow and says how long a run took (BPF_PROG_TEST_RUN). A program that returns at once is run in the same way, and its time taken off. Caches are warm and the branch predictor knows the flow, so on the way of real packets a program costs at least this.',
        },
      ]

/** How a spinning receiver takes a flood's packets; empty where it looks all the time, as it did in earlier versions. */
const gatheringSentence = ({ settings: { floodPauseNs } }: RunRecord): string =>
  floodPauseNs === undefined
    ? ''
    : ` A flood’s receiver lets packets gather for ${formatCount(floodPauseNs / 1000)} µs at a time, so that it does not fight the sender for the socket’s memory.`

/** What is other where paths share namespaces that were there before. */
const placeSteps = ({ settings: { place } }: RunRecord): MethodStep[] =>
  place === 'existing'
    ? [
        {
          term: 'Place',
          text: 'Namespaces that were there before, as they were. Paths share them: each was brought up before its trials and taken away after, and neither is in any figure. What the kernel counted meanwhile may hold packets of others, so that a proof says how many there were at least. Nothing was built anew: intervals do not hold what other namespaces of the same make would change.',
        },
      ]
    : []

/** The steps from a packet to a verdict, in that order. */
export const methodSteps = (record: RunRecord): MethodStep[] => {
  const { rounds, warmupBlocks, margin, receiver } = record.settings
  const measuredBlocks = record.blocks.filter(({ warmup }) => !warmup).length
  return [
    {
      term: 'Trial',
      text: `One short measurement of one path under one load.${udpSentences(record)}`,
    },
    ...trialSteps(record),
    {
      term: 'Block',
      text: 'One trial of every path under every load, back to back in random order. Whatever slows the machine down for longer than a block slows all paths alike, so paths are compared within blocks only.',
    },
    ...placeSteps(record),
    {
      term: 'Round',
      text: `${record.settings.place === 'existing' ? 'Programs loaded' : 'All topologies built'} afresh, then many blocks. This run had ${formatCount(rounds)} rounds with ${formatCount(measuredBlocks)} blocks in all, and before those of each round ${formatCount(warmupBlocks)} to warm up: recorded, and left out of every estimate.`,
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
      term: 'Test',
      text: `${testOf(record)}. Headline metrics of all candidates are corrected together after Holm, so that many comparisons do not make a finding by chance.`,
    },
    {
      term: 'Verdict',
      text: `The margin is ${formatMargin(margin)}. Faster or slower: the whole interval lies beyond it. Equivalent: the whole interval lies inside it. Inconclusive: anything else. Where what was measured cannot carry a verdict whatever the interval says, none is given, and the sentence says why. Where the control differs from the baseline, as far as it may differ becomes the margin; where it is not equivalent to the baseline, nothing is.`,
    },
    {
      term: 'Control and floor',
      text: `The control is the baseline built a second time: whatever difference it shows is noise. ${floorWords[deviceUnderTestOf(record)]}`,
    },
    {
      term: 'Throughput and cost',
      text: 'Throughput is delivered packets over the time to the last delivery or the last send, whichever is later. Cost is the CPU time of the sender’s thread per packet delivered, so that a packet that is lost costs those that arrive. Work that the kernel does elsewhere is not in it: packets are counted on every CPU, and where work moved to another CPU, no verdict is given.',
    },
    {
      term: 'Proof',
      text: 'Both ends count what was sent and what arrived: lost, spoilt, doubled, sent astray or out of order. The kernel’s own counters, read before and after each round, show which way packets went. A path that its counters contradict is invalid and gets no verdict; so is one that spoils, doubles or misdirects a packet, or loses or reorders more than the scenario allows it. What it lost by permission stands in every sentence about it.',
    },
    ...balancingSteps(record),
    ...programCostSteps(record),
    {
      term: 'Clock and receivers',
      text: `Sender and receiver are threads of one process and share one clock, so one-way delays are exact. Receivers were ${receiver}: ${receiver === 'spinning' ? 'no wake-up is part of a latency' : 'waking up is part of every latency'}.${gatheringSentence(record)}`,
    },
    {
      term: 'Tail percentiles',
      text: '99.9th percentiles and maxima come from a round’s merged packets, one value per round: one trial has too few packets for them.',
    },
  ]
}

/** Definition and unit of each metric that the run's trials have. */
export const metricDefinitions = ({ settings }: RunRecord): TableView => ({
  caption: 'Metrics',
  columns: [
    textColumn('Name'),
    textColumn('Definition'),
    textColumn('Unit'),
    textColumn('Direction'),
    textColumn('One value per'),
  ],
  rows: metricsOf(settings.trials).map(({ name, title, unit, pairing }) => [
    name,
    title,
    units[unit].words,
    directionWords(name),
    pairing,
  ]),
})
