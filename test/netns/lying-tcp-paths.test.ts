import type { ExecutionContext } from 'ava'
import { deliveryClause, markOf } from '../../src/words/delivery-words.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { candidate, pathChanges } from './lying-scenarios.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'

const load = [
  { kind: 'tcp-rr', transactions: 20 },
  { kind: 'tcp-stream', bytes: 262_144 },
  { kind: 'tcp-crr', transactions: 5 },
]

/** What the router does to TCP on its way to the server. */
const onWay = (statement: string): string =>
  `table ip lie { chain c { type filter hook forward priority 0; tcp dport 7000 ${statement}; }; }`

/** A piece of a segment's payload, behind a header with timestamps. */
const at = (byte: number, bits: number): string => `@th,${8 * (32 + byte)},${bits}`
/** Segments that begin with a request (PACKET_QUESTION in udpgen/protocol.h). */
const request = `${at(12, 16)} 0x0700`
const large = 'meta length 1000-65535'

const liars = {
  'spoils-requests': candidate(onWay(`${request} numgen inc mod 23 22 ${at(50, 8)} set 0`)),
  'spoils-streams': candidate(onWay(`${large} numgen inc mod 9 8 ${at(900, 8)} set 0`)),
  'resets-some': candidate(onWay(`${request} numgen inc mod 23 22 reject with tcp reset`)),
  'stalls-later': candidate(onWay(`${request} quota over 4 kbytes drop`)),
  'copies-segments': candidate(onWay('numgen inc mod 5 4 dup to 10.10.3.20 device "veth2@1"')),
  // Its requests go through the stack, too.
  'claims-another-way': {
    ...candidate(onWay('counter')),
    proof: [
      { counter: 'netns-3/Tcp.InSegs', equals: 'requests' },
      { counter: 'netns-2/Ip.ForwDatagrams', equals: 'replies' },
    ],
  },
}

async function measure(t: ExecutionContext, others: Readonly<Record<string, object>>) {
  const changes = [...pathChanges(others, onWay('counter')), [['load'], load] as const]
  const own = ownScenario(t, changedScenario(changes))
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '3', '--no-report'))
  return keptRun(own.resultsFolder, ended)
}

asRoot('no path that spoils, resets or stalls TCP, or takes another way with it, is compared', async (t) => {
  const { paths, comparisons } = await measure(t, liars)
  const pathOf = (name: string) => paths.find((path) => path.name === name)
  t.deepEqual([pathOf('stack')?.status, pathOf('honest')?.status], ['measured', 'measured'])
  t.deepEqual([...new Set(comparisons.map(({ path }) => path))], ['honest'])
  const died = /trials that ended early, as a TCP connection died: |when the path was probed$/
  for (const [name, reason] of [
    ['spoils-requests', /with other content than was sent: 1 of|carried other content than was sent/],
    ['spoils-streams', /tcp-stream.*it carried other content than was sent/],
    ['resets-some', /Connection reset by peer/],
    ['stalls-later', /nothing more came/],
  ] as const) {
    t.is(pathOf(name)?.status, 'invalid', name)
    t.regex(pathOf(name)?.reason ?? '', died, name)
    t.regex(pathOf(name)?.reason ?? '', reason, name)
  }
  t.is(pathOf('copies-segments')?.status, 'invalid')
  t.regex(
    pathOf('copies-segments')?.reason ?? '',
    /TCP segments that arrived more often than they were sent: [1-9]\d* of \d+, expected none/,
  )
  t.is(pathOf('claims-another-way')?.status, 'invalid')
  t.regex(pathOf('claims-another-way')?.reason ?? '', /^its packets did not go the way it says: netns-2\/Ip/)
})

const spoilt =
  /^with checksums in packets, as over a wire, 0 of \d+ TCP connections were established .*when the path was probed$/

asRoot(
  'TCP checksums that a path spoils are found out either way, though veth pairs compute none',
  async (t) => {
    const spoils = { 'spoils-requests': 'tcp dport 7000', 'spoils-replies': 'tcp sport 7000' }
    const { paths } = await measure(
      t,
      Object.fromEntries(
        Object.entries(spoils).map(([name, those]) => [
          name,
          candidate(
            `table ip lie { chain c { type filter hook forward priority 0; ${those} tcp checksum set 0x1234; }; }`,
          ),
        ]),
      ),
    )
    for (const { name, status, reason = '', diagnosis = [] } of paths.filter(
      ({ role }) => role === 'candidate',
    ))
      if (name === 'honest') t.is(status, 'measured', reason)
      else {
        t.is(status, 'invalid', name)
        t.regex(reason, spoilt, name)
        t.regex(diagnosis[0] ?? '', /^likely: .*checksum of TCP/)
      }
  },
)

asRoot('a path that drops some of its segments is compared, and what was sent again is told', async (t) => {
  const record = await measure(t, { 'drops-some': candidate(onWay('numgen inc mod 50 49 drop')) })
  const path = record.paths.find(({ name }) => name === 'drops-some')!
  t.is(path.status, 'measured', path.reason)
  t.true(record.comparisons.some((comparison) => comparison.path === 'drops-some'))
  const again = path.delivery!.reduce((sum, { retransmitted = 0 }) => sum + retransmitted, 0)
  t.true(again >= 2)
  t.regex(deliveryClause(record, path) ?? '', /^retransmitted [\d.]+ % of tcp-/)
  t.regex(markOf(record, path.name) ?? '', /^retransmitted [\d.]+ %/)
  for (const { sent, received, lost, corrupted } of path.delivery!)
    t.deepEqual([received, lost, corrupted], [sent, 0, 0])
})
