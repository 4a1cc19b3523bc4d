import type { Generator } from './generator.ts'
import type { PathPlan } from './topologies.ts'

/** How a receiver waits, and the CPUs that this way is tested on. */
export const receivers = {
  spinning: { receiver: 'spinning', senderCpu: 0, receiverCpu: 1 },
  blocking: { receiver: 'blocking', senderCpu: 0, receiverCpu: 1 },
  'blocking on the same CPU': { receiver: 'blocking', senderCpu: 0, receiverCpu: 0 },
} as const

export type Receiver = keyof typeof receivers

/** The command that opens these paths. */
export const openCommand = (paths: readonly PathPlan[], receiver: Receiver = 'spinning'): object => ({
  command: 'open',
  ...receivers[receiver],
  paths,
})

/** Opens one path; throws if it could not be. */
export const openPath = async (generator: Generator, path: PathPlan, receiver?: Receiver): Promise<void> => {
  const answer = await generator.ask(openCommand([path], receiver))
  if (answer.event !== 'opened') throw new Error(answer.message)
}
