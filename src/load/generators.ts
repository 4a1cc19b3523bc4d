/** Several generators as one: each path's sockets are at one of them, and trials keep their order. */
import { stretchesOf } from '../host/stretches.ts'
import type { Generator } from './generator.ts'
import type { TrialAnswer } from './answers.ts'

/**
 * @param generators at least one; what is of no path is asked of the first
 * @param generatorOf the place in the list of a path's
 */
export function generatorsOf(
  generators: readonly Generator[],
  generatorOf: (path: string) => number,
): Generator {
  const [first] = generators
  if (first === undefined) throw new Error('no generator')
  if (generators.length === 1) return first
  const at = (path: string): Generator => generators[generatorOf(path)] ?? first
  const eachInTurn = async (ask: (generator: Generator) => Promise<void>): Promise<void> => {
    for (const generator of generators) await ask(generator)
  }
  return {
    ...first,
    at,
    isMemoryLocked: generators.every(({ isMemoryLocked }) => isMemoryLocked),
    open: async (paths, placement, liveFrames) => {
      await eachInTurn(async (generator) => {
        const own = paths.filter(({ name }) => at(name) === generator)
        await (own.length === 0 ? generator.close() : generator.open(own, placement, liveFrames))
      })
    },
    runBlock: async (trials) => {
      const answers: TrialAnswer[] = []
      for (const stretch of stretchesOf(trials, ({ path }) => at(path)))
        answers.push(...(await at(stretch[0]!.path).runBlock(stretch)))
      return answers
    },
    connect: async (path, timeoutNs) => await at(path).connect(path, timeoutNs),
    disconnect: async (path) => {
      await at(path).disconnect(path)
    },
    countProgramRuns: async (isEnabled) => {
      await eachInTurn((generator) => generator.countProgramRuns(isEnabled))
    },
    drain: async () => (await Promise.all(generators.map((generator) => generator.drain()))).flat(),
    close: async () => {
      await eachInTurn((generator) => generator.close())
    },
    stop: async () => {
      await eachInTurn((generator) => generator.stop())
    },
  }
}
