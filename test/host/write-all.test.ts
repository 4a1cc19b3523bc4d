import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { writeAll } from '../../src/host/write-all.ts'
import { BenchError } from '../../src/host/errors.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const files = ['a/b/one.yml', 'a/c/two.yml'].map((file) => ({ file, text: `${file}\n` }))

test('files are written with the folders that they need', (t) => {
  const top = temporaryFolder(t)
  writeAll(top, files)
  for (const { file, text } of files) t.is(readFileSync(join(top, file), 'utf8'), text)
})

test('where one is there already nothing is written, and it stays as it is', (t) => {
  const top = temporaryFolder(t)
  mkdirSync(join(top, 'a', 'c'), { recursive: true })
  writeFileSync(join(top, 'a', 'c', 'two.yml'), 'mine')
  const error = t.throws(
    () => {
      writeAll(top, files)
    },
    { instanceOf: BenchError, message: 'Could not write a/c/two.yml: already there' },
  )
  t.is(error.trouble, 'usage')
  t.is(readFileSync(join(top, 'a', 'c', 'two.yml'), 'utf8'), 'mine')
  t.deepEqual(readdirSync(join(top, 'a')), ['c'])
})

test('files make way where they may; they are back where another cannot be written', (t) => {
  const top = temporaryFolder(t)
  mkdirSync(join(top, 'a', 'b'), { recursive: true })
  writeFileSync(join(top, 'a', 'b', 'one.yml'), 'mine')
  writeFileSync(join(top, 'a', 'd'), '')
  const impossible = { file: 'a/d/three.yml', text: '' }
  t.throws(
    () => {
      writeAll(top, [...files, impossible], { mayReplace: true })
    },
    { message: /^Could not write the files: / },
  )
  t.is(readFileSync(join(top, 'a', 'b', 'one.yml'), 'utf8'), 'mine')
  t.deepEqual(readdirSync(join(top, 'a')), ['b', 'd'])
  writeAll(top, files, { mayReplace: true })
  for (const { file, text } of files) t.is(readFileSync(join(top, file), 'utf8'), text)
})

test('links and folders never make way', (t) => {
  const top = temporaryFolder(t)
  writeFileSync(join(top, 'target'), 'mine')
  mkdirSync(join(top, 'a', 'b'), { recursive: true })
  mkdirSync(join(top, 'a', 'c', 'two.yml'), { recursive: true })
  symlinkSync(join(top, 'target'), join(top, 'a', 'b', 'one.yml'))
  t.throws(
    () => {
      writeAll(top, files, { mayReplace: true })
    },
    { message: 'Could not write a/b/one.yml and a/c/two.yml: already there' },
  )
  t.is(readFileSync(join(top, 'target'), 'utf8'), 'mine')
})

test('a link that leads nowhere is there too', (t) => {
  const top = temporaryFolder(t)
  mkdirSync(join(top, 'a', 'b'), { recursive: true })
  symlinkSync(join(top, 'elsewhere'), join(top, 'a', 'b', 'one.yml'))
  t.throws(() => {
    writeAll(top, files)
  })
  t.false(existsSync(join(top, 'elsewhere')))
})

test('where the second cannot be written the first is taken away again, with its folders', (t) => {
  const top = temporaryFolder(t)
  writeFileSync(join(top, 'file'), '')
  const error = t.throws(
    () => {
      writeAll(top, [files[0]!, { file: 'file/two.yml', text: '' }])
    },
    { instanceOf: BenchError, message: /^Could not write the files: / },
  )
  t.is(error.trouble, 'failed')
  t.deepEqual(readdirSync(top), ['file'])
})
