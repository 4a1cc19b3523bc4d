import test from 'ava'
import { describeError } from '../../src/host/errors.ts'
import {
  chooseCpus,
  type CpuTopology,
  parseCpuChoice,
  parseCpuList,
  readCpuTopology,
} from '../../src/host/cpus.ts'

const cpuLists: readonly (readonly [text: string, cpus: readonly number[]])[] = [
  ['0', [0]],
  ['0-3\n', [0, 1, 2, 3]],
  ['0-1,4,6-7', [0, 1, 4, 6, 7]],
  ['', []],
]
for (const [text, cpus] of cpuLists)
  test(`the list ${JSON.stringify(text)} is ${JSON.stringify(cpus)}`, (t) => {
    t.deepEqual(parseCpuList(text), cpus)
  })

/** CPUs by the groups that share something, as the kernel lists them: a CPU is in its own group. */
const grouped = (...groups: readonly (readonly number[])[]) =>
  new Map(groups.flatMap((group) => group.map((cpu) => [cpu, group] as const)))

/** Four cores of two threads each, cores 0-1 and 2-3 on a cache of their own. */
const eight: CpuTopology = {
  allowed: [0, 1, 2, 3, 4, 5, 6, 7],
  isolated: [],
  siblings: grouped([0, 4], [1, 5], [2, 6], [3, 7]),
  cacheSharers: grouped([0, 1, 4, 5], [2, 3, 6, 7]),
}

test('sender and receiver share a cache and are no siblings', (t) => {
  t.deepEqual(chooseCpus(eight), { senderCpu: 0, receiverCpu: 1 })
  t.deepEqual(chooseCpus({ ...eight, allowed: [0, 4, 5, 6] }), { senderCpu: 0, receiverCpu: 5 })
})

test('isolated CPUs go first', (t) => {
  t.deepEqual(chooseCpus({ ...eight, isolated: [6, 7] }), { senderCpu: 6, receiverCpu: 7 })
})

test('one isolated CPU alone changes nothing', (t) => {
  t.deepEqual(chooseCpus({ ...eight, isolated: [7] }), { senderCpu: 0, receiverCpu: 1 })
})

test('cores of different caches go before siblings', (t) => {
  t.deepEqual(chooseCpus({ ...eight, allowed: [0, 4, 6] }), { senderCpu: 0, receiverCpu: 6 })
})

test('siblings are taken where there is nothing else, and one CPU twice', (t) => {
  t.deepEqual(chooseCpus({ ...eight, allowed: [1, 5] }), { senderCpu: 1, receiverCpu: 5 })
  t.deepEqual(chooseCpus({ ...eight, allowed: [3] }), { senderCpu: 3, receiverCpu: 3 })
})

test('--cpus names the sender first; one CPU serves both', (t) => {
  t.deepEqual(parseCpuChoice('3,2', [2, 3]), { senderCpu: 3, receiverCpu: 2 })
  t.deepEqual(parseCpuChoice('2', [2, 3]), { senderCpu: 2, receiverCpu: 2 })
})

for (const text of ['', 'a', '1,', '1,2,3', '0-1', '-1'])
  test(`--cpus ${JSON.stringify(text)} is refused`, (t) => {
    t.throws(() => parseCpuChoice(text, [0, 1]), {
      message: `Could not use --cpus ${text}: expected one or two CPU numbers, as in 0,1`,
    })
  })

test('a CPU that may not be used is told with those that may', (t) => {
  const error = t.throws(() => parseCpuChoice('0,9', [0, 1]))
  t.is(
    describeError(error),
    'Could not use --cpus 0,9: this process may not run on CPU 9\nHint: it may run on 0, 1',
  )
})

test('of this machine, CPUs are chosen that this process may run on', (t) => {
  const topology = readCpuTopology()
  const { senderCpu, receiverCpu } = chooseCpus(topology)
  t.true(topology.allowed.includes(senderCpu))
  t.true(topology.allowed.includes(receiverCpu))
  t.is(senderCpu === receiverCpu, topology.allowed.length === 1)
})
