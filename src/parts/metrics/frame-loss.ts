/** Frame loss of a flood (RFC 2544, 26.3). */
import type { Amount } from './metric.ts'

export const frameLoss = {
  name: 'lossRatio',
  unit: 'ratio',
  better: 'lower',
  load: 'flood',
  headline: false,
  title: 'frame loss, lost / accepted packets',
  noun: 'frame loss',
  more: 'higher',
  less: 'lower',
  short: 'frame loss',
  of: ({ sent, lost }) => (sent > 0 ? lost / sent : undefined),
} as const satisfies Amount
