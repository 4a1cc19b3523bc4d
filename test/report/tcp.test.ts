import test from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { renderReport } from '../../src/report/report.ts'
import { tcpView } from '../../src/report/view/tcp.ts'
import { sampleRecord } from './sample-record.ts'

type Trial = RunRecord['trials'][number]

const trial = (path: string, own: Partial<Trial>): Trial => ({
  ...{ round: 0, block: 1, position: 0, path, kind: 'tcp-rr', warmup: false, startNs: 0, durationNs: 1 },
  ...{ sent: 10, received: 10, lost: 0, segments: 1000, retransmitted: 0, windowSegments: 10, ...own },
})

const recordOf = (trials: readonly Trial[]): RunRecord => ({ ...sampleRecord(), trials: [...trials] })

test('of TCP the report says how many segments were sent again, and where the most', (t) => {
  const view = tcpView(
    recordOf([
      trial('stack', {}),
      trial('stack', { warmup: true, retransmitted: 500 }),
      trial('redirect', { retransmitted: 20, windowSegments: 4 }),
      trial('redirect', { windowSegments: 8 }),
      trial('redirect', { kind: 'tcp-stream', tcpError: 'stack: reset by its peer' }),
    ]),
  )
  t.is(
    view?.finding,
    'Segments that were sent again: 20, the largest share (1.00 %) on redirect by tcp-rr; trials in which a connection died: 1.',
  )
  t.deepEqual(view?.table.rows, [
    ['stack', 'tcp-rr', '1', '1,000', '0', '10', '0'],
    ['redirect', 'tcp-rr', '2', '2,000', '20', '6 (4 to 8)', '0'],
    ['redirect', 'tcp-stream', '1', '1,000', '0', '10', '1'],
  ])
})

test('where nothing was sent again that is all that is said, and without TCP there is no section', async (t) => {
  t.is(tcpView(recordOf([trial('stack', {})]))?.finding, 'No segment was sent again, and no connection died.')
  t.is(tcpView(sampleRecord()), undefined)
  t.false((await renderReport(sampleRecord())).includes('id="tcp"'))
})
