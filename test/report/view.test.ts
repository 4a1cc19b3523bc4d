import test from 'ava'
import { proofViews } from '../../src/report/view/proof.ts'
import { reportView } from '../../src/report/view.ts'
import {
  diagnosedRecord,
  floodlessRecord,
  floorlessRecord,
  identifiedRecord,
  invalidRecord,
  lossyRecord,
  noisyRecord,
  partialRecord,
  singleBlockRecord,
  skippedRecord,
  undeliveredRecord,
} from './record-variants.ts'
import { sampleRecord } from './sample-record.ts'

const view = reportView(sampleRecord())

test('the headline is the first finding of the first candidate', (t) => {
  t.is(view.headline, 'redirect is 6.0 % faster than stack')
  t.is(
    view.candidates[0]?.findings[0]?.sentence,
    "redirect delivers 6.0 % more packets per second than stack (95 %: 5.7 to 6.3 %), and takes 27 % off the router's own cost.",
  )
})

test('every headline metric has a finding, in the order of the metrics', (t) => {
  t.deepEqual(
    view.candidates[0]?.findings.map(({ metric }) => metric),
    ['throughputPps', 'costNs', 'rttNs.p50', 'rttNs.p99', 'pacedForwardNs.p50', 'pacedForwardNs.p90'],
  )
})

test('a control too uncertain in the tail is not called equivalent', (t) => {
  t.is(
    view.controls[0]?.headline,
    'Check: control and stack are the same path, and no difference is found; too uncertain to call them equivalent in 99th-percentile round trip',
  )
})

test('what is undecided of a control is said once, by its headline and the warning', (t) => {
  const comparisons = sampleRecord().comparisons.map((each) =>
    each.path === 'control' ? { ...each, verdict: 'inconclusive' as const } : each,
  )
  const [control] = reportView({ ...sampleRecord(), comparisons }).controls
  t.regex(control?.headline ?? '', /too uncertain to call them equivalent in all \d metrics$/)
  t.deepEqual(control?.told, [])
  t.is(control?.untold, undefined)
})

test('a control that differs is called noise', (t) => {
  const [control] = reportView(noisyRecord()).controls
  t.is(
    control?.headline,
    'Check: control and stack are the same path, and yet differ in throughput: that much is noise',
  )
})

test('an equivalent control is said to be, with the margin', (t) => {
  const record = sampleRecord()
  const comparisons = record.comparisons.map((each) => ({ ...each, verdict: 'equivalent' as const }))
  const [control] = reportView({ ...record, comparisons }).controls
  t.is(control?.headline, 'Check: control and stack are the same path, and come out equivalent, within ±1 %')
})

test('a run without floods leads with the round trip', (t) => {
  const floodless = reportView(floodlessRecord())
  t.is(
    floodless.headline,
    "redirect's median round trip is 5.7 % shorter than stack's, and its median one-way delay under paced load is 5.7 % shorter",
  )
  t.is(floodless.courses[0]?.noun, 'median round trip')
  t.deepEqual(floodless.levels, [])
})

test('a run of a single block concludes nothing', (t) => {
  const single = reportView(singleBlockRecord())
  t.is(single.headline, 'Nothing was concluded: redirect against stack: too few blocks to say')
  t.is(single.ratios.table.rows[0]?.[3], 'none')
  t.is(single.courses[0]?.disturbances[0]?.stealPercent, null)
})

test('a skipped path is named with its reason, and the page says that nothing was compared', (t) => {
  const skipped = reportView(skippedRecord())
  t.deepEqual(skipped.notices[0], {
    kind: 'skipped',
    title: 'redirect was skipped',
    texts: ['This kernel has no cls_bpf.'],
  })
  t.is(skipped.headline, 'Nothing was concluded: redirect was skipped')
  t.deepEqual(
    skipped.topologies.map(({ title }) => title),
    ['stack and control', 'floor'],
  )
})

test('an invalid path gets no verdict and no curve, but its proof is shown', (t) => {
  const invalid = reportView(invalidRecord())
  t.is(invalid.notices[0]?.kind, 'invalid')
  t.deepEqual(invalid.candidates, [])
  t.false(invalid.curves.some(({ curves }) => curves.some(({ style }) => style.name === 'redirect')))
  t.false(invalid.levels.some(({ rows }) => rows.some(({ name }) => name === 'redirect')))
  t.true(invalid.proof?.rows.some((row) => row.includes('does not hold')))
})

test('a partial run says so first', (t) => {
  t.is(reportView(partialRecord()).notices[0]?.title, 'This run is partial')
})

test('without a floor no sentence speaks of the router’s own cost', (t) => {
  const floorless = reportView(floorlessRecord())
  t.false(floorless.candidates[0]?.findings[0]?.sentence.includes('router'))
  t.deepEqual(
    floorless.levels.map(({ title }) => title),
    ['Throughput', 'Sender CPU time per packet delivered'],
  )
})

test('warnings of one kind stand together', (t) => {
  const warnings = [
    { code: 'control-not-equivalent', message: 'throughput' },
    { code: 'steal', message: 'stolen' },
    { code: 'control-not-equivalent', message: 'cost' },
  ]
  t.deepEqual(reportView({ ...sampleRecord(), warnings }).warnings, [
    { kind: 'warning', title: 'Warning: control not equivalent', texts: ['throughput', 'cost'] },
    { kind: 'warning', title: 'Warning: steal', texts: ['stolen'] },
  ])
})

test('allowed loss stands in the headline, in every sentence, in cells and in the proof', (t) => {
  const lossy = reportView(lossyRecord())
  const words = "lost 0.8 % of the flood's packets (1 % allowed)"
  t.is(lossy.headline, `redirect is 6.0 % faster than stack, while it ${words}`)
  t.deepEqual(
    lossy.candidates[0]?.findings.map(({ sentence }) => sentence.endsWith(`, while it ${words}.`)),
    Array.from({ length: 6 }, () => true),
  )
  t.deepEqual(lossy.losses, [`redirect ${words}.`])
  for (const table of [lossy.ratios.table, lossy.ratiosOfAll, lossy.estimates])
    t.true(
      table.rows.every((row) => !row.includes('redirect')) &&
        table.rows.some((row) => row.includes('redirect (lost 0.8 %)')),
      table.caption,
    )
  t.true(lossy.legend.some(({ label }) => label === 'redirect (lost 0.8 %)'))
  t.deepEqual(
    lossy.delivery?.table.rows.find(([path, load]) => path === 'redirect' && load === 'flood'),
    ['redirect', 'flood', '100,000', '99,200', '800', '0', '0', '0', '0', 'to lose 1.00 %'],
  )
})

test('a path that delivered nothing of a load has no verdict in any metric, whatever its status', (t) => {
  const undelivered = reportView(undeliveredRecord())
  t.is(undelivered.headline, 'Nothing was concluded: redirect is invalid')
  t.deepEqual(undelivered.candidates, [])
  t.deepEqual(undelivered.notices, [
    {
      kind: 'invalid',
      title: 'redirect is invalid and gets no verdict',
      texts: [
        "redirect delivered none of the flood's 100,000 packets, and lacks what other paths have: throughput and sender CPU time per packet delivered.",
      ],
    },
  ])
})

test('where the packets of an invalid path went is told line by line', (t) => {
  t.deepEqual(reportView(diagnosedRecord()).notices[0]?.diagnosis, [
    'netns-2 veth1@2 received 3,200 frames',
    'netns-3 veth2@2 received none',
    'likely: no XDP program at the veth peer of veth2@1',
  ])
})

test('a tail that is not decided is no sentence, and named once', (t) => {
  const [redirect] = view.candidates
  const comparisons = sampleRecord().comparisons.map((each) =>
    /\.p9\d$/.test(each.metric) ? { ...each, verdict: 'inconclusive' as const } : each,
  )
  const [open] = reportView({ ...sampleRecord(), comparisons }).candidates
  t.is(redirect?.told.length, 6)
  t.is(redirect?.untold, undefined)
  t.deepEqual(
    open?.told.map(({ metric }) => metric),
    ['throughputPps', 'costNs', 'rttNs.p50', 'pacedForwardNs.p50'],
  )
  t.is(
    open?.untold,
    'redirect against stack: too uncertain to say of 99th-percentile round trip and 90th-percentile one-way delay under paced load; the table has their intervals.',
  )
  t.is(open?.findings.length, 6)
})

test('a withheld verdict is shown as none, with its reason', (t) => {
  const comparisons = sampleRecord().comparisons.map((each) =>
    each.metric === 'costNs'
      ? { ...each, verdict: 'inconclusive' as const, withheld: 'work moved to another CPU' }
      : each,
  )
  const finding = reportView({ ...sampleRecord(), comparisons }).candidates[0]?.findings[1]
  t.is(finding?.word, 'no verdict')
  t.true(finding?.sentence.endsWith('and no verdict is given: work moved to another CPU.'))
})

test('what was measured is told by commit, scenario, tag and object; an older record says that it does not know', (t) => {
  t.deepEqual(reportView(identifiedRecord()).identity, [
    { label: 'Commit', value: '0123456789ab, with changes' },
    { label: 'Scenario, SHA-256', value: 'cdcdcdcdcdcd' },
    {
      label: 'redirect: redirect_ingress at tc/ingress of veth1@2',
      value: 'tag 3b185187f1855c4c; redirect.bpf.o, SHA-256 abababababab',
    },
  ])
  t.deepEqual(
    view.identity.map(({ value }) => value),
    ['not recorded', 'not recorded', 'tag not recorded; redirect.bpf.o, SHA-256 not recorded'],
  )
})

test('counts of a proof stand as the numbers of all other tables', (t) => {
  const record = sampleRecord()
  const proof = [
    {
      what: 'netns-3/Udp.InDatagrams',
      expected: '382200 (requests)',
      observed: '12 of 3820 (0.31 %)',
      holds: false,
    },
  ]
  const paths = record.paths.map((path) => ({ ...path, proof }))
  const [view] = proofViews({ ...record, paths })
  t.deepEqual(view?.table.rows, [
    ['netns-3/Udp.InDatagrams', '382,200 (requests)', '12 of 3,820 (0.31 %)', 'does not hold'],
  ])
})
