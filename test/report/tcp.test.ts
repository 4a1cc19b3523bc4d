import test from 'ava'
import type { RunRecord, TrialRecord } from '../../src/record/record.ts'
import { renderReport } from '../../src/report/report.ts'
import { tcpView } from '../../src/report/view/tcp.ts'
import { sampleRecord } from './sample-record.ts'

const sample = sampleRecord()

const trial = (own: Partial<TrialRecord>): TrialRecord => ({
  ...{ round: 0, block: 1, position: 0, path: 'stack', kind: 'tcp-rr', warmup: false },
  ...{ startNs: 0, durationNs: 1000, sent: 10, received: 10, lost: 0 },
  ...{ segments: 100, retransmitted: 0, windowSegments: 10, smoothedRttNs: 20_000 },
  ...own,
})

const withTrials = (...trials: TrialRecord[]): RunRecord => ({ ...sample, trials })

test('a run without TCP has no section of TCP', async (t) => {
  t.is(tcpView(sample), undefined)
  t.notRegex(await renderReport(sample), /id="tcp"/)
})

test('each path and kind of TCP load has a row: sums of all trials, medians of those that are timed', async (t) => {
  const record = withTrials(
    trial({ warmup: true, windowSegments: 1, smoothedRttNs: 900_000 }),
    trial({ retransmitted: 1, windowSegments: 10 }),
    trial({ windowSegments: 20, smoothedRttNs: 30_000 }),
    trial({ windowSegments: 30, smoothedRttNs: 40_000 }),
    trial({ kind: 'tcp-crr', path: 'redirect' }),
  )
  t.deepEqual(tcpView(record)?.table.rows, [
    ['stack', 'tcp-rr', '4', '400', '1', '0.250 %', '20', '30.0 µs', '0'],
    ['redirect', 'tcp-crr', '1', '100', '0', '0.000 %', '10', '20.0 µs', '0'],
  ])
  t.deepEqual(tcpView(record)?.findings, [
    'tcp-rr: segments were sent again on stack (1 of 400); no connection died.',
    'tcp-crr: no segment was sent again on any path; no connection died.',
  ])
  t.regex(await renderReport(record), /<section id="tcp">/)
})

test('a connection that died is told with its reason, and its trial is in no median', (t) => {
  const record = withTrials(trial({}), trial({ tcpError: 'Connection reset by peer', windowSegments: 1 }))
  t.deepEqual(tcpView(record)?.table.rows[0]?.slice(-3), ['10', '20.0 µs', '1'])
  t.deepEqual(tcpView(record)?.findings, [
    'tcp-rr: no segment was sent again on any path; trials ended early as a connection died: 1 on stack (Connection reset by peer).',
  ])
})

test('records of versions that did not keep the round-trip time have a dash in its place', (t) => {
  const { smoothedRttNs: _, ...older } = trial({})
  t.is(tcpView(withTrials(older))?.table.rows[0]?.[7], '–')
})

test('streams up and down that have names are told of each by itself, and what of calls without a copy was copied', (t) => {
  const stream = { kind: 'tcp-stream', ...{ zerocopySends: 1000, zerocopyCompleted: 999 } } as const
  const record = withTrials(
    trial({ ...stream, name: 'up', zerocopyCopied: 600 }),
    trial({ ...stream, name: 'up', zerocopyCompleted: 1000, zerocopyCopied: 0 }),
    trial({ kind: 'tcp-stream', name: 'down', retransmitted: 2 }),
  )
  t.deepEqual(
    tcpView(record)?.table.rows.map(([path, load, trials]) => [path, load, trials]),
    [
      ['stack', 'tcp-stream down', '1'],
      ['stack', 'tcp-stream up', '2'],
    ],
  )
  t.deepEqual(tcpView(record)?.findings, [
    'tcp-stream down: segments were sent again on stack (2 of 100); no connection died.',
    'tcp-stream up: no segment was sent again on any path; no connection died; of 2,000 calls with MSG_ZEROCOPY the kernel copied the bytes of 600 after all, and of 1 it did not say.',
  ])
})

test('what connections left behind is told of each path, by the round that left most', async (t) => {
  const [first, ...others] = sample.paths
  const ends = { namespace: 'netns-3', timeWaitMost: 131_072 }
  const tables = [
    { round: 0, namespace: 'netns-1', timeWait: 0, timeWaitMost: 131_072 },
    { round: 0, ...ends, timeWait: 2000 },
    { round: 1, ...ends, timeWait: 2100 },
    { round: 1, namespace: 'netns-2', tracked: 250_105, trackedMost: 262_144 },
  ]
  const record = {
    ...withTrials(trial({ kind: 'tcp-crr' })),
    paths: [{ ...first!, name: 'stack', tables }, ...others],
  }
  const told =
    'Left at the end of a round, at most: stack: sockets in TIME_WAIT none in netns-1 and 2,100 in netns-3, connections in conntrack 250,105 of 262,144 in netns-2.'
  t.is(tcpView(record)?.findings.at(-1), told)
  t.true((await renderReport(record)).includes(told))
})
