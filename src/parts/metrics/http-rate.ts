/** HTTP requests answered per second. */
import type { Amount } from './metric.ts'

export const httpRate = {
  name: 'httpRps',
  unit: 'rps',
  better: 'higher',
  load: 'http',
  headline: true,
  title: 'HTTP requests answered per second',
  noun: 'HTTP requests per second',
  does: { verb: 'answers', what: 'HTTP requests per second' },
  more: 'higher',
  less: 'lower',
  short: 'HTTP req/s',
  // By h2load's own clock, from its start to the last answer.
  of: ({ reported }) => (Number(reported.httpRps) > 0 ? reported.httpRps : undefined),
} as const satisfies Amount
