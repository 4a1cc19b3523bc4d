/** Runs a path's own commands: what sets it up, its agents, what tears it down. */
import { setTimeout } from 'node:timers/promises'
import { findPrograms, type ProgramIds } from '../datapath/found-programs.ts'
import type { LoadedProgram } from '../datapath/loader.ts'
import {
  closePlaceStep,
  commandError,
  type CommandPlace,
  endedAgents,
  endedWords,
  lookStep,
  openPlaceStep,
  purposes,
  runStep,
  startStep,
  wordsStep,
} from '../datapath/own-commands.ts'
import { BenchError } from '../host/errors.ts'
import type { ToolFailure } from '../host/tool.ts'
import { hasOwnCommands, type OwnCommand } from '../scenario/commands.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'

/**
 * Sets a path up whose topology is built: its commands one after the other, then its agents until they are ready.
 *
 * @throws BenchError `failed` about the first that fails, with what it said
 */
export async function setUpPath(sandbox: Sandbox, path: ScenarioPath, fileOf: NamespaceFile): Promise<void> {
  if (!hasOwnCommands(path)) return
  const place: CommandPlace = { path: path.name, fileOf }
  await sandbox.run([openPlaceStep(path.name)])
  for (const command of path.setup) await runToItsEnd(sandbox, place, command, purposes.setup(path.name))
  for (const [index, agent] of path.agents.entries())
    await startAgent(sandbox, startStep(place, agent, index), agent, purposes.agent(path.name))
}

async function runToItsEnd(
  sandbox: Sandbox,
  place: CommandPlace,
  command: OwnCommand,
  purpose: string,
): Promise<void> {
  const end = await sandbox.tryStep(runStep(place, command))
  if (end.state === 'done') return
  const words = await sandbox.tryStep(wordsStep(place.path))
  throw errorOf(end, command, purpose, words.stdout)
}

async function startAgent(sandbox: Sandbox, step: Step, agent: OwnCommand, purpose: string): Promise<void> {
  const end = await sandbox.tryStep(step)
  if (end.state !== 'done') throw errorOf(end, agent, purpose)
}

/** @param words what it has said, where that is not in `end` */
function errorOf(end: ToolFailure, command: OwnCommand, purpose: string, words = ''): BenchError {
  const isKilled = end.exitCode === undefined
  const output = [words, end.stdout, isKilled ? '' : end.stderr].join('\n')
  const isStopped = isKilled && end.stderr.includes('stopped by a signal')
  return commandError(purpose, command, { exitCode: end.exitCode, output, isStopped })
}

/** Between two looks for programs that an agent is about to attach. */
const lookEveryMs = 50

/**
 * The programs that a path's own commands attach. Those of an agent that does not say when it is ready are waited for.
 *
 * @param before programs that were at their hooks before the path's commands
 * @throws BenchError `failed` about one that is not there in time
 */
export async function awaitPrograms(
  sandbox: Sandbox,
  path: ScenarioPath,
  fileOf: NamespaceFile,
  before: ProgramIds = [],
): Promise<readonly LoadedProgram[]> {
  const waits = path.agents.filter(({ ready }) => ready === undefined).map(({ limitS }) => limitS)
  const until = performance.now() + 1000 * Math.max(0, ...waits)
  for (;;) {
    const found = await findPrograms(sandbox, path, fileOf, before)
    if (!(found instanceof BenchError)) return found
    const ended = await endedReason(sandbox, path)
    if (ended !== undefined) throw new BenchError(`${found.message}: ${ended}`, { trouble: 'failed' })
    if (performance.now() >= until) throw found
    await setTimeout(lookEveryMs)
  }
}

/** Why a path is none any more: which of its agents has ended, or undefined. */
export async function endedReason(sandbox: Sandbox, path: ScenarioPath): Promise<string | undefined> {
  if (path.agents.length === 0) return undefined
  const { stdout } = await sandbox.tryStep(lookStep(path.name))
  const [first] = endedAgents(stdout)
  const agent = path.agents[first?.index ?? 0]
  return first === undefined || agent === undefined ? undefined : `its agent ${endedWords(agent, first.end)}`
}

/**
 * Tears paths down, and ends whatever their commands have started.
 *
 * @returns why it failed, by path: what they have on the machine goes all the same
 */
export async function tearDownPaths(
  sandbox: Sandbox,
  paths: readonly ScenarioPath[],
  filesOf: (path: string) => NamespaceFile,
): Promise<ReadonlyMap<string, BenchError>> {
  const failures = new Map<string, BenchError>()
  for (const path of paths.filter(hasOwnCommands)) {
    const place: CommandPlace = { path: path.name, fileOf: filesOf(path.name) }
    for (const command of path.teardown)
      await runToItsEnd(sandbox, place, command, purposes.teardown(path.name)).catch((error: unknown) => {
        if (!(error instanceof BenchError)) throw error
        failures.set(path.name, error)
      })
    await sandbox.tryStep(closePlaceStep(path.name))
  }
  return failures
}
