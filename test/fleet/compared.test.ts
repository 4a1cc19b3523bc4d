import test from 'ava'
import { fleetText } from '../../src/cli/terminal/fleet-text.ts'
import { textWidth } from '../../src/cli/terminal/wrap.ts'
import { comparedFleet, type FleetFigure } from '../../src/fleet/compared.ts'
import { effectSentences, figureSentences, headlineOf } from '../../src/fleet/words.ts'
import type { ReadFleet } from '../../src/record/fleet.ts'
import { madeUpFleet, twoKernels } from './made-up-fleet.ts'

const compared = (fleet: ReadFleet) => comparedFleet(fleet, 0.02)
const throughput = (fleet: ReadFleet): FleetFigure =>
  compared(fleet).figures.find(({ metric }) => metric === 'throughputPps')!

test('what hosts have in common is their mean, whose interval rests on the number of hosts', (t) => {
  const { mean, verdict } = throughput(
    madeUpFleet({ a: { timeRatio: 0.8 }, b: { timeRatio: 0.9 }, c: { timeRatio: 1 } }),
  )
  // Of −log 0.8, −log 0.9 and 0: t of 2 degrees of freedom is 4.30.
  t.true(Math.abs(Math.log(mean!.estimate) - 0.1095) < 0.01)
  t.true(Math.abs(Math.log(mean!.high / mean!.low) / 2 - 4.303 * (0.1117 / Math.sqrt(3))) < 0.03)
  t.is(verdict, 'differ')
})

test('many hosts with one ratio agree, however fast they are', (t) => {
  const names = Array.from({ length: 12 }, (_, index) => `host-${index}`)
  const fleet = compared(madeUpFleet(Object.fromEntries(names.map((name) => [name, {}]))))
  for (const { verdict, spread, unlike } of fleet.figures) {
    t.is(verdict, 'agree')
    t.true(spread!.high < 0.02)
    t.deepEqual(unlike, [])
  }
  t.is(headlineOf(fleet), '12 of 12 hosts measured, and they agree')
})

test('of two hosts each has its ratio, and nothing is said of hosts in general', (t) => {
  const fleet = compared(madeUpFleet({ a: { timeRatio: 0.8 }, b: { timeRatio: 1 } }))
  for (const { mean, spread, verdict, hosts } of fleet.figures) {
    t.deepEqual([mean, spread, verdict], [null, null, 'too-few'])
    t.true(hosts.every((host) => 'ratio' in host))
  }
  t.is(headlineOf(fleet), '2 of 2 hosts measured, too few to say how hosts differ')
  t.is(figureSentences(fleet.figures).length, 1)
})

test('what goes with a difference is told with its size, and what parts hosts alike is told together', (t) => {
  const [effect] = throughput(twoKernels()).effects
  t.deepEqual(effect!.hosts.toSorted(), ['db-1', 'db-2', 'db-3'])
  t.true(effect!.isFound)
  t.true(effect!.ratio.low < 0.9 && effect!.ratio.high > 0.9, JSON.stringify(effect!.ratio))
  t.regex(
    effectSentences(compared(twoKernels()))[0]!,
    /^kernel 6\.12\.9 \(db-1, db-2, db-3\) against 6\.1\.0 \(web-1, web-2, web-3\): redirect packets\/s −/,
  )

  const { hosts, ...fleet } = twoKernels()
  const twice = hosts.map((host) =>
    host.record?.environment.kernel === '6.12.9'
      ? {
          ...host,
          record: { ...host.record, environment: { ...host.record.environment, cpuModel: 'Another' } },
        }
      : host,
  )
  const { splits, ...both } = compared({ ...fleet, hosts: twice })
  t.deepEqual(
    splits.map(({ factors }) => factors.map(({ what }) => what)),
    [['kernel', 'CPU model']],
  )
  t.regex(
    effectSentences({ splits, ...both })[0]!,
    /it may as well be CPU model, which part these hosts alike$/,
  )
})

test('a kind with one host is not judged', (t) => {
  const fleet = compared(madeUpFleet({ a: {}, b: {}, c: {}, d: { kernel: '6.12.9', timeRatio: 1.2 } }))
  t.true(fleet.figures.every(({ effects }) => effects.length === 0))
  t.deepEqual(effectSentences(fleet), ['too few hosts to judge kernel: at least 2 of each kind are wanted'])
})

test('a host that is far from all others is unlike them', (t) => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const { unlike } = throughput(
    madeUpFleet({ ...Object.fromEntries(names.map((name) => [name, {}])), odd: { timeRatio: 1.3 } }),
  )
  t.deepEqual(
    unlike.map(({ host }) => host),
    ['odd'],
  )
})

test('a host that measured another load has its reason, and no part in what is common', (t) => {
  const { hosts, ...fleet } = madeUpFleet({ a: {}, b: {}, c: {}, d: { timeRatio: 3 } })
  const changed = hosts.map((host) =>
    host.host === 'd'
      ? { ...host, record: { ...host.record!, settings: { ...host.record!.settings, payloadBytes: 1400 } } }
      : host,
  )
  const figure = throughput({ ...fleet, hosts: changed })
  t.deepEqual(figure.hosts.at(-1), { host: 'd', reason: 'it measured with other payload in bytes' })
  t.true(figure.mean!.high < 1.2)
})

test('lines fit a terminal of 80 columns, and a host that failed is told with its reason', (t) => {
  const text = fleetText(compared(twoKernels()), 80)
  t.deepEqual(
    text.split('\n').filter((line) => textWidth(line) > 80),
    [],
  )
  t.regex(text, /^redirect-vs-stack: 6 of 7 hosts measured, and they differ in \d+ of\s\d+ metrics/)
  t.true(text.includes('broken: failed: Could not run: the kernel has no BPF'), text)
})
