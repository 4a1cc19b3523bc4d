/** What two runs were asked to measure, where that is not the same. */
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { engineOf } from '../record/engine.ts'
import type { RunRecord } from '../record/record.ts'
import { sinkOf } from '../record/sink.ts'
import type { Difference } from './environment-differences.ts'

/** What decides what a figure means; how long a run went on only decides how well it is known. */
const meaning = {
  payloadBytes: 'payload in bytes',
  ratePps: 'paced packets a second',
  flows: 'UDP flows',
  receiver: 'receivers',
} as const

type Trial = RunRecord['settings']['trials'][number]

const trialKeys = [
  'kind',
  'name',
  'packets',
  'payloadBytes',
  'ratePps',
  'connections',
  'requestBytes',
  'responseBytes',
  'rateTps',
  'sendBytes',
  'direction',
  'congestion',
  'zerocopy',
  'engine',
  'sink',
] as const

/** Records of earlier versions say less about a trial: what only one of two says is no difference. */
const isSameTrial = (one: Trial, other: Trial | undefined): boolean =>
  other !== undefined &&
  engineOf(one) === engineOf(other) &&
  sinkOf(one) === sinkOf(other) &&
  one.zerocopy === other.zerocopy &&
  trialKeys.every((key) => one[key] === undefined || other[key] === undefined || one[key] === other[key])

const areSameTrials = (one: readonly Trial[], other: readonly Trial[]): boolean =>
  one.length === other.length && one.every((trial, index) => isSameTrial(trial, other[index]))

const trialWords = (trials: readonly Trial[]): string =>
  trials
    .map((trial) =>
      trialKeys
        .flatMap((key) =>
          trial[key] === undefined
            ? []
            : [key === 'kind' || key === 'name' ? trial[key] : `${key} ${trial[key]}`],
        )
        .join(' '),
    )
    .join(', ')

const familyWords = ({ family }: RunRecord['settings']): string => `IPv${family ?? 4}`

/** Differences of load that make figures of two runs incomparable. */
export const loadDifferences = (first: RunRecord, second: RunRecord): Difference[] => {
  const [one, other] = [first.settings, second.settings]
  const single = [
    { what: 'addresses', first: familyWords(one), second: familyWords(other) },
    ...(Object.keys(meaning) as (keyof typeof meaning)[]).map((key) => ({
      what: meaning[key],
      first: String(one[key] ?? 1),
      second: String(other[key] ?? 1),
    })),
  ].filter((difference) => difference.first !== difference.second)
  return areSameTrials(one.trials, other.trials)
    ? single
    : [...single, { what: 'trials', first: trialWords(one.trials), second: trialWords(other.trials) }]
}

/** Keys of a scenario file that do not change what is measured. */
const words = new Set(['$schema', 'title', 'description', 'gates'])

/** The file without its words; its text where it is not a scenario that can be read. */
const measuredPart = (source: string): unknown => {
  try {
    const value: unknown = parse(source)
    if (typeof value !== 'object' || value === null) return source
    return Object.fromEntries(Object.entries(value).filter(([key]) => !words.has(key)))
  } catch {
    return source
  }
}

/** What else was changed between two runs of a scenario: such a change may be the one under test. */
export const scenarioDifferences = (first: RunRecord, second: RunRecord): Difference[] => [
  ...(isDeepStrictEqual(measuredPart(first.scenarioSource), measuredPart(second.scenarioSource))
    ? []
    : [{ what: 'scenario file', first: fileWords(first), second: fileWords(second) }]),
  ...(sharesCpu(first) === sharesCpu(second)
    ? []
    : [{ what: 'CPUs of the generator', first: cpuWords(first), second: cpuWords(second) }]),
]

const fileWords = ({ subject, startedAt }: RunRecord): string =>
  subject === undefined ? `as of ${startedAt}` : `${subject.scenarioSha256.slice(0, 12)} as of ${startedAt}`

const sharesCpu = ({ settings }: RunRecord): boolean => settings.senderCpu === settings.receiverCpu

const cpuWords = (record: RunRecord): string => (sharesCpu(record) ? 'one' : 'two')
