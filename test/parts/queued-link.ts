/** A kind of link that pathbench does not have, as CONTRIBUTING.md tells to add one: a file, and a line in the list. */
import type { Change } from './project-with.ts'

const source = `/** A veth pair whose queues are as long as the scenario says. */
import { veth } from '../needs/veth.ts'
import { whole } from '../words.ts'
import type { LinkKind, TwoEnds } from './link.ts'

const shape = {
  queueFrames: whole('1 to 10000 frames', 1, 10_000).describe('How many frames wait at most.'),
  queues: whole('1 to 8 queues', 1, 8).default(2),
}

export const queued: LinkKind<typeof shape, TwoEnds> = {
  name: 'queued',
  words: 'A veth pair with queues to choose.',
  need: veth,
  endCount: 2,
  shape,
  createLines({ ends: [one, other], queueFrames, queues }, fileOf) {
    const end = ({ device, namespace }: typeof one): string =>
      \`\${device} txqueuelen \${queueFrames} numtxqueues \${queues} netns \${fileOf(namespace)}\`
    return [{ line: \`link add name \${end(one)} type veth peer name \${end(other)}\` }]
  },
}
`

export const queuedLink: readonly Change[] = [
  { file: 'src/parts/links/queued.ts', text: source },
  {
    file: 'src/parts/links/links.ts',
    before: "from './veth.ts'",
    lines: ["import { queued } from './queued.ts'"],
  },
  { file: 'src/parts/links/links.ts', before: '  veth,', lines: ['  queued,'] },
]
