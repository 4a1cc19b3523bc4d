import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { openFilesLimit, openFilesNeeded, requireOpenFiles } from '../../src/host/open-files.ts'

const limits = (soft: string, hard: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft.padEnd(20)} ${hard.padEnd(20)} files\n`

test('the limit of open files is the hard one, which a process cannot raise', (t) => {
  t.is(openFilesLimit(limits('32', '4096')), 4096)
  t.is(openFilesLimit(limits('unlimited', 'unlimited')), Infinity)
  t.is(openFilesLimit(''), Infinity)
})

test('too few open files are refused before anything starts, with the number and what raises it', (t) => {
  const error = t.throws(
    () => {
      requireOpenFiles(32)
    },
    { instanceOf: BenchError },
  )
  t.is(error.trouble, 'machine')
  t.is(error.message, 'Could not start: only 32 files may be open at a time')
  t.regex(error.hint ?? '', /ulimit -n/)
  t.notThrows(() => {
    requireOpenFiles(openFilesNeeded)
  })
})
