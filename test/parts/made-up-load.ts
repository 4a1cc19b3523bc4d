/** A kind of load and metrics that pathbench does not have, and a scenario that uses them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change } from './project-with.ts'

/** Round trips of large packets, by the generator's pattern for round trips. */
const imagined = `/** Round trips of packets as large as a frame holds. */
import { z } from 'zod'
import { pingpong } from './pingpong.ts'
import type { UdpLoad } from './udp.ts'

const schema = z.strictObject({
  kind: z.literal('imagined').describe('Round trips of full frames.'),
  packets: z.int().min(1).max(1000).default(100),
})

export const imagined = {
  ...pingpong,
  kind: 'imagined',
  schema,
  words: { ...pingpong.words, whose: "the imagined load's", ofTrials: 'packets of imagined trials', lost: 'packets lost in imagined trials' },
  text: (trial) => \`\${trial.packets} full frames, one in flight\`,
  settings: ({ packets }) => ({ packets, payloadBytes: 1472 }),
  order: ({ packets }) => ({ kind: 'pingpong', payloadBytes: 1472, packets }),
  read: (answer) => ({
    ...pingpong.read(answer),
    kind: 'imagined',
    histograms: [['imaginedNs', answer.rttNs]],
  }),
} as const satisfies UdpLoad<z.infer<typeof schema>, z.infer<typeof pingpong.answer>>
`

const imaginedTime = `/** Round-trip time of full frames. */
import type { Distribution } from './metric.ts'

export const imaginedTime = {
  name: 'imaginedNs',
  load: 'imagined',
  title: 'round-trip time of a full frame',
  noun: 'full-frame round trip',
  short: 'imagined',
  headline: ['p50'],
  isOfInstrument: false,
} as const satisfies Distribution
`

const imaginedSpread = `/** How far the delays of a paced load are apart. */
import type { Amount } from './metric.ts'

export const imaginedSpread = {
  name: 'imaginedSpreadNs',
  unit: 'ns',
  better: 'lower',
  load: 'paced',
  headline: true,
  title: 'spread of delays under paced load, from the median to the 99th percentile',
  noun: 'imagined spread',
  more: 'wider',
  less: 'narrower',
  short: 'imagined spread',
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
  ...added('loads', 'imagined', imagined, 'imagined', 'parts'),
  ...added('metrics', 'imagined-time', imaginedTime, 'imaginedTime', 'distributionParts'),
  ...added('metrics', 'imagined-spread', imaginedSpread, 'imaginedSpread', 'amountParts'),
]

/** Writes `imagined.yaml`, and `wrong.yaml` with a kind that there is not. @returns the first */
export function imaginedScenario(folder: string): string {
  const text = readFileSync(join(folder, 'scenarios', 'redirect-vs-stack.yaml'), 'utf8')
  const load = (kind: string) => `load:\n  - kind: ${kind}\n  - kind: paced\n`
  const withLoad = (kind: string) => text.replace(/^load:\n( .*\n)+/m, load(kind))
  writeFileSync(join(folder, 'wrong.yaml'), withLoad('imagned'))
  writeFileSync(join(folder, 'imagined.yaml'), withLoad('imagined'))
  return join(folder, 'imagined.yaml')
}
