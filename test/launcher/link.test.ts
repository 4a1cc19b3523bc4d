import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { writeScript } from './shims.ts'

const project = join(import.meta.dirname, '..', '..')

test('a program whose source is saved while it is built is built again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'link-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  mkdirSync(join(folder, 'launcher'))
  cpSync(join(project, 'launcher', 'link.mk'), join(folder, 'launcher', 'link.mk'))
  cpSync(join(project, 'sandbox'), join(folder, 'sandbox'), { recursive: true })
  const compiler = join(folder, 'compiler')
  writeScript(compiler, 'touch seal.c\nclang "$@"')
  const make = async (...words: readonly string[]) =>
    await execa('make', ['-s', '-C', join(folder, 'sandbox'), ...words, '../build/seal'], { reject: false })
  t.is((await make(`CC=sh ${compiler}`)).exitCode, 0)
  t.is((await make('--question')).exitCode, 1)
  t.is((await make()).exitCode, 0)
  t.is((await make('--question')).exitCode, 0)
})
