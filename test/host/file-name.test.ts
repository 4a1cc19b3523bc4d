import test from 'ava'
import { isFileName, ownFileName } from '../../src/host/file-name.ts'

test('names that differ only in what a path cannot have get files of their own', (t) => {
  const names = ['web-1', 'web/1', 'web:1', 'web_1', 'web\u001b1', 'x'.repeat(300), 'x'.repeat(301)]
  const files = names.map(ownFileName)
  t.is(new Set(files).size, names.length)
  t.true(files.every(isFileName), files.join(' '))
  t.is(files[0], 'web-1')
  t.is(files[3], 'web_1')
})
