import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'

const bpf = join(import.meta.dirname, '..', '..', 'bpf')

/** A copy of bpf/ with one program. */
function copyBpf(t: ExecutionContext): string {
  const root = mkdtempSync(join(tmpdir(), 'bench bpf-'))
  t.teardown(() => {
    rmSync(root, { recursive: true, force: true })
  })
  for (const file of ['Makefile', 'compile.sh', 'nop.bpf.c']) cpSync(join(bpf, file), join(root, 'bpf', file))
  return root
}

const make = (root: string, ...options: string[]) =>
  execa('make', ['-C', join(root, 'bpf'), ...options], { reject: false })

test('bpf/Makefile: objects keep BTF and lose the rest of the debugging data', async (t) => {
  const root = copyBpf(t)
  await make(root)
  const { stdout } = await execa('llvm-readelf', ['-S', join(root, 'build/bpf/nop.bpf.o')])
  t.true(stdout.includes(' .BTF '))
  t.false(stdout.includes('.debug_info'))
})

test('bpf/Makefile: a header that is newer is something to do, and one with an older time is done, too', async (t) => {
  const root = copyBpf(t)
  const [object, header] = [join(root, 'build/bpf/nop.bpf.o'), join(root, 'bpf', 'shared.h')]
  const source = readFileSync(join(bpf, 'nop.bpf.c'), 'utf8')
  writeFileSync(
    join(root, 'bpf', 'nop.bpf.c'),
    `#include "shared.h"\n${source.replace('TC_ACT_OK', 'ANSWER')}`,
  )
  writeFileSync(header, '#define ANSWER 0\n')
  await make(root)
  const first = readFileSync(object)
  t.is((await make(root, '-q')).exitCode, 0)
  writeFileSync(header, '#define ANSWER 1\n')
  t.is((await make(root, '-q')).exitCode, 1)
  utimesSync(header, 0, 0)
  await make(root)
  t.false(readFileSync(object).equals(first))
})

test('bpf/Makefile: a source that does not compile leaves no object and no rest of one', async (t) => {
  const root = copyBpf(t)
  writeFileSync(join(root, 'bpf', 'nop.bpf.c'), 'int unfinished =')
  const { exitCode, stderr } = await make(root)
  t.is(exitCode, 2)
  t.regex(stderr, /nop\.bpf\.c:1:\d+: error: expected expression/)
  t.deepEqual(
    readdirSync(join(root, 'build/bpf')).filter((file) => file.startsWith('nop')),
    [],
  )
})

test("bpf/Makefile: a warning in a program of pathbench's own is an error", async (t) => {
  const root = copyBpf(t)
  writeFileSync(join(root, 'bpf', 'nop.bpf.c'), 'int f(void) { int unused; return 0; }\n')
  t.regex((await make(root)).stderr, /error: unused variable 'unused'/)
})
