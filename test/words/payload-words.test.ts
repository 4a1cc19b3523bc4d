import test from 'ava'
import { payloadWords } from '../../src/words/payload-words.ts'
import { sampleRecord } from '../report/sample-record.ts'

test('every size of UDP payload is told once, the smallest first', (t) => {
  const { settings } = sampleRecord()
  const of = (...sizes: number[]) =>
    payloadWords({
      ...settings,
      payloadBytes: sizes[0] ?? 0,
      trials: sizes.map((payloadBytes) => ({ kind: 'flood', packets: 800, payloadBytes })),
    })
  t.is(of(64, 64), '64')
  t.is(of(1400, 64), '64 and 1,400')
  t.is(of(1400, 64, 512), '64, 512 and 1,400')
  t.is(of(), undefined)
})
