import test from 'ava'
import { differenceLines } from '../../src/across/differences.ts'
import { environmentDifferences } from '../../src/across/environment-differences.ts'
import {
  requireSameEnvironment,
  requireSameLoad,
  requireSameScenario,
} from '../../src/across/require-comparable.ts'
import { loadDifferences, scenarioDifferences } from '../../src/across/settings-differences.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { refused } from './refused.ts'

const record = sampleRecord()
const { environment, settings } = record

const withEnvironment = (changes: Partial<RunRecord['environment']>): RunRecord => ({
  ...record,
  environment: { ...environment, ...changes },
})
const withSettings = (changes: Partial<RunRecord['settings']>): RunRecord => ({
  ...record,
  settings: { ...settings, ...changes },
})

test('a run does not differ from itself', (t) => {
  t.deepEqual(differenceLines(record, record), [])
})

test('every part of the environment that differs is named with both values', (t) => {
  const other = {
    ...environment,
    kernel: '6.1.0',
    cpuCount: 4,
    governor: 'performance',
    memoryBytes: 16 * 2 ** 30,
    mitigations: { ...environment.mitigations, spectre_v2: 'Vulnerable' },
    sysctls: { ...environment.sysctls, 'net.core.netdev_budget': '600' },
    tools: { ...environment.tools, clang: '19.1.0' },
  }
  t.deepEqual(
    environmentDifferences(environment, other).map(({ what, first, second }) => [what, first, second]),
    [
      ['kernel', '6.18.5', '6.1.0'],
      ['number of CPUs', '2', '4'],
      ['frequency governor', 'none', 'performance'],
      ['memory', '8.0 GiB', '16.0 GiB'],
      ['mitigation spectre_v2', 'Mitigation: Enhanced / Automatic IBRS', 'Vulnerable'],
      ['sysctl net.core.netdev_budget', '300', '600'],
      ['version of clang', '14.0.6', '19.1.0'],
    ],
  )
})

test('a kernel that sees a few pages more of the same memory is no difference', (t) => {
  const other = { ...environment, memoryBytes: environment.memoryBytes + 4096 * 100 }
  t.deepEqual(environmentDifferences(environment, other), [])
})

test('what only one of two records has is told in one line', (t) => {
  t.deepEqual(differenceLines(record, withEnvironment({ sysctls: {}, kernel: '6.1.0' })), [
    'kernel: 6.18.5, then 6.1.0',
    'recorded in one of them only: sysctl net.core.netdev_budget, sysctl net.core.rmem_max',
  ])
})

test('another load is named, and how long a run went on is none', (t) => {
  const other = withSettings({ payloadBytes: 1400, flows: 8, receiver: 'blocking', rounds: 40, quick: true })
  t.deepEqual(
    loadDifferences(record, other).map(({ what, first, second }) => [what, first, second]),
    [
      ['payload in bytes', '18', '1400'],
      ['UDP flows', '1', '8'],
      ['receivers', 'spinning', 'blocking'],
    ],
  )
})

test('other trials are named; what an earlier version did not record of them is none', (t) => {
  const [flood, ...others] = settings.trials
  const said = withSettings({ trials: [{ ...flood!, payloadBytes: 18 }, ...others] })
  t.deepEqual(loadDifferences(record, said), [])
  const larger = withSettings({ trials: [{ ...flood!, packets: 800 }, ...others] })
  t.deepEqual(loadDifferences(record, larger)[0], {
    what: 'trials',
    first: 'flood packets 3200, pingpong packets 1000, paced packets 500 ratePps 50000',
    second: 'flood packets 800, pingpong packets 1000, paced packets 500 ratePps 50000',
  })
})

test('a scenario with other words or gates is the same, one with another topology is not', (t) => {
  const yaml = (text: string): RunRecord => ({ ...record, scenarioSource: text })
  const plain = yaml('name: a\ntitle: A\ntopology: { links: {} }\n')
  t.deepEqual(
    scenarioDifferences(
      plain,
      yaml('# comment\nname: a\ntitle: B\ngates: [valid]\ntopology:\n  links: {}\n'),
    ),
    [],
  )
  t.is(
    scenarioDifferences(plain, yaml('name: a\ntopology: { links: { veth1: [] } }\n'))[0]?.what,
    'scenario file',
  )
})

test('runs of two scenarios are refused', (t) => {
  t.regex(
    refused(() => {
      requireSameScenario(record, { ...record, scenario: 'dsr-vs-nat' })
    }),
    /^Could not compare runs \S+ and \S+: one is of redirect-vs-stack, the other of dsr-vs-nat\n/,
  )
})

test('another load is refused, naming it', (t) => {
  t.regex(
    refused(() => {
      requireSameLoad(record, withSettings({ payloadBytes: 1400 }))
    }),
    /: they were measured under different loads\n {2}payload in bytes: 18, then 1400\nHint: /,
  )
})

test('absolute figures of two environments are refused, naming each difference', (t) => {
  const other = withEnvironment({ kernel: '6.1.0', clockSource: 'hpet' })
  t.regex(
    refused(() => {
      requireSameEnvironment(record, other)
    }),
    /: their environments differ\n {2}kernel: 6\.18\.5, then 6\.1\.0\n {2}clock source: tsc, then hpet\nHint: leave out --absolute/,
  )
  t.notThrows(() => {
    requireSameEnvironment(record, record)
  })
})

test('runs whose floods were sent by different engines are not compared; records of earlier versions had sockets', (t) => {
  const byEngine = (engine?: 'socket' | 'gso') =>
    withSettings({
      trials: settings.trials.map((trial) =>
        trial.kind === 'flood' && engine !== undefined ? { ...trial, engine } : trial,
      ),
    })
  t.deepEqual(loadDifferences(byEngine(), byEngine('socket')), [])
  t.deepEqual(loadDifferences(byEngine('gso'), byEngine('gso')), [])
  const [difference] = loadDifferences(byEngine(), byEngine('gso'))
  t.is(difference?.what, 'trials')
  t.regex(difference?.second ?? '', /engine gso/)
  t.regex(
    refused(() => {
      requireSameLoad(byEngine('socket'), byEngine('gso'))
    }),
    /different loads/,
  )
})

test('runs whose floods went to different sinks are not compared; records of earlier versions had sockets', (t) => {
  const toSink = (sink?: 'socket' | 'xdp') =>
    withSettings({
      trials: settings.trials.map((trial) =>
        trial.kind === 'flood' && sink !== undefined ? { ...trial, sink } : trial,
      ),
    })
  t.deepEqual(loadDifferences(toSink(), toSink('socket')), [])
  t.regex(loadDifferences(toSink(), toSink('xdp'))[0]?.second ?? '', /sink xdp/)
})

test('the host under test and the devices of a run are compared, too', (t) => {
  const { tools: _, ...machine } = environment
  const withHost = (kernel: string, ring: string) =>
    withEnvironment({
      dut: { ...machine, name: 'dut', kernel },
      devices: { 'netns-2/eth0': { driver: 'ice', 'ring RX': ring } },
    })
  const one = withHost('6.1.0', '512')
  t.deepEqual(differenceLines(one, withHost('6.1.0', '512')), [])
  t.deepEqual(environmentDifferences(one.environment, withHost('6.12.0', '4096').environment), [
    { what: "DUT's kernel", first: '6.1.0', second: '6.12.0' },
    { what: 'netns-2/eth0: ring RX', first: '512', second: '4096' },
  ])
  t.deepEqual(environmentDifferences(environment, one.environment)[0], {
    what: 'host under test',
    first: 'none',
    second: 'dut',
  })
})
