/** A kind of load and metrics that pathbench does not have, and a scenario that uses them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change } from './project-with.ts'

/** Round trips of large packets, by the generator's pattern for round trips. */
const echo = `/** Round trips of packets as large as a frame holds. */
import { z } from 'zod'
import { pingpong } from './pingpong.ts'
import type { UdpLoad } from './udp.ts'

const schema = z.strictObject({
  kind: z.literal('echo').describe('Round trips of full frames.'),
  packets: z.int().min(1).max(1000).default(100),
})

export const echo = {
  ...pingpong,
  kind: 'echo',
  schema,
  words: { ...pingpong.words, whose: "the echo's", ofTrials: 'packets of echo trials', lost: 'packets lost in echo trials' },
  text: (trial) => \`\${trial.packets} full frames, one in flight\`,
  settings: ({ packets }) => ({ packets, payloadBytes: 1472 }),
  order: ({ packets }) => ({ kind: 'pingpong', payloadBytes: 1472, packets }),
  read: (answer) => ({
    ...pingpong.read(answer),
    kind: 'echo',
    histograms: [['echoNs', answer.rttNs]],
  }),
} as const satisfies UdpLoad<z.infer<typeof schema>, z.infer<typeof pingpong.answer>>
`

const echoTime = `/** Round-trip time of full frames. */
import type { Distribution } from './metric.ts'

export const echoTime = {
  name: 'echoNs',
  load: 'echo',
  title: 'round-trip time of a full frame',
  noun: 'full-frame round trip',
  short: 'echo',
  headline: ['p50'],
  isOfInstrument: false,
} as const satisfies Distribution
`

const jitter = `/** How far the delays of a paced load are apart. */
import type { Amount } from './metric.ts'

export const jitter = {
  name: 'jitterNs',
  unit: 'ns',
  better: 'lower',
  load: 'paced',
  headline: true,
  title: 'spread of delays under paced load, from the median to the 99th percentile',
  noun: 'jitter',
  more: 'wider',
  less: 'narrower',
  short: 'jitter',
  of: ({ distributions: { pacedForwardNs } }) =>
    pacedForwardNs === undefined ? undefined : pacedForwardNs.p99 - pacedForwardNs.p50,
} as const satisfies Amount
`

/** A file each, an import and a name in the list beside it. */
const added = (room: string, file: string, text: string, name: string, list: string): Change[] => [
  { file: `src/parts/${room}/${file}.ts`, text },
  {
    file: `src/parts/${room}/${room}.ts`,
    before: 'import ',
    lines: [`import { ${name} } from './${file}.ts'`],
  },
  { file: `src/parts/${room}/${room}.ts`, behind: `const ${list} = [`, insert: `${name}, ` },
]

export const madeUpLoad: readonly Change[] = [
  ...added('loads', 'echo', echo, 'echo', 'parts'),
  ...added('metrics', 'echo-time', echoTime, 'echoTime', 'distributionParts'),
  ...added('metrics', 'jitter', jitter, 'jitter', 'amountParts'),
]

/** Writes `echo.yaml`, and `wrong.yaml` with a kind that there is not. @returns the first */
export function scenarioWithEcho(folder: string): string {
  const text = readFileSync(join(folder, 'scenarios', 'redirect-vs-stack.yaml'), 'utf8')
  const load = (kind: string) => `load:\n  - kind: ${kind}\n  - kind: paced\n`
  const withLoad = (kind: string) => text.replace(/^load:\n( .*\n)+/m, load(kind))
  writeFileSync(join(folder, 'wrong.yaml'), withLoad('ecko'))
  writeFileSync(join(folder, 'echo.yaml'), withLoad('echo'))
  return join(folder, 'echo.yaml')
}
