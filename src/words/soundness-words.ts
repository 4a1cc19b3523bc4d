/** Why a path has no verdict, in words. */
import { metricWords } from '../record/metric-words.ts'
import type { PathRecord, RunRecord } from '../record/record.ts'
import { type Soundness, soundnessOf } from '../record/soundness.ts'
import { listed, sentWords } from './delivery-words.ts'

const withoutStop = (text: string): string => text.replace(/\.$/, '')

const lackWords = ({ undelivered, metrics }: Extract<Soundness, { state: 'lacking' }>): string =>
  [
    ...(undelivered.length === 0 ? [] : [`delivered none of ${listed(undelivered.map(sentWords))}`]),
    ...(metrics.length === 0
      ? []
      : [`lacks what other paths have: ${listed(metrics.map((metric) => metricWords(metric).noun))}`]),
  ].join(', and ')

/** `is invalid and gets no verdict: <reason>`, for after the path's name; undefined where nothing is wrong with it. No full stop. */
export const soundnessWords = (record: RunRecord, path: PathRecord): string | undefined => {
  const soundness = soundnessOf(record, path)
  switch (soundness.state) {
    case 'sound':
      return undefined
    case 'lacking':
      return lackWords(soundness)
    case 'invalid':
      return `is invalid and gets no verdict${soundness.reason === undefined ? '' : `: ${withoutStop(soundness.reason)}`}`
    case 'skipped':
      return `was skipped${soundness.reason === undefined ? '' : `: ${withoutStop(soundness.reason)}`}`
  }
}
