import test from 'ava'
import { tableWarnings, withFullTables } from '../../src/run/table-words.ts'

const full = { namespace: 'netns-2', tracked: 262_144, trackedMost: 262_144, untrackable: 8 }

test('why a path is invalid names conntrack where its table is full, what it dropped, and what to do', (t) => {
  t.is(
    withFullTables('0 of 1 transactions were answered', [{ namespace: 'netns-1', timeWait: 0 }, full]),
    '0 of 1 transactions were answered; conntrack of netns-2 held 262144 of 262144 connections, and dropped 8 packets whose connections it could not track: raise net.netfilter.nf_conntrack_max on the host, track less there (notrack), or forget ended connections sooner (net.netfilter.nf_conntrack_tcp_timeout_time_wait in netns-2)',
  )
})

test('a table with room is no reason, whatever was dropped before', (t) => {
  t.is(withFullTables('it died', [{ ...full, tracked: 1000 }]), 'it died')
})

test('a table that is nearly full at the end of a round is warned of once for each namespace, by its fullest round', (t) => {
  const tables = [
    { round: 0, namespace: 'netns-3', timeWait: 90, timeWaitMost: 100 },
    { round: 1, namespace: 'netns-3', timeWait: 100, timeWaitMost: 100 },
    { round: 0, namespace: 'netns-2', tracked: 89, trackedMost: 100 },
    { round: 1, namespace: 'netns-2', tracked: 95, trackedMost: 100 },
  ]
  const warnings = tableWarnings([
    { name: 'stack', tables },
    { name: 'floor', tables: [{ round: 0, namespace: 'netns-3', timeWait: 89, timeWaitMost: 100 }] },
    { name: 'redirect' },
  ])
  t.deepEqual(
    warnings.map(({ code }) => code),
    ['table-nearly-full', 'table-nearly-full'],
  )
  t.regex(
    warnings[0]!.message,
    /^stack: 100 of 100 sockets that may be in TIME_WAIT in netns-3 were .*: raise net\.ipv4\.tcp_max_tw_buckets there/,
  )
  t.regex(warnings[1]!.message, /^stack: conntrack of netns-2 held 95 of 100 connections .*nf_conntrack_max/)
})
