import test from 'ava'
import { parsePerfReport } from '../../src/trace/perf-report.ts'

const report = `# Samples: 1K of event 'cpu-clock'
# Overhead\tSymbol
    20.00%\t[.] turn_await
    6.00%  \t[k] __dev_queue_xmit
    12.00%\t[k] ip_finish_output2
    2.00%\t[.] flood_send
# (Tip: none)
`

test('functions have their share of the time in which was sent, the largest first', (t) => {
  t.deepEqual(parsePerfReport(report), [
    { symbol: 'ip_finish_output2', isKernel: true, share: 0.6 },
    { symbol: '__dev_queue_xmit', isKernel: true, share: 0.3 },
    { symbol: 'flood_send', isKernel: false, share: 0.1 },
  ])
})

test('a report without samples has none', (t) => {
  t.deepEqual(parsePerfReport('# Samples: 0\n'), [])
})
