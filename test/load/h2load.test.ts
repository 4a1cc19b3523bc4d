import test from 'ava'
import { httpAnswer, type HttpOrder } from '../../src/load/h2load.ts'

const order: HttpOrder = { path: 'nat', requests: 4, connections: 2 }

const target = { address: '192.168.25.10', port: 80 }

/** As h2load 1.52 writes it, with --log-file=/dev/stdout: lines of requests among those of its own. */
const output = `starting benchmark...
spawning thread #0: 2 total client(s). 4 total requests
Application protocol: http/1.1
1795285668954407\t200\t239
progress: 25% done
1795285668954395\t200\t267
progress: 50% done
1795285668954421\t200\t251
1795285668954414\t200\t262

finished in 1.48ms, 2702.70 req/s, 987.76KB/s
requests: 4 total, 4 started, 4 done, 4 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 4 2xx, 0 3xx, 0 4xx, 0 5xx
traffic: 4.76KB (4876) total, 464B (464) headers (space savings 0.00%), 4.05KB (4148) data
`

test('an answer holds what h2load says: the rate, and how long every request took', (t) => {
  const answer = httpAnswer(order, target, output, 1_795_285_000_000_000_000)
  t.deepEqual([answer.path, answer.connections], ['nat', 2])
  t.deepEqual([answer.sent, answer.received, answer.lost], [4, 4, 0])
  t.is(answer.httpRps, 2702.7)
  t.is(answer.durationNs, 1_480_001)
  const { count, min, max, sum } = answer.httpLatencyNs
  t.deepEqual([count, min, max, sum], [4, 239_000, 267_000, 1_019_000])
})

test('a trial starts when its first request is sent, on the clock of all trials', (t) => {
  const { startNs } = httpAnswer(order, target, output, 1_795_285_000_000_000_000)
  // The clock of the day has a resolution of 256 ns in a number.
  t.true(Math.abs(startNs - 668_954_395_000) < 512, String(startNs))
})

test('an answer that is not 2xx is a lost request, and no latency', (t) => {
  const answer = httpAnswer(order, target, output.replace('\t200\t267', '\t502\t267'), 0)
  t.deepEqual([answer.sent, answer.received, answer.lost], [4, 3, 1])
  t.is(answer.httpLatencyNs.max, 262_000)
})

test('where nothing answers, all requests are lost', (t) => {
  const failed = `starting benchmark...

finished in 262us, 0.00 req/s, 0B/s
requests: 4 total, 0 started, 0 done, 0 succeeded, 4 failed, 4 errored, 0 timeout
`
  for (const text of [failed, '']) {
    const answer = httpAnswer(order, target, text, 0)
    t.deepEqual([answer.received, answer.lost, answer.httpRps, answer.durationNs], [0, 4, 0, 0])
    t.is(answer.httpLatencyNs.count, 0)
  }
})

// A page has 1,024 bytes and the client's name for the server.
test('bodies that are together longer or shorter than the pages asked for are not those', (t) => {
  const isOfOtherSize = (text: string) => httpAnswer(order, target, text, 0).isOfOtherSize
  const withData = (bytes: number) => output.replace('(4148) data', `(${bytes}) data`)
  t.deepEqual(
    [isOfOtherSize(output), isOfOtherSize(withData(4 * (1024 + '192.168.25.10:80'.length)))],
    [false, false],
  )
  t.deepEqual(
    [isOfOtherSize(withData(4147)), isOfOtherSize(withData(4149)), isOfOtherSize(withData(0))],
    [true, true, true],
  )
})

test('where a request was not answered, or h2load does not count bytes, nothing is said of their size', (t) => {
  const failed = output.replace('\t200\t267', '\t502\t267').replace('(4148) data', '(3500) data')
  t.false(httpAnswer(order, target, failed, 0).isOfOtherSize)
  t.false(httpAnswer(order, target, output.replace(/^traffic.*$/m, ''), 0).isOfOtherSize)
})
