import test from 'ava'
import { commandsIn, shorten, stepsIn } from './documented-commands.ts'

test('commands are the lines of blocks without a language, and what tables say to type', (t) => {
  const markdown = [
    '```yaml',
    'sudo: no',
    '```',
    'Then:',
    '```',
    'sudo ./bench run a    # five seconds',
    'its output',
    './bench list',
    '```',
    '| takes | `sudo node b.ts` and `bench run` |',
    '| again | `sudo node b.ts`                 |',
  ]
  t.deepEqual(commandsIn(markdown.join('\n')), ['sudo ./bench run a', './bench list', 'sudo node b.ts'])
})

test('a command that measures is shortened, another one is as it was', (t) => {
  t.is(
    shorten('sudo ./bench run a --json > b && ./bench list'),
    'sudo ./bench run a --rounds 1 --blocks 2 --json > b && ./bench list',
  )
  t.is(shorten('time sudo ./bench run a [--quick]'), 'time sudo ./bench run a --rounds 1 --blocks 2')
  t.is(shorten('./bench list'), './bench list')
})

test('a step is a command with the exit code that its comment names, however often it is typed', (t) => {
  const show = '../pathbench/bench show a.yaml'
  const markdown = [
    '```',
    `${show}    # ends with 2`,
    "sed -i 's/a/b/' a.yaml",
    show,
    '```',
    '```text',
    show,
    '```',
  ]
  t.deepEqual(stepsIn(markdown.join('\n')), [
    { command: show, endsWith: 2 },
    { command: "sed -i 's/a/b/' a.yaml", endsWith: 0 },
    { command: show, endsWith: 0 },
  ])
})
