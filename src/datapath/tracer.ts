/** Follows packets of the generator's through the kernel, by `bpfload trace`. */
import { builtObject } from '../host/built.ts'
import { converse } from '../host/conversation.ts'
import { BenchError } from '../host/errors.ts'
import { namespacePlace, type Sandbox } from '../topology/sandbox.ts'
import { type TraceEvent, type TracerAnswer, tracerAnswerSchema } from '../trace/event.ts'
import { loaderCommand } from './loader.ts'

/** Sets of probes: all, those of system calls alone, and all but these. */
export type Probes = 'all' | 'calls' | 'rest'

export interface Tracer {
  /** Programs of stations that this kernel has, and of those that it has not. */
  readonly stations: readonly string[]
  readonly missing: readonly string[]
  /** The numbers of the namespaces, in their order. */
  readonly inodes: readonly number[]
  /** Programs that the kernel lets nobody look at, by their place in the order, and why. */
  readonly refused: ReadonlyMap<number, string>
  /** Puts probes in place. Only while all are there is it known which packets they see. */
  readonly attach: (which: Probes) => Promise<void>
  /** Takes them away, and what they saw that was not taken. */
  readonly detach: () => Promise<void>
  /** What was seen since the last time, and how many events found no room since the beginning. */
  readonly take: () => Promise<{ readonly events: readonly TraceEvent[]; readonly lost: number }>
  /** Ends it, and takes all away. */
  readonly end: () => Promise<void>
}

/**
 * Starts following packets in namespaces; nothing is seen until probes are attached.
 *
 * @param files of the namespaces, as the sandbox has them
 * @param pins of programs that the packets are seen in
 * @param eventsMax so many are kept until they are taken
 * @throws BenchError `machine` if this kernel cannot
 */
export async function startTracer(
  sandbox: Sandbox,
  files: readonly string[],
  pins: readonly string[],
  eventsMax: number,
): Promise<Tracer> {
  const loader = converse('bpfload', sandbox.enter([...loaderCommand, 'trace']))
  const hear = async <Key extends string>(key: Key) => {
    const answer = tracerAnswerSchema.parse(await loader.hear('trace packets'))
    if (has(answer, key)) return answer
    throw new BenchError(
      `Could not trace packets: ${'error' in answer ? answer.error : 'the loader gave no answer'}`,
      {
        trouble: 'machine',
        details: 'messages' in answer ? lastLines(answer.messages ?? '') : '',
        hint: 'tracing takes Linux 5.8 or newer with CONFIG_DEBUG_INFO_BTF; `bench run` needs neither',
      },
    )
  }
  const ask = async <Key extends string>(order: object, key: Key) => {
    loader.tell(order)
    return await hear(key)
  }
  loader.tell({
    object: builtObject('trace.bpf.o'),
    programObject: builtObject('trace-program.bpf.o'),
    programs: pins,
    namespaces: files.map((file) => namespacePlace(file)),
    eventsMax,
  })
  try {
    const { stations, missing, namespaces, refused } = await hear('stations')
    return {
      ...{ stations, missing, inodes: namespaces, refused: new Map(refused) },
      attach: async (attach) => {
        await ask({ attach }, 'attached')
      },
      detach: async () => {
        await ask({ detach: true }, 'detached')
      },
      take: async () => await ask({ take: true }, 'events'),
      end: loader.end,
    }
  } catch (error) {
    await loader.end()
    throw error
  }
}

/** A verifier's reason is among its last words. */
const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-8).join('\n')

const has = <Key extends string>(
  answer: TracerAnswer,
  key: Key,
): answer is Extract<TracerAnswer, Record<Key, unknown>> => key in answer
