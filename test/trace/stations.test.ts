import { readFileSync } from 'node:fs'
import test from 'ava'
import { dropReasons } from '../../src/trace/drop-reasons.ts'
import { stations } from '../../src/trace/stations.ts'
import { inProject } from '../netns/bench-command.ts'

const text = (...parts: string[]): string => readFileSync(inProject(...parts), 'utf8')

test('every station that a probe tells of has a title, a function and a file', (t) => {
  const told = [...text('bpfload', 'trace-event.h').matchAll(/X\(\w+, "(\w+)"\)/g)].map(
    ([, name = '']) => name,
  )
  t.true(told.length > 12)
  for (const name of told) t.true(Object.hasOwn(stations, name), name)
})

test('docs/tracing.md has just these stations', (t) => {
  const rows = text('docs', 'tracing.md')
    .split('\n')
    .flatMap((line) => {
      const [, name = '', title = '', symbol = '', file = ''] =
        /^\| `(\w+)` +\| (.+?) +\| `(\w+)`, (\S+) +\|$/.exec(line) ?? []
      return name === '' ? [] : [[name, { title, function: symbol, file }] as const]
    })
  t.deepEqual(Object.fromEntries(rows), stations)
})

test('reasons are told in a few words, and without the prefix that all have', (t) => {
  for (const [name, words] of Object.entries(dropReasons)) {
    t.regex(name, /^[A-Z][A-Z0-9_]*$/)
    t.true(words.length > 0 && words.length < 90, name)
  }
})
