import test from 'ava'
import { otherBranch } from '../../src/run/branch.ts'

const hash = { name: 'services', type: 1, id: 1 }
const [ok, redirect] = [0, 7]

test('a test-run that returns what most live packets get has a figure', (t) => {
  // Two ARP requests beside 32 datagrams.
  t.is(
    otherBranch(
      'tc',
      redirect,
      {
        actions: [
          [ok, 2],
          [redirect, 32],
        ],
      },
      [hash],
    ),
    undefined,
  )
})

test('a test-run that takes the error branch has none, and is told with both codes', (t) => {
  t.is(
    otherBranch(
      'tc',
      ok,
      {
        actions: [
          [ok, 2],
          [redirect, 32],
        ],
      },
      [],
    ),
    'a test-run of it returns TC_ACT_OK, and to live packets it returns TC_ACT_REDIRECT: that is another way through the program',
  )
  t.regex(otherBranch('xdp', 1, { actions: [[3, 32]] }, []) ?? '', /returns XDP_DROP, .* XDP_TX/)
  t.regex(otherBranch('tc', 4294967295, { actions: [[99, 1]] }, []) ?? '', /TC_ACT_UNSPEC, .* code 99/)
})

for (const [kind, type] of [
  ['a ring buffer', 27],
  ['a perf buffer', 4],
] as const)
  test(`a program that writes events into ${kind} has none: once it is full, runs are others`, (t) => {
    t.is(
      otherBranch('tc', redirect, { actions: [[redirect, 32]] }, [hash, { name: 'events', type, id: 2 }]),
      'it writes events into map "events", which nobody empties: once that is full, a run takes another way through the program',
    )
  })

test('what was not seen is not taken for right', (t) => {
  t.is(otherBranch('tc', ok, undefined, []), 'what it returns to live packets was not seen')
  t.is(otherBranch('tc', ok, { actions: [] }, []), 'no live packet met it while the path was probed')
  t.is(
    otherBranch('tc', ok, { failure: 'no fexit here' }, []),
    'what it returns to live packets cannot be seen: no fexit here',
  )
})
