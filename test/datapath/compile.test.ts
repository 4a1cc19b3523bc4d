import { copyFileSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { compile } from '../../src/datapath/compile.ts'
import { BenchError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const source = (header: string): string => `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "${header}"
SEC("tc") int mine(struct __sk_buff *skb) { return VALUE; }
`

interface Workshop {
  readonly folder: string
  readonly write: (file: string, content: string) => string
  /** The object's file, and what the compiler said. */
  readonly compile: (
    file: string,
    compiler?: string,
  ) => Promise<{ readonly object: string; readonly stderr: string }>
}

function workshop(t: ExecutionContext): Workshop {
  const folder = temporaryFolder(t)
  return {
    folder,
    write: (file, content) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), content)
      return join(folder, file)
    },
    compile: async (file, compiler = 'clang') => {
      const { stdout, stderr } = await execa(
        'sh',
        [inProject('bpf', 'compile.sh'), file, join(folder, 'objects')],
        { env: { CLANG: compiler } },
      )
      return { object: stdout, stderr }
    },
  }
}

test('a source that has not changed is not compiled again', async (t) => {
  const { write, compile } = workshop(t)
  write('value.h', '#define VALUE 1\n')
  const file = write('mine.bpf.c', source('value.h'))
  const { object } = await compile(file)
  const first = readFileSync(object)
  writeFileSync(object, 'kept')
  t.is((await compile(file)).object, object)
  t.is(readFileSync(object, 'utf8'), 'kept')
  t.is(first.subarray(0, 4).toString('latin1'), '\x7fELF')
})

test('a header in another folder, changed and with a time of long ago, makes another object', async (t) => {
  const { write, compile } = workshop(t)
  const header = write('include/value.h', '#define VALUE 1\n')
  const file = write('programs/mine.bpf.c', source('../include/value.h'))
  const before = await compile(file)
  writeFileSync(header, '#define VALUE 2\n')
  utimesSync(header, 0, 0)
  const after = await compile(file)
  t.not(after.object, before.object)
  t.false(readFileSync(after.object).equals(readFileSync(before.object)))
})

test('a source that is replaced by an older one is that older one, and comes back as it was', async (t) => {
  const { write, compile } = workshop(t)
  write('value.h', '#define VALUE 1\n')
  const file = write('mine.bpf.c', source('value.h'))
  const older = write('older.c', source('value.h').replace('VALUE;', 'VALUE + 1;'))
  utimesSync(older, 0, 0)
  const first = await compile(file)
  const kept = write('kept.c', readFileSync(file, 'utf8'))
  copyFileSync(older, file)
  utimesSync(file, 0, 0)
  const second = await compile(file)
  t.not(second.object, first.object)
  copyFileSync(kept, file)
  t.is((await compile(file)).object, first.object)
})

test('other options of the compiler make another object', async (t) => {
  const { write, compile } = workshop(t)
  write('value.h', '#ifdef OTHER\n#define VALUE 2\n#else\n#define VALUE 1\n#endif\n')
  const file = write('mine.bpf.c', source('value.h'))
  const { object } = await compile(file)
  const wrapper = write('clang', '#!/bin/sh\nexec clang -DOTHER "$@"\n')
  await execa('chmod', ['+x', wrapper])
  t.not((await compile(file, wrapper)).object, object)
})

test("a warning is the user's own: it is told each time, and no error", async (t) => {
  const { write, compile } = workshop(t)
  write('value.h', '#define VALUE ({ int unused = 1; 0; })\n')
  const file = write('mine.bpf.c', source('value.h'))
  for (const time of ['compiled', 'kept'])
    t.regex((await compile(file)).stderr, /unused variable 'unused'/, time)
})

test('what is not compiled is told by its first error, and not by a warning before it', async (t) => {
  const { write } = workshop(t)
  write('value.h', 'static int unused(void) { return 1; }\n#define VALUE nowhere\n')
  const file = write('mine.bpf.c', source('value.h'))
  const { message } = await t.throwsAsync(compile(file), { instanceOf: BenchError })
  t.regex(
    message,
    /^Could not compile .*mine\.bpf\.c: \S+mine\.bpf\.c:4:\d+: error: use of undeclared identifier 'nowhere'$/,
  )
})

test('names of files never reach a shell', async (t) => {
  const { folder, write, compile } = workshop(t)
  const nasty = 'a b$(touch ${PWD}pwned);\'"`touch pwned`.bpf.c'
  write('value.h', '#define VALUE 1\n')
  const { object } = await compile(write(nasty, source('value.h')))
  t.true(object.endsWith(`/${nasty.slice(0, -2)}.o`))
  t.false(existsSync(join(folder, 'pwned')) || existsSync('pwned'))
})

test('headers of the C library can be included, with the word size of the machine', async (t) => {
  const { write, compile } = workshop(t)
  const file = write(
    'mine.bpf.c',
    `#include <linux/bpf.h>
#include <linux/icmp.h>
#include <sys/socket.h>
#include <stdint.h>
_Static_assert(sizeof(uintptr_t) == 8, "pointers fit");
int mine(struct __sk_buff *skb) { return 0; }
`,
  )
  t.true(existsSync((await compile(file)).object))
})

test("a source that does not compile leaves no object, and the compiler's words whole", async (t) => {
  const { folder, write, compile } = workshop(t)
  const file = write('mine.bpf.c', 'int unfinished =')
  const error = await t.throwsAsync(compile(file))
  t.regex(error.message, /mine\.bpf\.c:1:\d+: error: expected expression/)
  const { stdout } = await execa('find', [join(folder, 'objects'), '-type', 'f', '-name', '*.o'])
  t.is(stdout, '')
})
