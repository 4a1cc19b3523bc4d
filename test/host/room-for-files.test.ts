import test from 'ava'
import { execa } from 'execa'
import { writeError } from '../../src/host/room-for-files.ts'
import { inProject } from '../netns/bench-command.ts'

const failing = (code: string): Error => Object.assign(new Error(code), { code })

test('where ulimit -f is in the way, that is what to raise', (t) => {
  t.is(
    writeError('write it', failing('EFBIG'), 'free some space').hint,
    'raise how large files may be: ulimit -f unlimited',
  )
})

test('where the disk is full, what else may be done is for who writes to say', (t) => {
  for (const error of [failing('ENOSPC'), failing('EDQUOT'), new Error('none of the system')])
    t.is(writeError('write it', error, 'free some space').hint, 'free some space')
})

test('a write beyond ulimit -f fails, and does not end the process, also after a tool has been run', async (t) => {
  const program = `
    import { rmSync, writeFileSync } from 'node:fs'
    import { tryTool } from './src/host/tool.ts'
    import { outliveFileSizeLimit } from './src/host/room-for-files.ts'
    outliveFileSizeLimit()
    await tryTool(['true'])
    const file = process.env.FILE
    try { writeFileSync(file, 'x'.repeat(100_000)) } catch (error) { console.log(error.code) }
    rmSync(file)`
  const script = 'ulimit -f 8; exec "$@"'
  // Its output goes into a pipe, which has no size.
  const { stdout, exitCode } = await execa(
    'sh',
    // prettier-ignore
    ['-c', script, 'sh', process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program],
    {
      cwd: inProject(),
      env: { FILE: inProject('build', `too-large-${process.pid}`), NODE_COMPILE_CACHE: '' },
      reject: false,
    },
  )
  t.deepEqual([exitCode, stdout], [0, 'EFBIG'])
})
