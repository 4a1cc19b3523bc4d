import test from 'ava'
import { hookedPrograms } from '../../src/scenario/scenario.ts'
import { changed, exampleText, parse, problemsOf } from './example.ts'

const found = `    programs: [{ program: mine, hook: tc/ingress, namespace: netns-2, device: veth1@2 }]\n`
const path = (own: string) => `${exampleText}  mine:\n    role: candidate\n    title: mine\n${own}`

/** What is wrong, without its lines. */
const saidOf = (own: string) => problemsOf(path(own)).map((line) => line.replace(/^\d+:\d+ {2}/, ''))

const mineOf = (own: string) => parse(path(own)).paths.find(({ name }) => name === 'mine')!

test('a command is a line for sh or a list of words; it has 30 s where nothing is said', (t) => {
  const { setup, teardown } = mineOf(
    `    setup: [{ namespace: netns-2, run: a | b }, { namespace: netns-1, run: [c, d e], limitS: 1.5 }]\n    teardown: [{ namespace: netns-2, run: f }]\n`,
  )
  t.deepEqual(
    setup.map(({ namespace, words, text, limitS }) => [namespace, words, text, limitS]),
    [
      ['netns-2', ['sh', '-c', 'a | b'], 'a | b', 30],
      ['netns-1', ['c', 'd e'], 'c d e', 1.5],
    ],
  )
  t.deepEqual(
    teardown.map(({ words }) => words),
    [['sh', '-c', 'f']],
  )
})

test('agents are one or several, each with what tells that it is ready', (t) => {
  const one = mineOf(`    agent: { namespace: netns-2, run: x, ready: { output: up } }\n`)
  t.deepEqual(
    one.agents.map(({ text, ready }) => [text, ready]),
    [['x', { output: 'up' }]],
  )
  const several = mineOf(`    agent: [{ namespace: netns-2, run: x }, { namespace: netns-1, run: y }]\n`)
  t.deepEqual(
    several.agents.map(({ text, ready }) => [text, ready]),
    [
      ['x', undefined],
      ['y', undefined],
    ],
  )
})

test('a program without an object is one that the path’s own commands attach', (t) => {
  const mine = mineOf(`    setup: [{ namespace: netns-2, run: x }]\n${found}`)
  t.deepEqual(mine.programs, [])
  t.deepEqual(
    hookedPrograms(mine).map(({ program, hook, namespace, device }) => [program, hook, namespace, device]),
    [['mine', 'tc/ingress', 'netns-2', 'veth1@2']],
  )
})

test('a control has the commands of the baseline', (t) => {
  const text = changed(
    'title: forwarding\n',
    'title: forwarding\n    setup: [{ namespace: netns-2, run: x }]\n',
  )
  const control = parse(text).paths.find(({ role }) => role === 'control')
  t.deepEqual(
    control?.setup.map(({ text: words }) => words),
    ['x'],
  )
})

test('a program that nobody attaches, and values that nobody can write, are told', (t) => {
  t.deepEqual(saidOf(found), [
    'paths.mine.programs[0].object: missing: only a program that the path’s own setup or agent attaches has no object here',
  ])
  const filled = found.replace(' }]', ', constants: { a: 1 }, maps: { m: [{ key: 1, value: 1 }] } }]')
  t.deepEqual(saidOf(`    agent: { namespace: netns-9, run: x }\n${filled}`), [
    'paths.mine.agent[0].namespace: no namespace "netns-9"; did you mean "netns-1"?',
    'paths.mine.programs[0].constants: cannot be set: the program is loaded by the path’s own setup or agent',
    'paths.mine.programs[0].maps: cannot be set: the program is loaded by the path’s own setup or agent',
  ])
})

test('wrong commands are told in words', (t) => {
  t.deepEqual(saidOf(`    setup: [{ namespace: netns-2, run: 1 }]\n`), [
    'paths.mine.setup[0].run: expected a command: a line for sh, or a list of words, found 1',
  ])
  t.deepEqual(saidOf(`    setup: [{ namespace: netns-2, run: x, limitS: 0 }]\n`), [
    'paths.mine.setup[0].limitS: expected seconds, above 0 and at most 600, found 0',
  ])
})
