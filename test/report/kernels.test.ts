import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { glance } from '../../src/cli/terminal/glance.ts'
import { summary } from '../../src/cli/terminal/summary.ts'
import { textWidth } from '../../src/cli/terminal/wrap.ts'
import { reportView } from '../../src/report/view.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { kernelsRecord } from './kernels-record.ts'

const record = kernelsRecord()
const view = reportView(record)

/** The same by emulation: no verdict. */
const emulated: RunRecord = {
  ...record,
  comparisons: record.comparisons.map((one) => ({
    ...one,
    verdict: 'inconclusive',
    withheld: 'its kernel ran by emulation, whose timings mean nothing',
    withheldFor: 'emulated',
  })),
}

test('a path on another kernel is compared with itself on the first, and its sentences say so', (t) => {
  const found = view.candidates.find(({ path }) => path === 'redirect@6.12.9')
  t.regex(found?.headline ?? '', /^redirect@6\.12\.9 .*redirect@6\.1\.0/)
  t.true(found!.findings.every(({ sentence }) => sentence.includes('redirect@6.1.0')))
  t.true(view.headline.includes('the yardstick'), view.headline)
})

test('tables say which kernel, and against which path', (t) => {
  t.deepEqual(
    view.verdictGrid?.paths.map(({ name, against }) => [name, against]),
    [
      ['redirect@6.1.0', undefined],
      ['stack@6.12.9', undefined],
      ['redirect@6.12.9', 'redirect@6.1.0'],
      ['control@6.1.0', undefined],
    ],
  )
  const [against = -1, path = -1] = ['Against', 'Path'].map((title) =>
    view.ratiosOfAll.columns.findIndex((column) => column.title === title),
  )
  const row = view.ratiosOfAll.rows.find((cells) => cells[path]?.startsWith('redirect@6.12.9'))
  t.is(row?.[against], 'redirect@6.1.0')
  t.regex(summary(record), /redirect@6\.12\.9 \(against redirect@6\.1\.0\)/)
})

test('by emulation the headline says why nothing was concluded', (t) => {
  const machines = record.environment.machines!.map((one) => ({ ...one, accelerator: 'tcg' as const }))
  t.is(
    reportView({ ...emulated, environment: { ...record.environment, machines } }).headline,
    'Nothing was concluded: kernels ran by emulation, whose timings mean nothing',
  )
})

test('the kernels stand in the environment, with the options in which they differ', (t) => {
  t.deepEqual(
    view.environment.filter(({ label }) => label.startsWith('Kernel')).map(({ label }) => label),
    ['Kernel 6.1.0', 'Kernel 6.12.9'],
  )
  t.regex(view.environment[0]?.value ?? '', /^6\.1\.0-54-cloud-amd64 .*; by KVM; on CPUs 0, 1; 448 MiB$/)
  t.deepEqual(
    view.kernelOptions.map(({ label, value }) => `${label}: ${value}`),
    ['NETKIT: n on 6.1.0, y on 6.12.9', 'VETH: m on 6.1.0, y on 6.12.9', 'HZ: 250 on 6.1.0, 1000 on 6.12.9'],
  )
})

for (const [what, one] of Object.entries({ 'by KVM': record, 'by emulation': emulated }))
  for (const width of [60, 80, 200])
    test(`a run with two kernels ${what} fits into ${width} columns`, (t) => {
      const lines = glance(one, width).map(stripVTControlCharacters)
      for (const line of lines) t.true(textWidth(line) <= width, line)
      const text = lines.join(' ')
      t.true(text.includes('redirect@6.12.9 is compared with redirect@6.1.0, not with the baseline'), text)
      t.false(text.includes('nothing to compare'), text)
    })
