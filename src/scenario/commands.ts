/** A path's own commands, and the programs that they attach. */
import { dirname } from 'node:path'
import { noNamespace } from '../parts/not-there.ts'
import type { Ready } from './schema/commands.ts'
import type { Program, ScenarioFile, Topology } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** A command that is run in a network namespace of a path. */
export interface OwnCommand {
  readonly namespace: string
  readonly words: readonly [string, ...string[]]
  /** As the file has it. */
  readonly text: string
  /** Where it runs: the folder of the scenario. */
  readonly directory: string
  /** Longest that it may take, s. */
  readonly limitS: number
}

/** A process that runs for as long as the path is up. */
export interface Agent extends OwnCommand {
  readonly ready: Ready | undefined
}

/** A program that a path's own commands attach. */
export type FoundProgram = Pick<Program, 'program' | 'hook' | 'namespace' | 'device' | 'sample'>

/** What a path brings of its own. */
export interface OwnCommands {
  readonly setup: readonly OwnCommand[]
  readonly agents: readonly Agent[]
  readonly teardown: readonly OwnCommand[]
}

type WrittenPath = ScenarioFile['paths'][string]

/** @param file of the scenario */
export function ownCommandsOf({ setup, agent, teardown }: WrittenPath, file: string): OwnCommands {
  const ownCommand = ({ namespace, run, limitS }: WrittenPath['setup'][number]): OwnCommand => ({
    namespace,
    limitS,
    directory: dirname(file),
    words: typeof run === 'string' ? ['sh', '-c', run] : (run as [string, ...string[]]),
    text: [run].flat().join(' '),
  })
  return {
    setup: setup.map(ownCommand),
    agents: agent.map((one) => ({ ...ownCommand(one), ready: one.ready })),
    teardown: teardown.map(ownCommand),
  }
}

export const hasOwnCommands = ({ setup, agents, teardown }: OwnCommands): boolean =>
  setup.length + agents.length + teardown.length > 0

/** What does not hold together: namespaces that are not there, programs that nobody attaches. */
export function checkOwnCommands(path: WrittenPath, { namespaces }: Topology, at: FilePath): Issue[] {
  const known = Object.keys(namespaces)
  const attaches = path.setup.length + path.agent.length > 0
  return [
    ...(['setup', 'agent', 'teardown'] as const).flatMap((key) =>
      path[key].flatMap(({ namespace }, index) =>
        known.includes(namespace)
          ? []
          : [{ path: [...at, key, index, 'namespace'], message: noNamespace(namespace, known) }],
      ),
    ),
    ...path.programs.flatMap(({ object, maps, mapSizes, constants }, index): Issue[] => {
      if (object !== undefined) return []
      const program = [...at, 'programs', index]
      const filled = [
        ...(Object.keys(maps).length > 0 ? ['maps'] : []),
        ...(mapSizes ? ['mapSizes'] : []),
        ...(constants ? ['constants'] : []),
      ]
      return [
        ...(attaches
          ? []
          : [
              {
                path: [...program, 'object'],
                message:
                  'missing: only a program that the path’s own setup or agent attaches has no object here',
              },
            ]),
        ...filled.map((key) => ({
          path: [...program, key],
          message: 'cannot be set: the program is loaded by the path’s own setup or agent',
        })),
      ]
    }),
  ]
}
