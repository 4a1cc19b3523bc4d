/** A path's own commands as steps for the sandbox, and their failures in words. Pure; sandbox/commands.sh runs them. */
import { dirname } from 'node:path'
import { builtProgram } from '../host/built.ts'
import { BenchError } from '../host/errors.ts'
import { inProject } from '../host/project.ts'
import type { Agent, OwnCommand } from '../scenario/commands.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { sandboxFolders } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'

/** Where commands are run. */
export interface CommandPlace {
  /** The path's name. */
  readonly path: string
  readonly fileOf: NamespaceFile
}

/** How long what surrounds a command may take beside it, s. */
const besideS = 10

/** With which `start` ends where an agent was not ready in time, as timeout(1) does. */
const notReady = 124
/** And where one has ended well before it was. */
const endedEarly = 125

const folderOf = (path: string): string => `${sandboxFolders.commands}/${path}`

const scriptStep = (words: readonly string[], what: string): Step => ({
  command: ['sh', inProject('sandbox', 'commands.sh'), builtProgram('show-devices'), ...words],
  what,
})

/** Makes a place in which all that a path's commands start dies with it. */
export const openPlaceStep = (path: string): Step =>
  scriptStep(['open', folderOf(path)], `make a place for the commands of path "${path}"`)

/** Ends what is left of what they started. */
export const closePlaceStep = (path: string): Step =>
  scriptStep(['close', folderOf(path)], `end the commands of path "${path}"`)

export const runStep = (place: CommandPlace, { directory, words, ...own }: OwnCommand): Step => ({
  ...commandStep(place, own, ['run', folderOf(place.path), directory, ...words]),
  limitS: own.limitS,
})

/** Tells what the command that was run last has said. */
export const wordsStep = (path: string): Step =>
  scriptStep(['words', folderOf(path)], `read what a command of path "${path}" has said`)

/** @param index of the agent among those of its path */
export const startStep = (place: CommandPlace, agent: Agent, index: number): Step => ({
  ...commandStep(place, agent, [
    ...['start', folderOf(place.path), String(index), String(Math.ceil(agent.limitS))],
    ...readyWords(agent),
    ...[agent.directory, ...agent.words],
  ]),
  limitS: agent.limitS + besideS,
})

/** Tells which agents have ended: what it writes is for `endedAgents`. */
export const lookStep = (path: string): Step =>
  scriptStep(['ended', folderOf(path)], `look after the agents of path "${path}"`)

function commandStep(
  { path, fileOf }: CommandPlace,
  { namespace, text }: Pick<OwnCommand, 'namespace' | 'text'>,
  words: readonly string[],
): Step {
  const step = scriptStep(words, `run "${inBrief(text)}" in ${namespace} of path "${path}"`)
  const environment = [
    `PATHBENCH_PATH=${path}`,
    `PATHBENCH_NETNS_PREFIX=${fileOf('')}`,
    // Where its own programs are, routers in user space among them (forward/).
    `PATHBENCH_PROGRAMS=${dirname(builtProgram('forward-tun'))}`,
  ]
  return { ...step, command: ['env', ...environment, ...step.command], namespaceFile: fileOf(namespace) }
}

function readyWords({ ready }: Agent): [kind: string, word: string] {
  if (ready === undefined) return ['started', '']
  if ('output' in ready) return ['output', ready.output]
  return 'file' in ready ? ['file', ready.file] : ['map', ready.map]
}

/** What a command is for: completes `Could not …`. */
export const purposes = {
  setup: (path: string) => `set up path "${path}"`,
  agent: (path: string) => `start an agent of path "${path}"`,
  teardown: (path: string) => `tear path "${path}" down`,
} as const

/** How a command ended, as far as its words depend on it. */
export interface CommandEnd {
  /** Undefined where it was killed, for taking too long or standing still. */
  readonly exitCode: number | undefined
  readonly output: string
  /** Whether a signal had stopped it. */
  readonly isStopped?: boolean
}

/** The error for a command that failed. */
export function commandError(
  purpose: string,
  command: Pick<OwnCommand, 'text' | 'namespace' | 'limitS'>,
  end: CommandEnd,
): BenchError {
  return new BenchError(`Could not ${purpose}: ${endedWords(command, end)}`, {
    trouble: 'failed',
    details: end.output.trimEnd(),
  })
}

/** `"./load.sh" in netns-2 ended with 1: no such device`. */
export function endedWords(
  { text, namespace, limitS }: Pick<OwnCommand, 'text' | 'namespace' | 'limitS'>,
  { exitCode, output, isStopped = false }: CommandEnd,
): string {
  const how = isStopped ? 'was stopped by a signal, and did not go on' : howEnded(exitCode, limitS)
  const said = lastWords(output)
  return `"${inBrief(text)}" in ${namespace} ${how}${said === '' ? ', and said nothing' : `: ${said}`}`
}

/** So much of a command, which may be a whole script, tells which it is. */
const mostOfCommand = 80

function inBrief(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, '; ')
  return line.length > mostOfCommand ? `${line.slice(0, mostOfCommand - 1)}…` : line
}

function howEnded(exitCode: number | undefined, limitS: number): string {
  if (exitCode === undefined) return `did not end within ${limitS} s`
  if (exitCode === notReady) return `was not ready within ${limitS} s`
  return exitCode === endedEarly ? 'ended before it was ready' : `ended with ${exitCode}`
}

/** So many of the last lines are told where there is room for a line, and so many characters of each. */
const toldLines = 3
const toldCharacters = 400

const lastWords = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-toldLines)
    .map((line) => (line.length > toldCharacters ? `…${line.slice(-toldCharacters)}` : line))
    .join('; ')

/** An agent that has ended though it should not. */
export interface EndedAgent {
  /** Its place among those of its path. */
  readonly index: number
  readonly end: CommandEnd
}

/** From what `lookStep` wrote: a line with place and exit code, then its last words, each after a blank. */
export function endedAgents(answer: string): EndedAgent[] {
  const blocks = answer.split(/^(?=\d)/m).filter((block) => block.trim() !== '')
  return blocks.map((block) => {
    const [head = '', ...said] = block.split('\n')
    const [index, exitCode] = head.split(' ').map(Number)
    return {
      index: index ?? 0,
      end: { exitCode: exitCode ?? 0, output: said.map((line) => line.slice(1)).join('\n') },
    }
  })
}
