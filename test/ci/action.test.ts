/** action.yml and its scripts against each other. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { namesIn } from './expression.ts'
import { readAction, type Step } from './read-action.ts'

const action = readAction()
const { steps } = action.runs
const scriptFolder = inProject('src', 'ci', 'action')
const scripts = readdirSync(scriptFolder).filter((file) => file.endsWith('.sh'))

/** The script that a step runs. */
const scriptOf = ({ run = '' }: Step): string | undefined =>
  /^sh "\$GITHUB_ACTION_PATH\/(src\/ci\/action\/[a-z-]+\.sh)"$/.exec(run)?.[1]

/** A script with those that it sources. */
function textOf(script: string): string {
  const text = readFileSync(inProject(script), 'utf8')
  const sourced = [...text.matchAll(/^# shellcheck source=(\S+)$/gm)].map(([, file]) => textOf(file!))
  return [text, ...sourced].join('\n')
}

const running = steps.filter(({ run }) => run !== undefined)

const namesOf = (step: Step): string[] => [
  ...namesIn(step.if ?? '', true),
  ...Object.values({ ...step.env, ...step.with }).flatMap((text) => namesIn(text)),
]

test('a step runs a script that is there, under a shell, or the action of another at a version', (t) => {
  for (const step of steps) {
    const script = scriptOf(step)
    if (step.uses === undefined) {
      t.is(step.shell, 'sh', step.name)
      t.true(script !== undefined && existsSync(inProject(script)), step.run)
    } else t.regex(step.uses, /^[\w-]+\/[\w-]+@v\d+$/)
  }
})

test('every expression names an input, an output of an earlier step, or what GitHub gives', (t) => {
  const outputsOf = new Map<string, readonly string[]>()
  const known = (name: string): boolean => {
    const [context, id = '', ...rest] = name.split('.')
    if (context === 'inputs') return id in action.inputs && rest.length === 0
    if (context === 'steps')
      return rest[0] === 'outcome' ? outputsOf.has(id) : outputsOf.get(id)?.includes(rest[1] ?? '') === true
    return /^github\.event\.(pull_request\.(base|head)\.sha|merge_group\.base_sha|before)$/.test(name)
  }
  for (const step of steps) {
    for (const name of namesOf(step)) t.true(known(name), `${step.name}: ${name}`)
    const text = textOf(scriptOf(step) ?? 'src/ci/action/workflow.sh')
    if (step.id !== undefined)
      outputsOf.set(
        step.id,
        [...text.matchAll(/^[^#\n]*\boutput ([a-z-]+) /gm)].map(([, name]) => name!),
      )
  }
  for (const [name, { value }] of Object.entries(action.outputs)) t.true(namesIn(value).every(known), name)
})

test('every input is used', (t) => {
  const used = new Set(steps.flatMap(namesOf))
  t.deepEqual(
    Object.keys(action.inputs).filter((name) => !used.has(`inputs.${name}`)),
    [],
  )
})

test('a script reads what its step sets, and every input reaches it through the environment', (t) => {
  for (const step of running) {
    const text = textOf(scriptOf(step) ?? '')
    const read = new Set([...text.matchAll(/\$\{?([A-Z][A-Z_]+)\b/g)].map(([, name]) => name!))
    const given = new Set([
      ...Object.keys(step.env),
      'GITHUB_OUTPUT',
      'GITHUB_STEP_SUMMARY',
      'RUNNER_TEMP',
      'GIT_INDEX_FILE',
    ])
    t.deepEqual(
      [...read].filter((name) => !given.has(name)),
      [],
      step.name,
    )
    t.deepEqual(
      Object.keys(step.env).filter((name) => !read.has(name)),
      [],
      step.name,
    )
    t.notRegex(step.run ?? '', /\$\{\{/, 'what a pull request names must not become shell')
  }
})

test('an input of one mode says so, and one that is optional has a default or does without', (t) => {
  for (const [name, { description, required, default: value }] of Object.entries(action.inputs)) {
    t.regex(description, /\.$|\)\.$/, name)
    t.false(required === true && value !== undefined, name)
  }
  t.deepEqual(
    Object.entries(action.inputs)
      .filter(([, { required }]) => required === true)
      .map(([name]) => name),
    ['scenario'],
  )
})

test('shellcheck has nothing to say about the scripts', (t) => {
  const entries = running.map((step) => scriptOf(step)!)
  const sourced = new Set(
    entries.flatMap((script) => [...textOf(script).matchAll(/source=(\S+)/g)].map(([, file]) => file!)),
  )
  t.deepEqual(
    scripts
      .map((file) => join('src/ci/action', file))
      .filter((file) => !entries.includes(file) && !sourced.has(file)),
    [],
  )
  const { status, stdout } = spawnSync('shellcheck', ['--check-sourced', '--external-sources', ...entries], {
    cwd: inProject(),
    encoding: 'utf8',
  })
  t.is(status, 0, stdout)
})
