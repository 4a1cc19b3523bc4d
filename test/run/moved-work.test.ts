import test from 'ava'
import type { TrialRecord } from '../../src/record/record.ts'
import { isCarriedBySender, movedWork } from '../../src/run/moved-work.ts'

const flood = (path: string, block: number, changes: Partial<TrialRecord> = {}): TrialRecord => ({
  ...{ round: 0, block, position: 0, path, kind: 'flood', warmup: false },
  ...{ startNs: 0, durationNs: 1e6, sent: 100, received: 100, lost: 0 },
  ...{ sendNs: 1e6, senderCpuNs: 1e6, senderCpuPackets: 200, otherCpuPackets: 0 },
  ...changes,
})

/** Seven floods of stack, and as many of redirect that differ from them. */
const trialsOf = (
  ofRedirect: (block: number) => Partial<TrialRecord>,
  ofStack: (block: number) => Partial<TrialRecord> = () => ({}),
) =>
  [0, 1, 2, 3, 4, 5, 6].flatMap((block) => [
    flood('stack', block, ofStack(block)),
    flood('redirect', block, ofRedirect(block)),
  ])

const ofFloods = { load: 'flood' }
const reason = (...changes: Parameters<typeof trialsOf>) =>
  movedWork({ trials: trialsOf(...changes) }, 'redirect', 'stack', ofFloods)

test('paths whose packets the sender carries can be compared', (t) => {
  t.is(
    reason(() => ({})),
    undefined,
  )
})

test('packets handled on other CPUs are missing from the cost', (t) => {
  const words = reason(() => ({ senderCpuPackets: 146, otherCpuPackets: 54 }))
  t.is(
    words,
    "other CPUs than the sender's handled 27 % of its packets, and 0 % of those on stack: what that cost is not in the sender's CPU time",
  )
})

test('where both hand as many packets to other CPUs, up to two in a hundred, neither is favoured', (t) => {
  const shared = { senderCpuPackets: 100, otherCpuPackets: 100 }
  t.is(
    reason(
      () => shared,
      () => shared,
    ),
    undefined,
  )
  t.is(
    reason(() => ({ senderCpuPackets: 981, otherCpuPackets: 19 })),
    undefined,
  )
  t.regex(
    reason(() => ({ senderCpuPackets: 970, otherCpuPackets: 30 }))!,
    /^other CPUs/,
  )
})

test('work that the baseline has moved makes the path look dear, and is no cost either', (t) => {
  t.regex(
    reason(
      () => ({}),
      () => ({ senderCpuPackets: 100, otherCpuPackets: 100 }),
    )!,
    /handled 0 % of its packets, and 50 % of those on stack/,
  )
})

test('a sender that lacks the CPU during its own sends had its work done by a kernel thread', (t) => {
  t.is(
    reason(() => ({ senderCpuNs: 0.73e6 })),
    "its sender had the CPU for 27 % less of its sends than that on stack: what ran meanwhile is not in the sender's CPU time",
  )
  t.is(
    reason(() => ({ senderCpuNs: 0.96e6 })),
    undefined,
  )
})

test('what a busy machine does to few floods, or to both paths in a block, is no moved work', (t) => {
  t.is(
    reason((block) => (block < 3 ? { senderCpuNs: 0.2e6, otherCpuPackets: 50 } : {})),
    undefined,
  )
  t.is(
    reason(
      () => ({ senderCpuNs: 0.4e6 }),
      () => ({ senderCpuNs: 0.4e6 }),
    ),
    undefined,
  )
})

test('the warm-up tells nothing, nor do records without these counts', (t) => {
  t.is(
    reason(() => ({ warmup: true, otherCpuPackets: 200 })),
    undefined,
  )
  const old = { senderCpuPackets: undefined, otherCpuPackets: undefined, senderCpuNs: undefined }
  const trials = trialsOf(
    () => old,
    () => old,
  )
  t.is(movedWork({ trials }, 'redirect', 'stack', ofFloods), undefined)
  t.is(isCarriedBySender(trials), undefined)
})

test('of TCP a server answers from its own CPU: what one path has moved shows beyond that', (t) => {
  const share = (otherCpuPackets: number) => ({
    ...{ kind: 'tcp-rr', sendNs: undefined, senderCpuPackets: 100 - otherCpuPackets, otherCpuPackets },
  })
  const ofRequests = (onRedirect: number, onStack: number) =>
    movedWork(
      {
        trials: trialsOf(
          () => share(onRedirect),
          () => share(onStack),
        ),
      },
      'redirect',
      'stack',
      { load: 'tcp-rr' },
    )
  t.is(ofRequests(50, 50), undefined)
  t.is(ofRequests(45, 50), undefined)
  t.regex(
    ofRequests(90, 50)!,
    /^other CPUs than the sender's handled 90 % of its packets, and 50 % of those on stack/,
  )
})

test("the sender's CPU carried all where it had the CPU and no other handled packets", (t) => {
  const ofStack = (changes: Partial<TrialRecord>) => isCarriedBySender([flood('stack', 0, changes)])
  t.true(ofStack({}))
  t.false(ofStack({ otherCpuPackets: 20 }))
  t.false(ofStack({ senderCpuNs: 0.9e6 }))
})
