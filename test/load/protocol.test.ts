import { readFileSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { answerSchema } from '../../src/load/answers.ts'

const histogram = { count: 2, min: 5, max: 9, sum: 14, buckets: [5, 1, 9, 1] }
const counted = {
  path: 'stack',
  startNs: 1,
  durationNs: 2,
  sent: 3,
  received: 3,
  lost: 0,
  reordered: 0,
  duplicated: 0,
  corrupted: 0,
  misdirected: 0,
  strays: 0,
  senderCpuPackets: 6,
  otherCpuPackets: 0,
  receivedByServer: [2, 1],
  flowsByServer: [1, 1],
  movedPackets: 0,
  senderCpuNs: 1,
  receiverCpuNs: 1,
  senderPreempted: 0,
  receiverPreempted: 0,
}
const flood = { ...counted, kind: 'flood', engine: 'socket', sink: 'socket', sendNs: 2, shortSends: 0 }

test('a block is answered with one record a trial, of its own kind', (t) => {
  const trials = [
    flood,
    { ...flood, sendError: 'no buffer space' },
    {
      ...counted,
      kind: 'pingpong',
      requestsReceived: 3,
      timeouts: 0,
      late: 0,
      rttNs: histogram,
      forwardNs: histogram,
      returnNs: histogram,
    },
    {
      ...counted,
      kind: 'paced',
      pacedForwardNs: histogram,
      pacedForwardUncorrectedNs: histogram,
      scheduleErrorNs: histogram,
    },
  ]
  t.deepEqual(answerSchema.parse({ event: 'block', trials }), { event: 'block', trials } as never)
})

const { lost: _lost, ...floodWithoutLoss } = flood
const { receivedByServer: _receivedByServer, ...floodWithoutServers } = flood
const wrongAnswers: Readonly<Record<string, unknown>> = {
  'an unknown event': { event: 'finished' },
  'a trial without its losses': { event: 'block', trials: [floodWithoutLoss] },
  'a negative count': { event: 'block', trials: [{ ...flood, lost: -1 }] },
  'a trial that does not say where its packets came out': {
    event: 'block',
    trials: [floodWithoutServers],
  },
  'half a packet': { event: 'block', trials: [{ ...flood, received: 2.5 }] },
}
for (const [what, answer] of Object.entries(wrongAnswers))
  test(`${what} is not an answer of the generator`, (t) => {
    t.false(answerSchema.safeParse(answer).success)
  })

test('an error may name the command and the path that it is about', (t) => {
  const error = { event: 'error', message: 'no such path', command: 'block', path: null } as const
  t.deepEqual(answerSchema.parse(error), error)
})

test('the cost of a program is what it returned and a figure a batch', (t) => {
  const cost = { event: 'programCost', action: 3, programNs: [151.25, 149], floorNs: [41, 42.5] } as const
  t.deepEqual(answerSchema.parse(cost), cost as never)
  t.false(answerSchema.safeParse({ ...cost, floorNs: [-1] }).success)
})

test('what came of getting pages is three counts', (t) => {
  const fetched = { event: 'fetched', answered: 32, corrupted: 1, misdirected: 0 } as const
  t.deepEqual(answerSchema.parse(fetched), fetched)
  t.false(answerSchema.safeParse({ event: 'fetched', answered: 32 }).success)
})

test('a generator of another version says how to get the right one', (t) => {
  const ready = { event: 'ready', protocol: 1, version: '0.1.0', memoryLocked: true, originS: 0 }
  t.is(
    answerSchema.safeParse(ready).error?.issues[0]?.message,
    'version 6: rebuild udpgen with `bench setup`',
  )
})

test('the version is the one that the generator has', (t) => {
  const [, version] = /#define PROTOCOL_VERSION (\d+)/.exec(
    readFileSync(inProject('udpgen', 'protocol.h'), 'utf8'),
  )!
  const ready = {
    event: 'ready',
    protocol: Number(version),
    version: '0.1.0',
    memoryLocked: true,
    originS: 0,
    floodPauseNs: 20_000,
  }
  t.true(answerSchema.safeParse(ready).success)
})
