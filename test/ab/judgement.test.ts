import test from 'ava'
import type { SecondRun } from '../../src/ab/metric-judgement.ts'
import { judgeVersions, suspectedMetrics, withJudgement } from '../../src/ab/judgement.ts'
import { judgementWords } from '../../src/ab/words.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { abRecord, silent, unmeasured, withHead } from './made-up-ab.ts'

const same = abRecord()
const slower = withHead(same, 'costNs', [1.02, 1.2], 'inconclusive', 0.11)

const judged = (first: RunRecord, second?: SecondRun) => {
  const judgement = judgeVersions(first, second)
  const finding = judgement.judgements.find(({ metric }) => metric === 'costNs')!
  const record = withJudgement(first, judgement)
  const cost = record.comparisons.find(({ path, metric }) => path === 'head' && metric === 'costNs')
  return { ...judgement, state: finding.state, words: judgementWords(finding), cost, record }
}

test('two versions that are alike are well, and nothing is measured again', (t) => {
  t.deepEqual(suspectedMetrics(same), [])
  const { outcome, judgements: judgements, failures, caveats, record } = judged(same)
  t.is(outcome, 'well')
  t.deepEqual([...new Set(judgements.map(judgementWords))], ['not slower beyond ±1 %'])
  t.deepEqual([failures, caveats], [[], []])
  t.deepEqual(record, same)
})

test('what both runs find slower is a regression, in one judgement and in the record', (t) => {
  t.deepEqual(suspectedMetrics(slower), ['costNs'])
  const { outcome, state, words, cost } = judged(slower, { record: withHead(same, 'costNs', [1.03, 1.05]) })
  t.deepEqual([outcome, state], ['regression', 'regression'])
  t.is(words, 'regression, confirmed by a second run: +4.0 % (+3.0 to +5.0 %)')
  // Its own verdict was inconclusive, not clear of ±11 %.
  t.deepEqual([cost?.verdict, cost?.margin, cost?.withheld], ['slower', 0.01, undefined])
})

test('what a second run does not find is none, and no report calls it slower', (t) => {
  const certain = withHead(same, 'costNs', [1.02, 1.2], 'slower')
  const { outcome, state, words, cost } = judged(certain, { record: same })
  t.deepEqual([outcome, state], ['well', 'not-confirmed'])
  t.is(words, 'no regression: a second run does not agree, 0.0 % (−0.5 to +0.5 %)')
  t.deepEqual([cost?.verdict, cost?.withheld], ['inconclusive', 'of two runs only one finds it slower'])
})

for (const [what, second, reason] of [
  [
    'whose head is invalid',
    { record: unmeasured(same, 'head', 'invalid', 'it lost all') },
    'in the second run head is invalid: it lost all',
  ],
  [
    'whose base is invalid',
    { record: unmeasured(same, 'base', 'invalid', 'it lost all') },
    'in the second run base is invalid: it lost all',
  ],
  [
    'whose head was skipped',
    { record: unmeasured(same, 'head', 'skipped', 'no BPF') },
    'in the second run head was skipped: no BPF',
  ],
  [
    'whose head has no such figure',
    { record: silent(same, 'head', 'costNs') },
    'in the second run head has no figure of sender CPU time per packet delivered',
  ],
  [
    'without an interval',
    { record: withHead(same, 'costNs', [null, null]) },
    'the second run has too few blocks for an interval',
  ],
  ['that failed', { why: 'Could not start udpgen' }, 'Could not start udpgen'],
] as const)
  test(`a second run ${what} confirms nothing and clears nothing: ab fails`, (t) => {
    const { outcome, state, words, cost } = judged(slower, second)
    t.deepEqual([outcome, state], ['failed', 'unconfirmed'])
    t.is(words, `suspected, and could not be confirmed: ${reason}`)
    t.is(cost?.verdict, 'inconclusive')
    t.regex(cost?.withheld ?? '', /^it is slower in one run, and a second could not confirm it/)
  })

test('one regression that is confirmed counts, whatever another came to', (t) => {
  const both = withHead(slower, 'rttNs.p50', [1.02, 1.04])
  const second = silent(withHead(same, 'costNs', [1.03, 1.05]), 'head', 'rttNs.p50')
  t.is(judged(both, { record: second }).outcome, 'regression')
})

for (const path of ['base', 'head'])
  for (const status of ['invalid', 'skipped'] as const)
    test(`a first run whose ${path} ${status === 'invalid' ? 'is invalid' : 'was skipped'} fails, and is not repeated`, (t) => {
      const first = unmeasured(
        withHead(same, 'rttNs.p50', [0.5, 0.6], 'faster'),
        path,
        status,
        'for a reason',
      )
      t.deepEqual(suspectedMetrics(first), [])
      const { outcome, failures, judgements: judgements } = judged(first)
      t.is(outcome, 'failed')
      t.deepEqual(failures, [`${path} ${status === 'invalid' ? 'is invalid' : 'was skipped'}: for a reason`])
      t.false(judgements.some(({ state }) => state === 'faster' || state === 'not-slower'))
    })

test('a newer version that delivers nothing is a regression, and faster in no metric', (t) => {
  const black = silent(withHead(same, 'costNs', [0.5, 0.6], 'faster'), 'head', 'throughputPps')
  t.deepEqual(suspectedMetrics(black), ['throughputPps'])
  const { outcome, judgements: judgements, cost } = judged(black, { record: black })
  t.is(outcome, 'regression')
  t.is(judgementWords(judgements[0]!), 'regression: head has no figure of throughput; base has one')
  t.deepEqual([cost?.verdict, cost?.withheld], ['inconclusive', 'a version that fails is not faster'])
  t.is(judged(black).outcome, 'regression')
  t.is(judged(black, { record: same }).outcome, 'well')
})

test('an older version that delivers nothing is nothing to compare with', (t) => {
  const { outcome, failures } = judged(silent(same, 'base', 'throughputPps'))
  t.is(outcome, 'failed')
  t.deepEqual(failures, ['base has no figure of throughput; head has one'])
})

test('where no metric has an interval, nothing was judged', (t) => {
  const rough: RunRecord = {
    ...same,
    comparisons: same.comparisons.map((one) => ({ ...one, ratio: { ...one.ratio, low: null, high: null } })),
  }
  const { outcome, failures, words } = judged(rough)
  t.is(outcome, 'failed')
  t.deepEqual(failures, ['nothing was judged: too few blocks for an interval'])
  t.is(words, 'not decided: too few blocks for an interval')
})

test('one run alone is taken at the word of its verdict, which asks for more than a suspicion', (t) => {
  t.is(judged(withHead(same, 'costNs', [1.02, 1.2], 'slower')).outcome, 'regression')
  const { outcome, words } = judged(slower)
  t.is(outcome, 'well')
  t.is(words, 'not decided: +20 % is not ruled out')
})

test('a second run’s own verdict that the first had no suspicion of is withheld', (t) => {
  const second = withHead(withHead(same, 'costNs', [1.03, 1.05]), 'rttNs.p50', [1.02, 1.04], 'slower')
  const kept = withJudgement(second, judgeVersions(slower, { record: second }))
  const verdicts = kept.comparisons
    .filter(({ path }) => path === 'head')
    .map(({ metric, verdict }) => [metric, verdict])
  t.deepEqual(
    verdicts.filter(([metric]) => metric === 'costNs' || metric === 'rttNs.p50'),
    [
      ['costNs', 'slower'],
      ['rttNs.p50', 'inconclusive'],
    ],
  )
})

test('an invalid control is told: the noise is not known', (t) => {
  const { caveats } = judged(unmeasured(same, 'control', 'invalid', 'it lost a packet'))
  t.regex(caveats.join(), /^the control of run \S+ is invalid: the noise of this run is not known/)
})

const withheld = (record: RunRecord, withheldFor: 'work-moved' | 'undelivered' | 'control'): RunRecord => ({
  ...record,
  comparisons: record.comparisons.map((one) =>
    one.path === 'head' && one.metric === 'costNs'
      ? { ...one, verdict: 'inconclusive' as const, withheld: 'for a reason', withheldFor }
      : one,
  ),
})

test('a cost that the sender’s CPU time does not have whole is neither a regression nor ruled out as one', (t) => {
  const moved = withheld(slower, 'work-moved')
  t.deepEqual(suspectedMetrics(moved), [])
  const { outcome, words } = judged(moved)
  t.deepEqual([outcome, words], ['well', 'not decided: for a reason'])
  t.is(judged(slower, { record: moved }).state, 'unconfirmed')
})

test('trials of the newer version that delivered nothing are a regression, once a second run has them too', (t) => {
  const faster = withHead(same, 'costNs', [0.8, 0.9])
  const lame = withheld(faster, 'undelivered')
  t.deepEqual(suspectedMetrics(lame), ['costNs'])
  const { outcome, words, cost } = judged(lame, { record: lame })
  t.deepEqual([outcome, words], ['regression', 'regression: of head for a reason'])
  t.is(cost?.withheld, 'for a reason')
  t.is(judged(lame, { record: same }).state, 'not-confirmed')
})

test('a noisy control that vouches for no equal leaves the interval as good as it was', (t) => {
  t.is(judged(withheld(same, 'control')).state, 'not-slower')
})

test('two kernels by emulation are not judged, and ab fails: good and bad would be made up', (t) => {
  const emulated: RunRecord = {
    ...same,
    comparisons: same.comparisons.map((one) => ({
      ...one,
      verdict: 'inconclusive',
      withheld: 'its kernel ran by emulation, whose timings mean nothing',
      withheldFor: 'emulated',
    })),
  }
  t.deepEqual(suspectedMetrics(emulated), [])
  const { outcome, failures, words } = judged(emulated)
  t.is(outcome, 'failed')
  t.deepEqual(failures, ['nothing was judged: the kernels ran by emulation, whose timings mean nothing'])
  t.is(words, 'not decided: its kernel ran by emulation, whose timings mean nothing')
  const black = silent(emulated, 'head', 'throughputPps')
  t.is(judged(black, { record: black }).outcome, 'regression')
})
