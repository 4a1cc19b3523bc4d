/** What README promises to somebody who has just cloned the project, tried on a machine that nobody has used yet. */
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import type { ExecutionContext } from 'ava'
import { inProject } from '../../src/host/project.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { freshBase, type BaseOrder } from './base.ts'
import { cloneInto, endOf, startMachine, user, type Machine } from './machine.ts'
import { readmeCommands } from './readme.ts'

/** Where the clone is: quoting that is forgotten shows at the blank. */
const clone = `/home/${user}/my clones/path bench`

/** `all` is `npm run test:fresh`; otherwise test/run.sh takes the unit tests and one file of each other folder. */
export const isWhole = process.env.FRESH_EXTENT === 'all'

/** Starts the machine with a clone and nothing else, and ends it with the test. */
export async function newMachine(t: ExecutionContext, order: BaseOrder): Promise<Machine> {
  t.timeout(60 * 60 * 1000)
  const base = await freshBase(order)
  if ('missing' in base) throw new Error(`Could not make a fresh ${order.suite}: ${base.missing}`)
  const logFile = inProject('build', `fresh-${order.suite}.log`)
  mkdirSync(inProject('build'), { recursive: true })
  rmSync(logFile, { force: true })
  const environment = isWhole ? {} : { TEST_EXTENT: 'sample' }
  const machine = await startMachine({ base: base.folder, logFile, environment })
  t.teardown(machine.close)
  await cloneInto(machine, inProject(), clone)
  return machine
}

/** README's first command: it ends well, with a record and its report, which belong to the user. */
export async function mainJobReports(t: ExecutionContext, machine: Machine): Promise<void> {
  const ended = await machine.run(readmeCommands().run, clone)
  t.is(ended.exitCode, 0, endOf(ended))

  const [runId] = readdirSync(machine.inside(clone, 'results', 'redirect-vs-stack')).filter((name) =>
    /^\d/.test(name),
  )
  const recordFile = machine.inside(clone, 'results', 'redirect-vs-stack', runId!, 'run.json')
  const record = JSON.parse(readFileSync(recordFile, 'utf8')) as RunRecord
  // Not all of its rounds, where others have the machine meanwhile.
  t.true(record.blocks.some(({ warmup }) => !warmup))
  t.deepEqual(
    record.paths.map(({ name, status }) => `${name} ${status}`),
    ['stack measured', 'redirect measured', 'control measured', 'floor measured'],
    endOf(ended),
  )
  const report = machine.inside(clone, 'reports', 'redirect-vs-stack', `${runId}.html`)
  t.regex(readFileSync(report, 'utf8'), /^<!doctype html>/i)
  const owner = statSync(machine.inside('home', user)).uid
  t.is(statSync(recordFile).uid, owner)
  t.is(statSync(report).uid, owner)
}

/** README's second command: the tests pass, and none is skipped. */
export async function testsPass(t: ExecutionContext, machine: Machine): Promise<void> {
  const ended = await machine.run(readmeCommands().test, clone)
  t.is(ended.exitCode, 0, endOf(ended))
  const lastLine = ended.output.trimEnd().split('\n').at(-1) ?? ''
  t.regex(lastLine, /^\d+ passed, 0 failed, 0 skipped$/)
  t.log(lastLine)
}
