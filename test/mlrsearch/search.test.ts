import test from 'ava'
import { boundsOf, resultOf, widthOf } from '../../src/mlrsearch/bounds.ts'
import { knownGoals, type LoadTrial } from '../../src/mlrsearch/goal.ts'
import { classify } from '../../src/mlrsearch/load.ts'
import { nextTrial } from '../../src/mlrsearch/next-trial.ts'
import { randomSource } from '../../src/stats/random.ts'

const range = { minPps: 1000, maxPps: 1_000_000 }
const ndr = { name: 'ndr', ...knownGoals.ndr }
const pdr = { name: 'pdr', ...knownGoals.pdr }

/** The share that a device loses of a load. */
type Device = (ratePps: number) => number

/** A search to its end; more trials than these would be one without end. */
function searched(device: Device, goals = [ndr, pdr], most = 2000): LoadTrial[] {
  const trials: LoadTrial[] = []
  for (;;) {
    const next = nextTrial(goals, range, trials)
    if (next === undefined) return trials
    if (trials.length === most) throw new Error('the search does not end')
    trials.push({ ...next, lossRatio: device(next.ratePps) })
  }
}

/** Takes so much, and loses the rest. */
const upTo = (capacityPps: number, ratePps: number): number => Math.max(0, 1 - capacityPps / ratePps)

test('what a steady device takes lies between bounds that are as close as the goal asks for', (t) => {
  for (const capacityPps of [1300, 7777, 432_100, 980_000]) {
    const trials = searched((rate) => upTo(capacityPps, rate))
    for (const [goal, truth] of [
      [ndr, capacityPps],
      [pdr, capacityPps / 0.995],
    ] as const) {
      const { state, lowerPps, upperPps, throughputPps } = resultOf(goal, trials, range)
      t.is(state, 'regular')
      t.true(lowerPps! <= truth && truth < upperPps!, `${lowerPps} ${truth} ${upperPps}`)
      t.true(widthOf(lowerPps!, upperPps!) <= goal.width + 1e-9)
      t.true(throughputPps! <= lowerPps! && throughputPps! >= lowerPps! * (1 - goal.lossRatio))
    }
  }
})

test('bounds are loads that enough trials were made at', (t) => {
  const trials = searched((rate) => upTo(432_100, rate))
  const at = (ratePps: number | undefined) => trials.filter((trial) => trial.ratePps === ratePps)
  const { lowerPps, upperPps } = boundsOf(ndr, trials)
  t.is(classify(ndr, at(lowerPps)), 'lower')
  t.is(classify(ndr, at(upperPps)), 'upper')
  t.true(at(lowerPps).length >= 11 && at(upperPps).length >= 11)
})

test('a path that takes all that is offered, or not even the least, has one bound, and the reason is said', (t) => {
  const all = resultOf(
    ndr,
    searched(() => 0),
    range,
  )
  t.like(all, { state: 'irregular', lowerPps: range.maxPps })
  t.is(all.upperPps, undefined)
  t.regex(all.why!, /can take more/)
  const none = resultOf(
    ndr,
    searched(() => 0.5),
    range,
  )
  t.like(none, { state: 'irregular', upperPps: range.minPps })
  t.is(none.lowerPps, undefined)
  t.regex(none.why!, /lowest rate that was asked for is too much/)
})

test('a search that ended early says that its bounds are too far apart', (t) => {
  const trials = searched((rate) => upTo(432_100, rate))
  const result = resultOf(ndr, trials.slice(0, 20), range)
  t.is(result.state, 'irregular')
  t.regex(result.why!, /the search ended before/)
})

test('a device that collapses under too much is searched above what then comes through', (t) => {
  const trials = searched((rate) => (rate > 400_000 ? 0.9 : 0))
  const { state, lowerPps, upperPps } = resultOf(ndr, trials, range)
  t.is(state, 'regular')
  t.true(lowerPps! <= 400_000 && upperPps! > 400_000)
})

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** What devices of chance come to in 100 searches: how many found the capacity to within twice the width. */
function found(device: (ratePps: number, random: () => number) => number, capacityPps: number): number {
  return Array.from({ length: 100 }, (_, seed) => {
    const random = randomSource(seed)
    const trials = searched((rate) => device(rate, random), [ndr], 5000)
    const { state, lowerPps, upperPps } = resultOf(ndr, trials, range)
    const slack = 2 * ndr.width * capacityPps
    return state === 'regular' && lowerPps! < capacityPps + slack && upperPps! > capacityPps - slack
  }).filter(Boolean).length
}

test('what a noisy device takes in half of all trials is found in 99 of 100 searches', (t) => {
  const noisy = (rate: number, random: () => number) => upTo(432_100 * (1 + 0.005 * normal(random)), rate)
  t.true(found(noisy, 432_100) >= 99)
})

test('a device that loses something in every fifth trial, at any load, has the capacity of the others', (t) => {
  const bistable = (rate: number, random: () => number) => (random() < 0.2 ? 0.02 : upTo(432_100, rate))
  t.true(found(bistable, 432_100) >= 99)
})
