import test from 'ava'
import { analyse } from '../../src/run/analysis.ts'
import {
  floods,
  floorRatio,
  input,
  ofFloods,
  paths,
  redirectRatio,
  withTrials,
} from './simulated-analysis.ts'

test("the router's own cost is what a path adds to the floor", (t) => {
  const [stack, redirect, control, ...others] = ofFloods.derived.routerCost
  t.deepEqual(
    [stack, redirect, control].map((cost) => cost?.path),
    ['stack', 'redirect', 'control'],
  )
  t.deepEqual(others, [])
  t.is(stack?.ratioToBaseline, null)
  const { low: least, high: most } = stack!
  t.true(least! < 5000 * (1 - floorRatio) && 5000 * (1 - floorRatio) < most!, `${least} to ${most}`)
  const { low, high } = redirect!.ratioToBaseline!
  const ratio = (redirectRatio - floorRatio) / (1 - floorRatio)
  t.true(low! < ratio && ratio < high!, `${low} to ${high}`)
})

test('without a floor nothing is said of the router alone', (t) => {
  const floorless = paths.filter(({ role }) => role !== 'floor')
  t.deepEqual(analyse(input({ ...floods, paths: floorless })).derived.routerCost, [])
})

test("the router's own cost is known on the floor's kernel alone", (t) => {
  const onTwo = paths.map(({ name, role }) => ({ name, role, kernel: name === 'redirect' ? 'b' : 'a' }))
  const named = (analysis: typeof ofFloods) => analysis.derived.routerCost.map(({ path }) => path)
  t.true(named(ofFloods).includes('redirect'))
  t.deepEqual(
    named(analyse(input({ ...floods, paths: onTwo }))),
    named(ofFloods).filter((name) => name !== 'redirect'),
  )
})

test('a flood is limited by the receiver where deliveries trail the last send by far', (t) => {
  const { derived } = analyse(
    withTrials(
      (trial) => [{ ...trial, durationNs: 10e6, sendNs: trial.path === 'redirect' ? 8e6 : 9.95e6 }],
      floods,
    ),
  )
  t.deepEqual(
    derived.floodLimit.map(({ path, limitedBy }) => [path, limitedBy]),
    [
      ['stack', 'path'],
      ['redirect', 'receiver'],
      ['control', 'path'],
      ['floor', 'path'],
    ],
  )
  t.is(derived.floodLimit[1]?.why, 'the last packet was delivered 20.0 % of the time after the last send')
  t.is(
    derived.floodLimit[0]?.why,
    'packets were delivered as fast as they were sent; delivery trailed by 0.5 % of the time',
  )
})

test("the sender's CPU is said to carry each packet where it is known to, and only there", (t) => {
  const counted = { durationNs: 10e6, sendNs: 10e6, senderCpuNs: 10e6, senderCpuPackets: 100 }
  const { derived } = analyse(
    withTrials(
      (trial) => [{ ...trial, ...counted, otherCpuPackets: trial.path === 'redirect' ? 40 : 0 }],
      floods,
    ),
  )
  t.deepEqual(
    derived.floodLimit.slice(0, 2).map(({ why }) => why),
    [
      "the sender's CPU carried each packet to the server's socket; delivery trailed by 0.0 % of the time",
      "part of the work was done by another than the sender's thread; delivery trailed by 0.0 % of the time",
    ],
  )
})

test('a delivery before the last send returned is no negative time', (t) => {
  const { derived } = analyse(withTrials((trial) => [{ ...trial, durationNs: 10e6, sendNs: 11e6 }], floods))
  t.regex(derived.floodLimit[0]!.why, /trailed by 0\.0 %/)
})

test('a program costs what its runs take beyond those of one that does nothing, batch by batch', (t) => {
  // The machine slows down half-way through: both take longer, and the difference is the same.
  const batch = (round: number, index: number) => 30 + 20 * round + (index % 3)
  const programCosts = [0, 1, 2, 3].map((round) => {
    const floorNs = Array.from({ length: 20 }, (_, index) => batch(round, index))
    return { path: 'redirect', program: 'redirect', floorNs, programNs: floorNs.map((ns) => ns + 41) }
  })
  const [cost, ...others] = analyse(input({ ...floods, programCosts })).derived.programCost ?? []
  t.deepEqual(others, [])
  t.is(cost?.estimate, 41)
  t.deepEqual([cost?.path, cost?.program, cost?.unit, cost?.n], ['redirect', 'redirect', 'ns', 80])
})

test('the programs of a path that is invalid cost nothing that is worth telling', (t) => {
  const programCosts = [{ path: 'broken', program: 'x', programNs: [50], floorNs: [30] }]
  t.deepEqual(analyse(input({ ...floods, programCosts })).derived.programCost, [])
})

test('of two floods that have names each has its own figures, and its own cost of the router', (t) => {
  const named = withTrials(
    (trial) =>
      trial.kind === 'flood'
        ? [
            { ...trial, name: 'small' },
            {
              ...trial,
              ...{ name: 'large', costNs: trial.costNs! * 2 },
              // What moves work in one flood takes no verdict from the other.
              senderCpuPackets: 3200,
              otherCpuPackets: trial.path === 'redirect' ? 3200 : 0,
            },
          ]
        : [trial],
    { trials: [{ kind: 'flood', name: 'small' }, { kind: 'flood', name: 'large' }, { kind: 'pingpong' }] },
  )
  const { estimates, comparisons, derived } = analyse(named)
  const costs = estimates.filter(({ path, metric }) => path === 'stack' && metric.startsWith('costNs'))
  t.deepEqual(
    costs.map(({ metric }) => metric),
    ['costNs@small', 'costNs@large'],
  )
  t.true(Math.abs(costs[1]!.estimate / costs[0]!.estimate - 2) < 1e-9)
  const withheld = comparisons
    .filter(({ path, metric }) => path === 'redirect' && metric.startsWith('costNs'))
    .map(({ metric, withheldFor }) => [metric, withheldFor])
  t.deepEqual(withheld, [
    ['costNs@small', undefined],
    ['costNs@large', 'work-moved'],
  ])
  t.deepEqual(
    derived.routerCost.filter(({ path }) => path === 'redirect').map(({ trial }) => trial),
    ['small'],
  )
  t.deepEqual(
    derived.floodLimit.filter(({ path }) => path === 'stack').map(({ trial }) => trial),
    ['large', 'small'],
  )
})
