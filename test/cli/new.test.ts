import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { shellWord } from '../../src/host/shell-word.ts'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

test('bench new writes a folder, and says what to type next', async (t) => {
  const cwd = temporaryFolder(t)
  const { exitCode, stdout, stderr } = await bench(['new', 'my-path'], { cwd })
  t.is(exitCode, 0, stderr)
  t.deepEqual(readdirSync(join(cwd, 'my-path')), ['README.md', 'my-path.bpf.c', 'my-path.yaml'])
  const called = shellWord(inProject('bench'))
  t.true(
    stdout.endsWith(
      `\nNext:\n  ${called} show my-path/my-path.yaml\n  sudo ${called} run my-path/my-path.yaml --quick\n`,
    ),
    stdout,
  )
  t.regex(stdout, /^wrote my-path\/\n {2}my-path\.yaml {3}/)
})

test('bench new --hook takes a hook that there is', async (t) => {
  const cwd = temporaryFolder(t)
  t.is((await bench(['new', 'mine', '--hook', 'xdp/generic'], { cwd })).exitCode, 0)
  t.regex(readFileSync(join(cwd, 'mine', 'mine.yaml'), 'utf8'), /hook: xdp\/generic\n/)
  const { exitCode, stderr } = await bench(['new', 'other', '--hook', 'xdp/ingress'], { cwd })
  t.is(exitCode, 2)
  t.regex(stderr, /Allowed choices are tc\/ingress, .*xdp\/generic, xdp\/native/)
  t.deepEqual(readdirSync(cwd), ['mine'])
})

test('bench new --from copies a scenario that is read from there', async (t) => {
  const cwd = temporaryFolder(t)
  t.is((await bench(['new', 'mine', '--from', 'redirect-vs-stack'], { cwd })).exitCode, 0)
  const { exitCode, stdout } = await bench(['new', 'mine-2', '--from', 'mine/mine.yaml'], { cwd })
  t.is(exitCode, 0)
  t.regex(stdout, /\n {2}redirect\.bpf\.c /)
  t.is(
    readFileSync(join(cwd, 'mine-2', 'redirect.bpf.c'), 'utf8'),
    readFileSync(inProject('bpf', 'redirect.bpf.c'), 'utf8'),
  )
})

test('bench new overwrites nothing: no folder, no file, no link that leads nowhere', async (t) => {
  const cwd = temporaryFolder(t)
  mkdirSync(join(cwd, 'folder'))
  writeFileSync(join(cwd, 'file'), 'mine')
  symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'link'))
  for (const name of ['folder', 'file', 'link']) {
    const { exitCode, stdout, stderr } = await bench(['new', name], { cwd })
    t.is(exitCode, 2)
    t.is(stdout, '')
    t.true(stderr.startsWith(`Could not write ${name}: there is something of that name in ${cwd}\n`), stderr)
  }
  t.deepEqual(readdirSync(join(cwd, 'folder')), [])
  t.is(readFileSync(join(cwd, 'file'), 'utf8'), 'mine')
  t.false(existsSync(join(cwd, 'elsewhere')))
})

test('bench new refuses a name that is none', async (t) => {
  const cwd = temporaryFolder(t)
  const { exitCode, stderr } = await bench(['new', '../mine'], { cwd })
  t.is(exitCode, 2)
  t.regex(
    stderr,
    /^Could not begin "\.\.\/mine": expected a name of lower-case letters, digits and "-"\nHint: /,
  )
  t.deepEqual(readdirSync(cwd), [])
})
