import { dirname } from 'node:path'
import test from 'ava'
import { commandError, endedAgents, endedWords, runStep, startStep } from '../../src/datapath/own-commands.ts'
import { builtProgram } from '../../src/host/built.ts'
import type { OwnCommand } from '../../src/scenario/commands.ts'

const command: OwnCommand = {
  namespace: 'netns-2',
  words: ['./load', 'a b'],
  text: './load a b',
  directory: '/my scenarios',
  limitS: 7,
}
const place = { path: 'mine', fileOf: (namespace: string) => `mine.${namespace}` }

test('a command is run in its network namespace and the folder of its scenario, and knows its path', (t) => {
  const { command: words, namespaceFile, limitS } = runStep(place, command)
  t.deepEqual(words.slice(0, 3), ['env', 'PATHBENCH_PATH=mine', 'PATHBENCH_NETNS_PREFIX=mine.'])
  t.is(words[3], `PATHBENCH_PROGRAMS=${dirname(builtProgram('forward-tun'))}`)
  t.is(words[4], 'sh')
  t.is(words[6], builtProgram('show-devices'))
  t.deepEqual(words.slice(7), ['run', '/run/commands/mine', '/my scenarios', './load', 'a b'])
  t.is(namespaceFile, 'mine.netns-2')
  t.is(limitS, 7)
})

for (const [ready, words] of [
  [{ output: 'up' }, ['output', 'up']],
  [{ file: '/run/x' }, ['file', '/run/x']],
  [{ map: 'services' }, ['map', 'services']],
  [undefined, ['started', '']],
] as const)
  test(`an agent is waited for by ${words.join(' ')}, and for no longer than its time`, (t) => {
    const step = startStep(place, { ...command, ready }, 1)
    t.deepEqual(step.command.slice(7), [
      ...['start', '/run/commands/mine', '1', '7', ...words],
      ...['/my scenarios', './load', 'a b'],
    ])
    t.true((step.limitS ?? 0) > 7)
  })

test('how a command ended is told with the last three lines that it said', (t) => {
  t.is(
    endedWords(command, { exitCode: 1, output: 'one\ntwo\n\n  three\nfour\n' }),
    '"./load a b" in netns-2 ended with 1: two; three; four',
  )
  t.is(
    endedWords(command, { exitCode: undefined, output: '' }),
    '"./load a b" in netns-2 did not end within 7 s, and said nothing',
  )
  t.is(
    endedWords(command, { exitCode: 124, output: 'x' }),
    '"./load a b" in netns-2 was not ready within 7 s: x',
  )
})

test('a command that is a script is told by how it begins', (t) => {
  const script = `set -e\n  ip link set dev eth0 mtu 9000\n${'echo done\n'.repeat(20)}`
  const words = endedWords({ ...command, text: script }, { exitCode: 2, output: '' })
  t.regex(words, /^"set -e; ip link set dev eth0 mtu 9000; echo done; [^\n]{10,40}…" in netns-2 ended with 2/)
})

test('all that a command said stands below its error', (t) => {
  const error = commandError('set up path "mine"', command, { exitCode: 1, output: '1\n2\n3\n4\n' })
  t.is(error.message, 'Could not set up path "mine": "./load a b" in netns-2 ended with 1: 2; 3; 4')
  t.is(error.details, '1\n2\n3\n4')
})

test('agents that have ended are read with their codes and words', (t) => {
  t.deepEqual(endedAgents('0 1\n no device\n 2 tries\n3 0\n'), [
    { index: 0, end: { exitCode: 1, output: 'no device\n2 tries\n' } },
    { index: 3, end: { exitCode: 0, output: '' } },
  ])
  t.deepEqual(endedAgents(''), [])
})
