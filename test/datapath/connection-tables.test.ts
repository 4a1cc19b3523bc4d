import test from 'ava'
import { tablesIn } from '../../src/datapath/connection-tables.ts'

const sockets = `sockets: used 9
TCP: inuse 3 orphan 0 tw 2100 alloc 4 mem 1
UDP: inuse 2 mem 0
`
/** As Linux 6.18 prints it with two CPUs. */
const tracking = `entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart
00040000  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000a 00000000 00000000  00000000 00000000 00000000 00000000
00040000  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000002 00000000 00000000  00000000 00000000 00000000 00000000
`

test('sockets in TIME_WAIT and tracked connections are told with how many there may be, drops of all CPUs summed', (t) => {
  const texts = { sockets, timeWaitMax: '131072\n', tracked: '262144\n', trackedMax: '262144\n', tracking }
  t.deepEqual(tablesIn(texts), {
    timeWait: { held: 2100, most: 131_072 },
    tracked: { held: 262_144, most: 262_144 },
    untrackable: 12,
  })
})

test('a kernel without conntrack has no table of it, and a namespace where nothing is tracked neither', (t) => {
  const waiting = { sockets, timeWaitMax: '131072\n' }
  t.like(tablesIn(waiting), { timeWait: { held: 2100, most: 131_072 }, tracked: undefined, untrackable: 0 })
  t.is(tablesIn({ ...waiting, tracked: '0\n', trackedMax: '262144\n' }).tracked, undefined)
})

test('a table that has no bounds is not told: it cannot be full', (t) => {
  t.is(tablesIn({ tracked: '12\n', trackedMax: '0\n' }).tracked, undefined)
  t.is(tablesIn({ sockets: 'sockets: used 0\n', timeWaitMax: '131072\n' }).timeWait, undefined)
})
