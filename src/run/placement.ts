/** Which CPUs a run's load is driven on, and what of that a reader has to know. */
import { chooseCpus, parseCpuChoice, readCpuTopology } from '../host/cpus.ts'
import type { GeneratorPlacement } from '../load/generator.ts'
import type { RunRecord } from '../record/record.ts'
import type { RunOptions } from './settings.ts'

/** @param cpus as --cpus has it */
export function placementOf(
  { receiver }: Pick<RunOptions, 'receiver'>,
  cpus: string | undefined,
): GeneratorPlacement {
  const topology = readCpuTopology()
  const choice = cpus === undefined ? chooseCpus(topology) : parseCpuChoice(cpus, topology.allowed)
  return { ...choice, receiver: choice.senderCpu === choice.receiverCpu ? 'blocking' : receiver }
}

/** What of the placement, and of the generator's memory, moves results. */
export function setupWarnings(
  { senderCpu, receiverCpu }: GeneratorPlacement,
  isMemoryLocked: boolean,
): RunRecord['warnings'] {
  return [
    ...(senderCpu === receiverCpu
      ? [
          {
            code: 'one-cpu',
            message: `sender and receiver share CPU ${senderCpu}: receivers block, and every latency holds a wake-up and a context switch; two CPUs would take them out`,
          },
        ]
      : []),
    ...(isMemoryLocked
      ? []
      : [
          {
            code: 'memory-not-locked',
            message:
              'the generator could not lock its memory: page faults may fall into trials; raise `ulimit -l`',
          },
        ]),
  ]
}
