import { execa } from 'execa'
import test from 'ava'
import { commonHooks } from '../../src/parts/hooks/hooks.ts'
import { fishScript, shellScript } from '../../src/cli/commands/completion.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { listScenarios } from '../../src/scenario/find.ts'

const program = await buildProgram()
const bashScript = shellScript(program, 'bash')

/** What bash offers after these words; the last is the one that is being typed. */
const offered = async (...words: readonly string[]): Promise<string[]> => {
  const script = `${bashScript}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bench; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await execa('bash', ['--norc', '-c', script, 'bash', ...words])
  return stdout.split('\n').filter((word) => word !== '')
}

test('after bench stand its commands and options', async (t) => {
  const words = await offered('bench', '')
  t.deepEqual(
    program.commands.map((command) => command.name()).filter((name) => !words.includes(name)),
    [],
  )
  t.true(words.includes('--version'))
})

test('a word is completed by what it begins', async (t) => {
  t.deepEqual(await offered('bench', 'do'), ['doctor'])
  t.deepEqual(await offered('bench', 'run', '--pre'), ['--precision'])
})

test('after run stand the scenarios and the options of run', async (t) => {
  const words = await offered('bench', 'run', '')
  t.deepEqual(words.slice(0, listScenarios().length), listScenarios())
  for (const option of ['--quick', '--no-wait', '--json', '--help']) t.true(words.includes(option), option)
})

test('after schema stand its choices', async (t) => {
  t.deepEqual((await offered('bench', 'schema', '')).slice(0, 2), ['scenario', 'run'])
})

test('after an option that takes one of a few words stand these', async (t) => {
  const hooks = commonHooks.map(({ name }) => name)
  t.deepEqual(await offered('bench', 'new', 'mine', '--hook', ''), hooks)
  t.deepEqual(await offered('bench', 'new', 'mine', '--from', ''), listScenarios())
  t.deepEqual(await offered('bench', 'new', ''), ['--hook', '--from', '--help'])
  const inFish = `complete -c bench -n '__fish_seen_subcommand_from new' -l hook -xa '${hooks.join(' ')}'`
  t.true(fishScript(program).split('\n').includes(inFish))
})

test('after baseline stand what can be done with one', async (t) => {
  t.deepEqual((await offered('bench', 'baseline', '')).slice(0, 4), ['save', 'list', 'show', 'rm'])
})

test('zsh reads the script for bash', (t) => {
  t.is(shellScript(program, 'zsh'), `autoload -U +X bashcompinit && bashcompinit\n${bashScript}`)
})

test('fish has each command with what it is for', (t) => {
  const lines = fishScript(program).split('\n')
  t.is(lines.filter((line) => !line.includes(' -xa ')).length, 2 * program.commands.length)
  t.true(
    lines.includes(
      "complete -c bench -n __fish_use_subcommand -a run -d 'measure a scenario and write its result and report'",
    ),
  )
  t.regex(
    lines.find((line) => line.includes('__fish_seen_subcommand_from show'))!,
    /-a 'dsr-vs-nat (?:[a-z-]+ )*redirect-vs-stack (?:[a-z-]+ )*--help'$/,
  )
})
