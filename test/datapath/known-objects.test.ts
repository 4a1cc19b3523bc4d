import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import test from 'ava'
import { compile } from '../../src/datapath/compile.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const source = `#include "lookup.h"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "../include/value.h"
SEC("tc") int mine(struct __sk_buff *skb) { int unused = 1; return VALUE; }
`

// What was written within a second before is asked for again.
const age = () => setTimeout(2100)

test('the compiler is asked again once anything that it read may have changed, and only then', async (t) => {
  const folder = temporaryFolder(t)
  const write = (file: string, content: string): string => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
    return join(folder, file)
  }
  const header = write('include/value.h', '#define VALUE 1\n')
  // Found in the second folder that is looked in.
  const lookup = write('more/lookup.h', '#define LOOKED_UP 1\n')
  const file = write('programs/mine.bpf.c', source)
  const calls = write('calls', '')
  const wrapper = write('bin/clang', `#!/bin/sh\necho "$*" >>'${calls}'\nexec clang "$@"\n`)
  chmodSync(wrapper, 0o755)
  Object.assign(process.env, { CLANG: wrapper, CPATH: dirname(lookup) })
  t.teardown(() => {
    delete process.env.CLANG
    delete process.env.CPATH
  })
  const compiled = async () => {
    writeFileSync(calls, '')
    const { file: object, warnings } = await compile(file, join(folder, 'objects'))
    t.regex(warnings, /unused variable 'unused'/)
    return { object, isAsked: readFileSync(calls, 'utf8') !== '' }
  }

  await age()
  const { object } = await compiled()
  t.deepEqual(await compiled(), { object, isAsked: false })
  t.deepEqual(await compiled(), { object, isAsked: false })

  // Of the same size, and as old by its own account.
  const { atime, mtime } = statSync(header)
  writeFileSync(header, '#define VALUE 2\n')
  utimesSync(header, atime, mtime)
  const changed = await compiled()
  t.not(changed.object, object)

  await age()
  t.is((await compiled()).object, changed.object)
  t.deepEqual(await compiled(), { object: changed.object, isAsked: false })
  // Before the one that was found until then.
  write('programs/lookup.h', '#undef VALUE\n#define LOOKED_UP_HERE 1\n')
  const shadowed = await compiled()
  t.not(shadowed.object, changed.object)

  await age()
  await compiled()
  t.false((await compiled()).isAsked)
  rmSync(shadowed.object)
  t.deepEqual(await compiled(), { object: shadowed.object, isAsked: true })
  t.false((await compiled()).isAsked)
  process.env.CPATH = folder
  t.true((await compiled()).isAsked)
})
