/** Carries out the composite action as a runner of GitHub does, but for the actions of others that it uses. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { projectFolder } from '../../src/host/project.ts'
import { type Context, evaluate, interpolate, isTrue } from './expression.ts'
import { readAction, type Step } from './read-action.ts'

export interface Job {
  /** The checked-out repository. */
  readonly workspace: string
  /** A folder for the runner's own files. */
  readonly temporary: string
  readonly inputs: Readonly<Record<string, string>>
  /** What set the workflow off. */
  readonly event?: Context
  /** Searched before PATH. */
  readonly tools?: string
}

export interface JobResult {
  readonly isFailed: boolean
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
  /** What other people's actions were called with, by their name without a version. */
  readonly used: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Names of the steps that ran. */
  readonly steps: readonly string[]
}

interface StepState {
  readonly outputs: Readonly<Record<string, string>>
  readonly outcome: 'success' | 'failure' | 'skipped'
}

/** Runs all steps in their order; one that fails leaves those that are to run always. */
export async function runAction({
  workspace,
  temporary,
  inputs,
  event = {},
  tools,
}: Job): Promise<JobResult> {
  const action = readAction()
  mkdirSync(temporary, { recursive: true })
  const summaryFile = join(temporary, 'summary')
  writeFileSync(summaryFile, '')
  const steps: Record<string, StepState> = {}
  const context = (): Context => ({
    inputs: {
      ...Object.fromEntries(
        Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']),
      ),
      ...inputs,
    },
    github: { event },
    steps,
  })
  const used: Record<string, Record<string, string>> = {}
  const ran: string[] = []
  let isFailed = false
  let log = ''
  for (const [index, step] of action.runs.steps.entries()) {
    const condition = step.if ?? ''
    const mayRun = !isFailed || condition.includes('always()')
    if (!mayRun || (condition !== '' && !isTrue(evaluate(condition, context())))) {
      if (step.id !== undefined) steps[step.id] = { outputs: {}, outcome: 'skipped' }
      continue
    }
    ran.push(step.name)
    if (step.uses !== undefined) {
      used[step.uses.replace(/@.*/, '')] = interpolated(step.with ?? {}, context())
      continue
    }
    const outputFile = join(temporary, `output-${index}`)
    writeFileSync(outputFile, '')
    const { exitCode, all } = await runScript(step, {
      workspace,
      environment: {
        ...interpolated(step.env, context()),
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: projectFolder,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
        RUNNER_TEMP: temporary,
        HOME: process.env.HOME ?? '/root',
        PATH: `${tools === undefined ? '' : `${tools}:`}${process.env.PATH ?? ''}`,
      },
    })
    log += all
    if (exitCode !== 0) isFailed = true
    if (step.id !== undefined)
      steps[step.id] = { outputs: outputsIn(outputFile), outcome: exitCode === 0 ? 'success' : 'failure' }
  }
  return {
    isFailed,
    log,
    summary: readFileSync(summaryFile, 'utf8'),
    outputs: interpolated(
      Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value])),
      context(),
    ),
    used,
    steps: ran,
  }
}

/** `sh -e`, as the runner calls it for `shell: sh`. */
async function runScript(
  { run = '', shell }: Step,
  { workspace, environment }: { workspace: string; environment: Record<string, string> },
) {
  if (shell !== 'sh') throw new Error(`what is shell ${shell ?? '?'}`)
  const { exitCode, all } = await execa('sh', ['-e', '-c', run], {
    cwd: workspace,
    env: environment,
    extendEnv: false,
    reject: false,
    all: true,
    stripFinalNewline: false,
  })
  return { exitCode, all }
}

const interpolated = (texts: Readonly<Record<string, string>>, context: Context): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, interpolate(text, context)]))

const outputsIn = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
