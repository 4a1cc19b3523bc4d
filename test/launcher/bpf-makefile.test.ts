import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'

const bpf = join(import.meta.dirname, '..', '..', 'bpf')

function copyBpf(t: ExecutionContext): string {
  const root = mkdtempSync(join(tmpdir(), 'bench bpf-'))
  t.teardown(() => {
    rmSync(root, { recursive: true, force: true })
  })
  cpSync(bpf, join(root, 'bpf'), { recursive: true })
  return root
}

test('bpf/Makefile: objects keep BTF and lose the rest of the debugging data', async (t) => {
  const root = copyBpf(t)
  await execa('make', ['-C', join(root, 'bpf')])
  const { stdout } = await execa('llvm-readelf', ['-S', join(root, 'build/bpf/redirect.bpf.o')])
  t.true(stdout.includes(' .BTF '))
  t.false(stdout.includes('.debug_info'))
})

test('bpf/Makefile: builds nothing twice, and again when a header changes', async (t) => {
  const root = copyBpf(t)
  const make = (...options: string[]) =>
    execa('make', ['-C', join(root, 'bpf'), ...options], { reject: false })
  await make()
  t.is((await make('-q')).exitCode, 0)
  writeFileSync(join(root, 'bpf', 'shared.h'), '')
  t.is((await make('-q')).exitCode, 1)
})

test('bpf/Makefile: a source that does not compile leaves no object and no rest of one', async (t) => {
  const root = copyBpf(t)
  writeFileSync(join(root, 'bpf', 'redirect.bpf.c'), 'int unfinished =')
  const { exitCode, stderr } = await execa('make', ['-C', join(root, 'bpf')], { reject: false })
  t.is(exitCode, 2)
  t.regex(stderr, /redirect\.bpf\.c:1:\d+: error: expected expression/)
  t.deepEqual(
    readdirSync(join(root, 'build/bpf')).filter((file) => file.startsWith('redirect')),
    [],
  )
})

test('bpf/Makefile: builds the sources of another folder, whatever its name', async (t) => {
  const root = copyBpf(t)
  const other = join(root, 'my programs')
  mkdirSync(other)
  mkdirSync(join(root, 'build/bpf/mine'), { recursive: true })
  cpSync(join(bpf, 'redirect.bpf.c'), join(other, 'mine.bpf.c'))
  symlinkSync(other, join(root, 'build/bpf/mine/source'))
  await execa('make', ['-f', '../../../bpf/Makefile', 'SOURCE=source', 'OUT=object'], {
    cwd: join(root, 'build/bpf/mine'),
  })
  t.deepEqual(readdirSync(join(root, 'build/bpf/mine/object')), ['mine.bpf.o'])
})
