import test from 'ava'
import { methodSteps } from '../../src/report/view/method.ts'
import { sampleRecord } from './sample-record.ts'

const receiversIn = (settings: object): string => {
  const record = { ...sampleRecord(), settings: { ...sampleRecord().settings, ...settings } }
  return methodSteps(record).find(({ term }) => term === 'Clock and receivers')?.text ?? ''
}

test('how long a flood’s receiver lets packets gather is told where the record says it', (t) => {
  t.regex(receiversIn({ floodPauseNs: 20_000 }), /Receivers were spinning: .* gather for 20 µs at a time/)
  t.notRegex(receiversIn({}), /gather/)
  t.regex(
    receiversIn({ receiver: 'blocking' }),
    /Receivers were blocking: waking up is part of every latency\.$/,
  )
})

test('where paths shared namespaces that were there before, it is told how they were measured', (t) => {
  const record = sampleRecord()
  const stepsOf = (settings: object) =>
    methodSteps({ ...record, settings: { ...record.settings, ...settings } })
  const terms = (settings: object) => stepsOf(settings).map(({ term }) => term)
  t.true(terms({ place: 'existing' }).includes('Place'))
  t.false(terms({}).includes('Place'))
  t.regex(
    stepsOf({ place: 'existing' }).find(({ term }) => term === 'Round')?.text ?? '',
    /^Programs loaded afresh/,
  )
})
