/** Commands of a path's own: what sets it up, agents that run for as long as it is up, what ends it. */
import { z } from 'zod'
import { plainName } from '../../parts/words.ts'

const words = 'a command: a line for sh, or a list of words'
const run = z
  .union([z.string().min(1, words), z.array(z.string().min(1, words)).min(1, words)], { error: words })
  .describe('The command: a text that sh runs, or a list of words. It runs in the folder of the scenario.')

const longestS = 'seconds, above 0 and at most 600'
const limitS = z
  .number(longestS)
  .positive(longestS)
  .max(600, longestS)
  .default(30)
  .describe('Longest that it may take, s: an agent, to be ready.')

const command = {
  namespace: plainName.describe('The network namespace that it runs in.'),
  run,
  limitS,
}

const text = z.string().min(1, 'a text')
const ready = z
  .union(
    [
      z.strictObject({ output: text.describe('A part of a line of its output.') }),
      z.strictObject({ file: z.string().regex(/^\//, 'an absolute path').describe('A file that is there.') }),
      z.strictObject({ map: text.describe('The name of a map or program pinned below /sys/fs/bpf.') }),
    ],
    { error: 'one of output, file or map' },
  )
  .describe('When the agent is ready; without it, once the programs that it is to attach are found.')

const agent = z.strictObject({ ...command, ready: ready.optional() })

const several = z.array(z.strictObject(command)).default([])

export const commandShapes = {
  setup: several.describe('Commands that set the path up, in their order, after its topology is built.'),
  agent: z
    .union([agent, z.array(agent)], { error: 'an agent, or a list of agents' })
    .default([])
    .transform((agents) => [agents].flat())
    .describe('A process, or several, that runs for as long as the path is up: a loader, a control plane.'),
  teardown: several.describe('Commands that are run before the path is taken away.'),
}

export type Ready = z.infer<typeof ready>
