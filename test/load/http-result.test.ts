import test from 'ava'
import { httpResult, withServed } from '../../src/load/http-result.ts'

const result = (path: string, received: number) =>
  httpResult({
    ...{ path, startNs: 0, durationNs: 1, sent: 10, received, lost: 10 - received, connections: 2 },
    ...{ httpRps: 1, isOfOtherSize: false },
    httpLatencyNs: { lowest: 1, highest: 1, counts: [] } as never,
  })

const counted = (served: number, ...received: number[]) =>
  withServed(
    received.map((one) => result('a', one)),
    new Map([['a', served]]),
  ).map(({ delivery: { misdirected, compared } }) => [misdirected, compared])

test('answers beyond those that the servers of a path gave are of another', (t) => {
  t.deepEqual(counted(10, 10), [[0, 0]])
  // A request whose answer got lost.
  t.deepEqual(counted(10, 9), [[0, 0]])
  t.deepEqual(counted(7, 10), [[3, 3]])
  t.deepEqual(counted(0, 10), [[10, 10]])
  // It was started anew, or died.
  t.deepEqual(counted(-5, 10), [[10, 10]])
  t.deepEqual(counted(15, 10, 10), [
    [0, 0],
    [5, 5],
  ])
})
