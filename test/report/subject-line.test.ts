import test from 'ava'
import { firstFacts } from '../../src/report/view/subject-line.ts'
import { variants } from './record-variants.ts'
import { sampleRecord } from './sample-record.ts'

test('below the first finding stand the load, the effort, the CPU, and the noise by the control', (t) => {
  const [what, noise, ...more] = firstFacts(sampleRecord())
  t.regex(what ?? '', /^UDP \d+ B · 10 rounds in 19 s · \S.*$/)
  t.regex(noise ?? '', /^Noise, by the control: ±0\.\d+ % packets\/s, ±/)
  t.deepEqual(more, [])
})

test('where it is known what was measured, the commit and the programs stand there with their digests', (t) => {
  const known = firstFacts(variants['a run of which it is known what was measured']!())
  t.regex(known[1] ?? '', /^commit [0-9a-f]{12}\+? · redirect_ingress \(tag [0-9a-f]{16}\)/)
})

test('without an interval of a control nothing is said of noise', (t) => {
  t.notRegex(firstFacts(variants['a run of a single block']!()).join('\n'), /Noise/)
})
