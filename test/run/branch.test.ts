import test from 'ava'
import { type LiveEvidence, otherBranch, stackShareOf } from '../../src/run/branch.ts'

const hash = { name: 'services', type: 1, id: 1 }
const [ok, shot, redirect] = [0, 2, 7]

const live = (changes: Partial<LiveEvidence> = {}): LiveEvidence => ({
  seen: undefined,
  stackShare: undefined,
  maps: [hash],
  ...changes,
})
/** Two ARP requests beside 32 datagrams. */
const redirected: LiveEvidence = live({
  seen: {
    actions: [
      [ok, 2],
      [redirect, 32],
    ],
  },
})

test('a test-run that returns what most live packets get has a figure', (t) => {
  t.is(otherBranch('tc/ingress', redirect, redirected), undefined)
})

test('a test-run that takes the error branch has none, and is told with both codes', (t) => {
  t.is(
    otherBranch('tc/ingress', ok, redirected),
    'a test-run of it returns TC_ACT_OK, and to live packets it returns TC_ACT_REDIRECT: that is another way through the program',
  )
  t.regex(otherBranch('xdp/native', 2, live({ seen: { actions: [[3, 32]] } })) ?? '', /XDP_PASS, .* XDP_TX/)
  t.regex(
    otherBranch('tc/egress', 4294967295, live({ seen: { actions: [[99, 1]] } })) ?? '',
    /UNSPEC, .* code 99/,
  )
})

test('a test-run that ends the packet has none, whatever is known: live packets arrive', (t) => {
  t.regex(otherBranch('tc/ingress', shot, live()) ?? '', /returns TC_ACT_SHOT, which ends the packet/)
  t.regex(otherBranch('xdp/generic', 0, live({ stackShare: 0 })) ?? '', /XDP_ABORTED/)
})

for (const [kind, type] of [
  ['a ring buffer', 27],
  ['a perf buffer', 4],
] as const)
  test(`a program that writes events into ${kind} has none: once it is full, runs are others`, (t) => {
    t.is(
      otherBranch('tc/ingress', redirect, { ...redirected, maps: [hash, { name: 'events', type, id: 2 }] }),
      'it writes events into map "events", which nobody empties: once that is full, a run takes another way through the program',
    )
  })

const unseen = { failure: 'Operation not permitted' }

test('where programs cannot be watched, where their packets went tells the branch', (t) => {
  const judge = (action: number, stackShare: number) =>
    otherBranch('tc/ingress', action, live({ seen: unseen, stackShare }))
  t.is(judge(redirect, 0.02), undefined)
  t.is(judge(ok, 0.98), undefined)
  t.is(
    judge(ok, 0.02),
    'a test-run of it returns TC_ACT_OK, which leaves the packet to the stack, where 2 % of its live packets came: that is another way through the program',
  )
  t.regex(judge(redirect, 1) ?? '', /takes the packet from the stack, where 100 % of its live packets came/)
})

test('what cannot be told is not taken for right', (t) => {
  for (const stackShare of [undefined, 0.5])
    t.is(
      otherBranch('tc/ingress', redirect, live({ seen: unseen, stackShare })),
      'a test-run of it returns TC_ACT_REDIRECT, and what it returns to live packets cannot be told',
    )
  t.is(
    otherBranch('tc/ingress', ok, live({ seen: { actions: [] } })),
    'no live packet met it while the path was probed',
  )
})

const counted = (inReceives: number) =>
  new Map([
    ['Ip.InReceives', inReceives],
    ['lo.rxPackets', 9],
    ['eth0.rxPackets', 32],
    ['eth1.rxPackets', 32],
    ['eth0.txPackets', 32],
  ])

test('of what came in by devices with programs, the share that the stack received', (t) => {
  // Replies come by eth1, which has no program, and go through the stack.
  t.is(stackShareOf(counted(32), new Set(['eth0'])), 0)
  t.is(stackShareOf(counted(64), new Set(['eth0'])), 1)
  t.is(stackShareOf(counted(16), new Set(['eth0', 'eth1'])), 0.25)
  t.is(stackShareOf(new Map(), new Set(['eth0'])), undefined)
})
