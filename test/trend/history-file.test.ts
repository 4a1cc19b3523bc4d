import { existsSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { appendHistory, readHistory } from '../../src/trend/history-file.ts'
import { entryFor, temporaryFolder } from './made-up-history.ts'

const entries = [0, 1, 2].map((run) => entryFor(run, () => 1.05))
const lineOf = (run: number): string => JSON.stringify({ schemaVersion: 1, ...entryFor(run, () => 1.05) })

test('what is appended is read, in its order', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  appendHistory(file, entries.slice(0, 1))
  appendHistory(file, entries.slice(1))
  t.deepEqual(readHistory(file), { entries, problems: [] })
  t.is(readFileSync(file, 'utf8').split('\n').length, 4)
})

test('a history that is not there is empty, and appending nothing makes none', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  t.deepEqual(readHistory(file), { entries: [], problems: [] })
  appendHistory(file, [])
  t.false(existsSync(file))
})

test('an empty file is an empty history', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  writeFileSync(file, '')
  t.deepEqual(readHistory(file), { entries: [], problems: [] })
})

test('a crash at any byte of a write loses that line alone, and the next one starts afresh', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  appendHistory(file, entries.slice(0, 2))
  const whole = readFileSync(file)
  const first = whole.indexOf(10) + 1
  for (let length = first + 1; length < whole.length - 1; length += 7) {
    writeFileSync(file, whole)
    truncateSync(file, length)
    const crashed = readHistory(file)
    t.deepEqual(crashed.entries, entries.slice(0, 1))
    t.deepEqual(crashed.problems, [{ file, line: 2, message: 'it is cut off, and is left out' }])

    appendHistory(file, entries.slice(2))
    const later = readHistory(file)
    t.deepEqual(later.entries, [entries[0], entries[2]])
    t.deepEqual(
      later.problems.map(({ line }) => line),
      [2],
    )
    t.true(readFileSync(file).subarray(0, length).equals(whole.subarray(0, length)))
  }
})

test('a last line that lacks nothing but its end is used', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  writeFileSync(file, `${lineOf(0)}\n${lineOf(1)}`)
  t.deepEqual(readHistory(file), { entries: entries.slice(0, 2), problems: [] })
  appendHistory(file, entries.slice(2))
  t.deepEqual(readHistory(file), { entries, problems: [] })
})

test('of several lines for one run the last counts', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  const again = entryFor(0, () => 1.07)
  appendHistory(file, [...entries, again])
  t.deepEqual(readHistory(file).entries, [again, ...entries.slice(1)])
})

test('empty lines and Windows line ends are no problem', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  writeFileSync(file, `\n${lineOf(0)}\r\n\n${lineOf(1)}\n`)
  t.deepEqual(readHistory(file), { entries: entries.slice(0, 2), problems: [] })
})

test('runs under the same conditions share them', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  appendHistory(file, entries)
  const [a, b] = readHistory(file).entries
  t.is(a!.conditions, b!.conditions)
})

const wrongLine = test.macro({
  exec: (t, line: string, message: RegExp) => {
    const file = join(temporaryFolder(t), 'history.jsonl')
    writeFileSync(file, `${lineOf(0)}\n${line}\n${lineOf(2)}\n`)
    const { entries: read, problems } = readHistory(file)
    t.deepEqual(
      read.map(({ runId }) => runId),
      [entries[0]!.runId, entries[2]!.runId],
    )
    t.is(problems.length, 1)
    t.is(problems[0]!.line, 2)
    t.regex(problems[0]!.message, message)
  },
  title: (what) => `a wrong line is told, and the others are used: ${what}`,
})

test('half a line', wrongLine, lineOf(1).slice(0, 80), /^it is truncated, or not JSON/)
test('another thing', wrongLine, '"words"', /^it is not a line of a history; it is left out$/)
test('null', wrongLine, 'null', /^it is not a line of a history/)
test(
  'a later version',
  wrongLine,
  '{"schemaVersion":2,"anything":[]}',
  /^it is of version 2, this pathbench knows versions up to 1/,
)
test('no time', wrongLine, lineOf(1).replace('"startedAt"', '"began"'), /^startedAt: .*; it is left out$/)
test('a time that is none', wrongLine, lineOf(1).replace(/"2026-[^"]*Z"/, '"yesterday"'), /^startedAt: /)
test('zero bytes', wrongLine, '\u0000'.repeat(64), /^it is truncated, or not JSON/)

const wrongRatio = test.macro({
  exec: (t, values: string) => {
    const file = join(temporaryFolder(t), 'history.jsonl')
    const line = lineOf(1).replace('[1.05,1.0395,1.0605]', values)
    writeFileSync(file, `${lineOf(0)}\n${line}\n`)
    const { entries: read, problems } = readHistory(file)
    t.deepEqual(Object.keys(read[1]!.ratios.redirect!), ['rttNs.p50'])
    t.deepEqual(read[1]!.ratios.control, entries[1]!.ratios.control)
    t.deepEqual(problems, [
      {
        file,
        line: 2,
        message: `redirect throughputPps: expected [ratio, low, high], numbers above 0, and found ${values}; it is left out`,
      },
    ])
  },
  title: (_, values: string) => `a ratio of ${values} is told, and the line's others are used`,
})

test(wrongRatio, 'null')
test(wrongRatio, '[null,1,1]')
test(wrongRatio, '["1.05",1,1]')
test(wrongRatio, '[0,0,0]')
test(wrongRatio, '[-1,null,null]')
test(wrongRatio, '[1.05]')
test(wrongRatio, '{}')

test('ratios that are none by metric are told', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  writeFileSync(file, `${lineOf(0).replace(/"control":\{[^}]*\}/, '"control":7')}\n`)
  const { entries: read, problems } = readHistory(file)
  t.deepEqual(Object.keys(read[0]!.ratios), ['redirect'])
  t.is(problems[0]!.message, 'control: expected ratios by metric; it is left out')
})

test('a full disk is told', (t) => {
  const file = join(temporaryFolder(t), 'history.jsonl')
  symlinkSync('/dev/full', file)
  const error = t.throws(
    () => {
      appendHistory(file, entries)
    },
    { instanceOf: BenchError },
  )
  t.is(error.trouble, 'failed')
  t.regex(error.message, /^Could not append to history .*history\.jsonl: ENOSPC/)
})

test('a history that is a folder is told', (t) => {
  const folder = temporaryFolder(t)
  const error = t.throws(() => readHistory(folder), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  t.regex(error.message, /^Could not read history .*: it is a folder, and no file$/)
})
