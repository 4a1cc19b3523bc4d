import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { keepObject } from '../../src/datapath/compile.ts'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { fillDiskFor, fullParts } from '../full-disk.ts'

test('a full disk is told where a copy of an object of the user’s own is to be kept', (t) => {
  const digest = `${process.pid}`.padStart(64, '0')
  const folder = inProject('build', 'bpf', 'objects', digest)
  mkdirSync(folder, { recursive: true })
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  fillDiskFor(join(folder, 'mine.bpf.o'))
  const error = t.throws(() => keepObject('/somewhere/mine.bpf.o', Buffer.from('object'), digest), {
    instanceOf: BenchError,
  })
  t.is(error.trouble, 'failed')
  t.regex(
    describeError(error),
    /^Could not keep a copy of \/somewhere\/mine\.bpf\.o: ENOSPC.*\nHint: free some space in .*\/build\/bpf\/objects$/,
  )
  // Of the parts, the one that was written to is taken away.
  t.is(readdirSync(folder).length, fullParts - 1)
})
