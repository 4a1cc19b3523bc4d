import test from 'ava'
import { CommanderError } from 'commander'
import { buildProgram } from '../../src/cli/program.ts'
import { BenchError } from '../../src/host/errors.ts'
import { projectVersion } from '../../src/host/project.ts'

/** What a command line says, and what it throws. */
const parsed = async (...words: readonly string[]) => {
  const program = await buildProgram()
  let text = ''
  const write = (part: string) => {
    text += part
  }
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeOut: write, writeErr: write })
  const thrown: unknown = await program.parseAsync(words, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { text, thrown }
}

const exitCodeOf = (thrown: unknown): number | undefined =>
  thrown instanceof CommanderError ? thrown.exitCode : undefined

test('bench has its commands, each with a summary and a description', async (t) => {
  const { commands } = await buildProgram()
  const names = commands.map((command) => command.name())
  for (const name of ['run', 'list', 'show', 'report', 'doctor', 'exec', 'schema', 'clean', 'completion'])
    t.true(names.includes(name), name)
  for (const command of commands) {
    t.regex(command.summary(), /^[a-z]/)
    t.regex(command.description(), /\.|bash\)$/)
  }
})

test('a command that is called is the same as it is among all', async (t) => {
  const all = await buildProgram()
  for (const command of all.commands) {
    const program = await buildProgram(command.name())
    const own = program.commands.find((one) => one.name() === command.name())
    t.is(own?.helpInformation(), command.helpInformation())
  }
})

test('--version prints the version', async (t) => {
  const { text, thrown } = await parsed('--version')
  t.is(text, `${projectVersion()}\n`)
  t.is(exitCodeOf(thrown), 0)
})

test('--help names the first command to try', async (t) => {
  const { text, thrown } = await parsed('--help')
  t.regex(text, /\nStart with: {2}sudo \.\/bench run redirect-vs-stack\n$/)
  t.is(exitCodeOf(thrown), 0)
})

test('a misspelt command is told with the nearest', async (t) => {
  const { text, thrown } = await parsed('rnu')
  t.is(text, "error: unknown command 'rnu'\n(Did you mean run?)\n(--help shows what there is)\n")
  t.not(exitCodeOf(thrown), 0)
})

test('a misspelt option is told with the nearest', async (t) => {
  const { text } = await parsed('run', 'redirect-vs-stack', '--quik')
  t.is(text, "error: unknown option '--quik'\n(Did you mean --quick?)\n(--help shows what there is)\n")
})

test('a missing scenario is told', async (t) => {
  const { text } = await parsed('run')
  t.is(text, "error: missing required argument 'scenario'\n(--help shows what there is)\n")
})

test('a choice that there is not is told with those there are', async (t) => {
  const { text } = await parsed('schema', 'report')
  t.is(
    text,
    "error: command-argument value 'report' is invalid for argument 'what'. Allowed choices are scenario, run, sweep, search, soak, fleet.\n(--help shows what there is)\n",
  )
})

test('a wrong value is told before anything else is asked for', async (t) => {
  const { thrown } = await parsed('run', 'no-such-scenario', '--precision', '5')
  t.true(thrown instanceof BenchError)
  t.is(
    (thrown as BenchError).message,
    'Could not use --precision 5: expected a percentage above 0 and below 100, as in 0.5%',
  )
})

test('a scenario that there is not is told', async (t) => {
  const { thrown } = await parsed('show', 'redirect-vs-stak')
  t.is(
    (thrown as BenchError).message,
    'Could not find scenario "redirect-vs-stak"; did you mean "redirect-vs-stack"?',
  )
})

test('an option whose value is empty is refused, with all that are', async (t) => {
  for (const [words, options] of [
    [['export', 'latest', '--format', 'csv', '-o', ''], '--output'],
    [['list', '--results', ''], '--results'],
    [['compare', 'a', 'b', '--html', '', '--reports='], '--html and --reports'],
    [['baseline', 'list', '--baselines', ''], '--baselines'],
    [['run', 'redirect-vs-stack', '--set', 'rules=1', '--set', ''], '--set'],
  ] as const) {
    const { thrown } = await parsed(...words)
    t.true(thrown instanceof BenchError && thrown.trouble === 'usage', words.join(' '))
    t.is((thrown as BenchError).message, `Could not use ${options}: expected a value, and '' is none`)
  }
})
