/** The limits that a run is held to. */
import type { Section } from './section.ts'

export const gateSections: readonly Section[] = [
  {
    title: 'gates',
    level: 2,
    at: ['gates'],
    words:
      'A list of lines: `valid`, `regression <= 3%` against a kept run, or PATH.METRIC, with `.ratio` for its ratio to the baseline, and a limit. docs/metrics.md lists the metrics.',
    example: `gates:
  - valid
  - my-path.throughputPps.ratio >= 1.02
  - my-path.rttNs.p99 <= 80us
`,
  },
]
