/** What was measured, on what, and how noisy it was there: in a few words each, for a first look. */
import { commitWords } from '../../across/identity.ts'
import { otherEngineOf } from '../../record/engine.ts'
import { otherSinkOf } from '../../record/sink.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { RunRecord } from '../../record/record.ts'
import { farthestFromOne } from '../../stats/verdict.ts'
import { formatCount } from '../../words/numbers.ts'
import { payloadWords } from '../../words/payload-words.ts'
import { wallTime } from '../../words/wall-time.ts'
import { headlineComparisonsOf, measuredPaths } from './selection.ts'

export interface SubjectWords {
  readonly cpu: string
  /** `UDP 64 B`, `IPv6, UDP 64 B by gso`; none where only HTTP over IPv4 was measured. */
  readonly payload: string | undefined
  /** `12 rounds in 22 s`. */
  readonly effort: string
  /** None where the record knows no repository. */
  readonly commit: string | undefined
}

export function subjectWordsOf(record: RunRecord): SubjectWords {
  const { environment, settings, subject } = record
  return {
    cpu: environment.cpuModel
      .replaceAll(/\((R|TM|C)\)|\bCPU\b|@.*|Processor/gi, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    payload: loadWords(settings),
    effort: `${formatCount(settings.rounds)} ${settings.rounds === 1 ? 'round' : 'rounds'} in ${wallTime(record)}`,
    commit: subject?.git ? commitWords(record) : undefined,
  }
}

function loadWords(settings: RunRecord['settings']): string | undefined {
  const { family } = settings
  const payload = payloadWords(settings)
  const [engine, sink] = [otherEngineOf({ settings }), otherSinkOf({ settings })]
  const words = [
    ...(family === undefined ? [] : [`IPv${family}`]),
    ...(payload === undefined
      ? []
      : [
          `UDP ${payload} B${engine === undefined ? '' : `, floods by ${engine}`}${sink === undefined ? '' : `, sink ${sink}`}`,
        ]),
  ]
  return words.length === 0 ? undefined : words.join(', ')
}

/** How far off 1 each headline metric of a control may be: `±0.65 % packets/s`; none where it has no interval. */
export const noiseWords = (record: RunRecord, control: string): string[] =>
  headlineComparisonsOf(record, control).flatMap(({ ratio, metric }) => {
    const noise = farthestFromOne(ratio)
    return Number.isFinite(noise) ? [`±${twoDigits(noise * 100)} % ${shortNoun(metric)}`] : []
  })

const twoDigits = (percent: number): string =>
  percent < 100 ? percent.toPrecision(2) : formatCount(Math.round(percent))

/** What the report says below its first finding: on what, which version, how noisy. */
export function firstFacts(record: RunRecord): string[] {
  const { cpu, payload, effort, commit } = subjectWordsOf(record)
  const versions = [...(commit === undefined ? [] : [`commit ${commit}`]), ...tagWords(record)]
  const noise = measuredPaths(record, 'control').flatMap(({ name }) => noiseWords(record, name))
  return [
    [...(payload === undefined ? [] : [payload]), effort, cpu].join(' · '),
    ...(versions.length === 0 ? [] : [versions.join(' · ')]),
    ...(noise.length === 0 ? [] : [`Noise, by the control: ${noise.join(', ')}`]),
  ]
}

/** So many programs are told with their tags; the others stand under Environment. */
const mostTags = 3

/** `redirect (tag 0123456789abcdef)`: a program, and the kernel's digest of its instructions. */
function tagWords({ paths }: RunRecord): string[] {
  const programs = paths
    .filter(({ role }) => role === 'candidate')
    .flatMap((path) => path.programs)
    .flatMap(({ program, tag }) => (tag === undefined ? [] : [`${program} (tag ${tag})`]))
  const told = [...new Set(programs)]
  return told.length <= mostTags
    ? told
    : [...told.slice(0, mostTags), `${told.length - mostTags} more programs`]
}
