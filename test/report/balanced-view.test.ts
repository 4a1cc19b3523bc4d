import test from 'ava'

import { reportView } from '../../src/report/view.ts'
import type { RunRecord, Verdict } from '../../src/record/record.ts'
import { balancedRecord } from './balanced-record.ts'
import { sampleRecord } from './sample-record.ts'

const record = balancedRecord()
const view = reportView(record)

const withVerdicts = (verdict: Verdict): RunRecord => ({
  ...record,
  comparisons: record.comparisons.map((each) => ({ ...each, verdict })),
})

test('several candidates are counted by verdict', (t) => {
  t.is(
    view.headline,
    'Of four candidates, three are faster than nat and one is faster in one metric and slower in another',
  )
})

test('candidates of one mind share a headline with the range of their gains', (t) => {
  t.is(
    reportView(withVerdicts('faster')).headline,
    'All four candidates are faster than nat, by 3.8 to 40.8 %',
  )
  t.is(reportView(withVerdicts('equivalent')).headline, 'All four candidates are equivalent to nat')
})

test('candidates without a verdict are counted too', (t) => {
  const invalid = {
    ...record,
    paths: record.paths.map((path) =>
      path.name === 'dsr-tc' ? { ...path, status: 'invalid' as const } : path,
    ),
  }
  t.is(
    reportView(invalid).headline,
    'Of four candidates, two are faster than nat, one is faster in one metric and slower in another and one is invalid',
  )
})

test('candidates that are all uncertain are said to be', (t) => {
  t.is(
    reportView(withVerdicts('inconclusive')).headline,
    'Nothing was concluded: all four candidates against nat are too uncertain to say',
  )
})

test('what the metric is stands in the headline where it is not throughput', (t) => {
  const isRate = ({ metric }: { metric: string }): boolean => metric === 'httpRps'
  const [comparisons, estimates] = [record.comparisons.filter(isRate), record.estimates.filter(isRate)]
  t.is(
    reportView({ ...record, comparisons, estimates }).headline,
    'Of four candidates, three are faster than nat and one is equivalent in HTTP requests per second',
  )
})

test('the first metric of every candidate leads', (t) => {
  t.deepEqual(
    view.leadFindings.map(({ path, change }) => [path, change]),
    [
      ['dsr-tc', '+28.2 %'],
      ['dsr-xdp', '+23.5 %'],
      ['dsr-tc-native', '+40.8 %'],
      ['dsr-xdp-native', '−3.8 %'],
    ],
  )
})

test('the grid of verdicts has every headline metric and every compared path but the floor', (t) => {
  const grid = view.verdictGrid
  t.deepEqual(
    grid?.paths.map(({ name }) => name),
    ['dsr-tc', 'dsr-xdp', 'dsr-tc-native', 'dsr-xdp-native', 'control'],
  )
  t.deepEqual(
    grid?.rows.map(({ noun }) => noun),
    [
      'throughput',
      'sender CPU time per packet delivered',
      'HTTP requests per second',
      'median round trip',
      '99th-percentile round trip',
      'median one-way delay under paced load',
      '90th-percentile one-way delay under paced load',
      'median HTTP response time',
      '99th-percentile HTTP response time',
    ],
  )
  t.deepEqual(
    grid?.rows[2]?.cells.map((cell) => [cell?.verdict, cell?.change]),
    [
      ['faster', '+7.5 %'],
      ['faster', '+6.8 %'],
      ['faster', '+9.3 %'],
      ['equivalent', '−0.2 %'],
      ['equivalent', '0.0 %'],
    ],
  )
  t.is(reportView(sampleRecord()).verdictGrid, undefined)
})

test('what lies beyond the floor is the balancer’s own cost', (t) => {
  t.true(view.candidates[0]?.findings[0]?.sentence.endsWith("and takes 58 % off the balancer's own cost."))
  t.deepEqual(
    view.levels.map(({ title }) => title),
    [
      'Throughput',
      'Sender CPU time per packet delivered',
      "Balancer's own cost per packet",
      'HTTP requests per second',
    ],
  )
})

test('HTTP has its rate, its percentiles and its course', (t) => {
  t.deepEqual(
    view.levels[3]?.rows.slice(0, 2).map(({ name, label }) => [name, label]),
    [
      ['nat', '24.0 kreq/s'],
      ['dsr-tc', '25.8 kreq/s'],
    ],
  )
  const curves = view.curves.find(({ name }) => name === 'httpLatencyNs')
  t.is(curves?.title, 'HTTP response time')
  t.is(curves?.table.columns[1]?.title, 'Requests')
  t.is(curves?.curves.length, 7)
  t.deepEqual(
    view.courses.map(({ noun }) => noun),
    ['throughput', 'HTTP requests per second'],
  )
})

test('flows, packets and connections are split by server, with equal shares said', (t) => {
  t.deepEqual(
    view.splits.map(({ title }) => title),
    ['UDP flows', 'UDP packets', 'HTTP connections'],
  )
  const [flows, , connections] = view.splits
  t.deepEqual(flows?.servers, ['backend0x', 'backend0y'])
  t.deepEqual(flows?.table.rows[0], ['nat', '1,301', '1,259', '50.8 / 49.2'])
  t.deepEqual(connections?.table.rows[1], ['dsr-tc', '2,603', '2,517', '50.8 / 49.2'])
  t.true(flows?.inWords.endsWith('Equal shares would be 50.0 / 50.0.'))
})

test('without HTTP no connections are split', (t) => {
  const paths = record.paths.map((path) => ({
    ...path,
    servers: path.servers?.map((server) => ({ ...server, httpConnections: null })) ?? [],
  }))
  t.deepEqual(
    reportView({ ...record, paths }).splits.map(({ title }) => title),
    ['UDP flows', 'UDP packets'],
  )
})

test('a single server has nothing to split', (t) => {
  const paths = record.paths.map((path) => ({ ...path, servers: path.servers?.slice(0, 1) ?? [] }))
  t.deepEqual(reportView({ ...record, paths }).splits, [])
})

test('a host that paths pass differently has a chart, one that all pass alike a sentence', (t) => {
  const [chart, ...others] = view.crossings?.charts ?? []
  t.is(others.length, 0)
  t.is(chart?.title, 'Traffic through lbdsr0a')
  t.deepEqual(
    chart?.rows.map(({ name, label }) => [name, label]),
    [
      ['nat', '100.0 %'],
      ['dsr-tc', '50.3 %'],
      ['dsr-xdp', '50.3 %'],
      ['dsr-tc-native', '50.2 %'],
      ['dsr-xdp-native', '50.2 %'],
      ['control', '100.0 %'],
      ['floor', '0.0 %'],
    ],
  )
  t.deepEqual(view.crossings?.alike, ['router0a received 100.1 % on every path.'])
})

test('hosts that all paths pass alike say nothing', (t) => {
  const { paths, ...rest } = sampleRecord()
  const crossings = [{ namespace: 'netns-2', frames: 90_000, share: 1 }]
  const crossed = paths.map((path) => (path.role === 'floor' ? path : { ...path, crossings }))
  t.is(reportView({ ...rest, paths: crossed }).crossings, undefined)
})

test('the programs of a path stand on one scale with those of the others', (t) => {
  t.deepEqual(
    view.programCosts.map(({ title, most, rows }) => [title, most, rows.map(({ name }) => name)]),
    [
      ['dsr-tc', 221, ['balance', 'note_flow', 'restore_source']],
      ['dsr-xdp', 221, ['balance', 'restore_destination']],
    ],
  )
  t.deepEqual(view.programCosts[0]?.table.rows[0], ['balance', '214 ns', '209 to 221 ns', '80'])
})

test('the method explains what this run had, and no more', (t) => {
  const termsOf = (run: RunRecord): string[] => reportView(run).method.map(({ term }) => term)
  t.deepEqual(
    termsOf(record).filter((term) => !termsOf(sampleRecord()).includes(term)),
    ['HTTP trial', 'Split', 'Program cost'],
  )
  const http = view.method.find(({ term }) => term === 'HTTP trial')
  t.true(http?.text.startsWith('400 GET requests over 64 TCP connections opened anew for each trial'))
  t.true(view.method.some(({ text }) => text.includes('with no balancer on the way')))
  t.false(reportView(sampleRecord()).definitions.rows.some(([name]) => name?.startsWith('http')))
})

test('settings say what each kind of trial sends', (t) => {
  const facts = new Map(view.settings.map(({ label, value }) => [label, value]))
  t.is(facts.get('Trial: http'), '400 requests over 64 connections')
  t.is(facts.get('Trial: paced'), '500 packets of 18 bytes at 50.0 kpps')
})

test('proofs too many to read in a row stand by path, with what came of them', (t) => {
  const line = { what: 'backend0x/Udp.InCsumErrors', expected: 'none', observed: '0', holds: true }
  const proof = Array.from({ length: 8 }, () => line)
  const failing = [...proof.slice(1), { ...line, observed: '2', holds: false }]
  const paths = record.paths.map((path) => ({ ...path, proof: path.name === 'dsr-tc' ? failing : proof }))
  const long = reportView({ ...record, paths })
  t.is(long.proof, undefined)
  t.deepEqual(
    long.proofs.slice(0, 2).map(({ summary, holds }) => [summary, holds]),
    [
      ['nat, dsr-xdp, dsr-tc-native, dsr-xdp-native and 2 more: all 8 hold for each', true],
      ['dsr-tc: 1 of 8 does not hold', false],
    ],
  )
  t.deepEqual(long.proofs[1]?.table.rows[7], ['backend0x/Udp.InCsumErrors', 'none', '2', 'does not hold'])
  t.is(view.proof?.rows.length, 7)
})
