import test from 'ava'
import type { CheckedRule } from '../../src/parts/proofs/checked-rule.ts'
import { runRecordSchema } from '../../src/record/record.ts'
import { analyse } from '../../src/run/analysis.ts'
import { ProofLog } from '../../src/run/proof-log.ts'
import { makeRunId, type RecordInput, recordOf, splitPaths } from '../../src/run/record.ts'
import { planRun } from '../../src/run/settings.ts'
import { Samples } from '../../src/run/samples.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { exampleText, parse } from '../scenario/example.ts'
import { floodResult, pacedResult } from './answers.ts'
import { stateWith } from './states.ts'

const scenario = parse(exampleText)
const startedAt = new Date('2026-11-12T14:03:12.345Z')
const input: RecordInput = {
  run: {
    scenario,
    paths: scenario.paths,
    objects: new Map(),
    plan: planRun(scenario, { quick: true, margin: 0.02, rounds: 2, receiver: 'spinning' }),
    placement: { senderCpu: 0, receiverCpu: 1, receiver: 'spinning' },
    seed: 42,
  },
  runId: makeRunId(startedAt, 42),
  startedAt,
  environment: sampleRecord().environment,
  subject: { scenarioSha256: 'ab', git: { commit: 'cd', isDirty: true } },
  request: {
    command: 'run',
    scenario: 'example',
    options: { quick: true, margin: 0.01, receiver: 'spinning' },
  },
  floodPauseNs: 20_000,
  skipped: new Map(),
  warnings: [{ code: 'one-cpu', message: 'there is one CPU' }],
}

const finding: CheckedRule = {
  what: 'netns-2/Ip.ForwDatagrams',
  relation: 'equals',
  amount: 'requests',
  least: 10,
  most: 10,
  observed: 10,
  holds: true,
}

/** Two rounds of two blocks after the warm-up, all paths alike. */
const samples = new Samples()
for (const round of [0, 1]) {
  for (const block of [0, 1, 2])
    for (const [position, { name }] of scenario.paths.entries()) {
      const place = { round, block, position, warmup: block === 0 }
      samples.addTrial(floodResult(name), place)
      samples.addTrial(pacedResult(name), place)
    }
  samples.endRound(round)
}

const proofs = new ProofLog()
for (const { name } of scenario.paths) {
  proofs.addFindings(name, [finding])
  proofs.addFindings(name, [finding])
}

const state = stateWith({ samples, proofs, rounds: 2, roundsDone: 2 })
const record = recordOf(input, state, analyse, true)
const pathIn = ({ paths }: typeof record, name: string) => paths.find((path) => path.name === name)!

test('a record follows its schema', (t) => {
  t.deepEqual(runRecordSchema.parse(record), record)
})

test('a record says what was run, when, and how to repeat it', (t) => {
  const { runId, scenario: name, title, scenarioSource, startedAt: begin, command, seed, complete } = record
  t.deepEqual(
    { runId, name, title, scenarioSource, begin, command, seed, complete },
    {
      runId: '20261112T140312Z-0000002a',
      name: 'example',
      title: 'An example',
      scenarioSource: exampleText,
      begin: '2026-11-12T14:03:12.345Z',
      command: 'sudo ./bench run example --quick --seed 42',
      seed: 42,
      complete: true,
    },
  )
})

test('the settings are those that the run had', (t) => {
  t.deepEqual(record.settings, {
    quick: true,
    rounds: 2,
    blocksPerRound: null,
    roundTimeS: 1,
    warmupBlocks: 1,
    precision: null,
    maxTimeS: 2,
    margin: 0.02,
    payloadBytes: 64,
    ratePps: 1000,
    flows: 1,
    senderCpu: 0,
    receiverCpu: 1,
    receiver: 'spinning',
    floodPauseNs: 20_000,
    trials: [
      { kind: 'flood', packets: 800, payloadBytes: 64, engine: 'socket', sink: 'socket' },
      { kind: 'paced', packets: 200, payloadBytes: 128, ratePps: 1000 },
    ],
  })
})

test('a path is recorded with its topology, programs, way and proof', (t) => {
  const redirect = pathIn(record, 'redirect')
  t.is(redirect.status, 'measured')
  t.false('reason' in redirect)
  t.deepEqual(redirect.skips, ['the route lookup'])
  t.deepEqual(redirect.programs, [
    {
      object: 'redirect.bpf.c',
      program: 'redirect',
      hook: 'tc/ingress',
      namespace: 'netns-2',
      device: 'veth1@2',
    },
  ])
  t.is(redirect.way[1]?.through, 'program')
  t.deepEqual(redirect.proof, [
    { what: 'netns-2/Ip.ForwDatagrams', expected: '20 (requests)', observed: '20', holds: true },
  ])
  t.deepEqual(
    redirect.distributions.map(({ name, count }) => [name, count]),
    [
      ['pacedForwardNs', 8],
      ['pacedForwardUncorrectedNs', 8],
      ['scheduleErrorNs', 8],
    ],
  )
  t.deepEqual(pathIn(record, 'floor').topology, {
    namespaces: ['netns-1', 'netns-3'],
    links: [
      {
        name: 'veth2',
        ends: [
          { namespace: 'netns-1', device: 'veth1@1', addresses: ['10.0.2.11/24'] },
          { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.0.3.20/24'] },
        ],
      },
    ],
  })
})

test('a link that is no veth pair is recorded with its kind', (t) => {
  const [stack, ...others] = scenario.paths
  const { namespaces, bridges, links } = stack!.topology
  const veth1 = { ...links.veth1!, kind: 'netkit', mode: 'l2' }
  const paths = [{ ...stack!, topology: { namespaces, bridges, links: { ...links, veth1 } } }, ...others]
  const run = { ...input.run, scenario: { ...scenario, paths }, paths }
  const { topology } = pathIn(recordOf({ ...input, run }, state, analyse, true), 'stack')
  t.deepEqual(
    topology.links.map((link) => Object.keys(link)),
    [
      ['name', 'kind', 'ends'],
      ['name', 'ends'],
    ],
  )
  t.is(topology.links[0]?.kind, 'netkit')
})

test('every trial, block and round is there, and warnings from before the first', (t) => {
  t.is(record.trials.length, 2 * 3 * 4 * 2)
  t.is(record.rounds.length, 2 * 4)
  t.deepEqual(record.warnings[0], { code: 'one-cpu', message: 'there is one CPU' })
  t.true(record.comparisons.some(({ path, metric }) => path === 'redirect' && metric === 'throughputPps'))
})

test('a path whose proof does not hold is invalid, says why, and is not compared', (t) => {
  const broken = new ProofLog()
  broken.addFindings('redirect', [{ ...finding, observed: 0, holds: false }])
  const invalid = recordOf(input, { ...state, proofs: broken }, analyse, true)
  const { status, reason } = pathIn(invalid, 'redirect')
  t.is(status, 'invalid')
  t.is(reason, 'its packets did not go the way it says: netns-2/Ip.ForwDatagrams: 0, expected 10 (requests)')
  t.false(invalid.comparisons.some(({ path }) => path === 'redirect'))
  t.false(invalid.estimates.some(({ path }) => path === 'redirect'))
  t.true(invalid.comparisons.some(({ path }) => path === 'floor'))
  t.true(invalid.warnings.some(({ code }) => code === 'path-invalid'))
})

test('without a valid baseline nothing is compared', (t) => {
  const broken = new ProofLog()
  broken.addFindings('stack', [{ ...finding, holds: false }])
  t.deepEqual(recordOf(input, { ...state, proofs: broken }, analyse, true).comparisons, [])
})

test('a path that did not answer is invalid', (t) => {
  const leftOut = new Map([['redirect', '0 of 32 packets were answered when the path was probed']])
  const { status, reason } = pathIn(recordOf(input, { ...state, leftOut }, analyse, true), 'redirect')
  t.is(status, 'invalid')
  t.is(reason, '0 of 32 packets were answered when the path was probed')
})

test('a path that this kernel cannot build is skipped, and the others are measured', (t) => {
  const skipped = new Map([['redirect', 'no cls_bpf']])
  const paths = scenario.paths.filter(({ name }) => name !== 'redirect')
  const partly = recordOf({ ...input, skipped, run: { ...input.run, paths } }, state, analyse, true)
  const { status, reason } = pathIn(partly, 'redirect')
  t.deepEqual([status, reason], ['skipped', 'no cls_bpf'])
  t.is(pathIn(partly, 'floor').status, 'measured')
  t.false(partly.comparisons.some(({ path }) => path === 'redirect'))
})

test('a run that is not complete says so', (t) => {
  const partial = recordOf(input, { ...state, roundsDone: 1 }, analyse, false)
  t.false(partial.complete)
  t.is(partial.settings.rounds, 1)
  t.true(partial.warnings.some(({ code }) => code === 'partial'))
})

test('an id is the start to the second and the seed; ids sort by time', (t) => {
  t.is(makeRunId(startedAt, 42), '20261112T140312Z-0000002a')
  t.is(makeRunId(startedAt, 2 ** 32 - 1), '20261112T140312Z-ffffffff')
  const ids = ['2026-11-12T14:03:12Z', '2026-11-12T14:03:13Z', '2026-12-01T00:00:00Z'].map((time) =>
    makeRunId(new Date(time), 1),
  )
  t.deepEqual(ids.toSorted(), ids)
})

test('a path whose proof counts runs of a program needs a kernel that counts them, also where it does not say so', (t) => {
  t.deepEqual(
    [...splitPaths(scenario, () => new Map([['run-counts', 'too old']])).skipped],
    [['redirect', 'this kernel lacks run-counts (too old)']],
  )
})

test('paths are left out whose needs the kernel lacks, each with the reason', (t) => {
  const { paths, skipped } = splitPaths(scenario, () => new Map([['tc-bpf', 'tc: unknown filter']]))
  t.deepEqual(
    paths.map(({ name }) => name),
    ['stack', 'control', 'floor'],
  )
  t.deepEqual([...skipped], [['redirect', 'this kernel lacks tc-bpf (tc: unknown filter)']])
  t.is(splitPaths(scenario, () => new Map([['xdp-native', 'too old']])).skipped.size, 0)
})
