/** redirect-vs-stack with a program of a user's own, `mine.bpf.c` beside it, as it is and slowed down. */
import { readFileSync } from 'node:fs'
import { inProject } from './bench-command.ts'
import { type Change, changedText } from './own-scenario.ts'

/** The program as it is. */
export const source = readFileSync(inProject('bpf', 'redirect.bpf.c'), 'utf8')

/** The program, and before every packet a loop that takes longer than all the rest of a packet's way. */
export const slowSource = source.replace(
  'void *data = (void *)(long)skb->data;',
  `__u32 turn;

	for (turn = 0; turn < 1000; turn++)
		bpf_ktime_get_ns();
	void *data = (void *)(long)skb->data;`,
)

/** Only floods, that take milliseconds. */
const changes: readonly Change[] = [
  [['load'], [{ kind: 'flood', packets: 100 }]],
  [['paths', 'redirect', 'programs', 0, 'object'], 'mine.bpf.c'],
]

/** The scenario's text. */
export const ownProgramScenario = (more: readonly Change[] = []): string =>
  changedText('redirect-vs-stack', [...changes, ...more])
