import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { copyProject } from './project-copy.ts'

test('bench: passes every argument on as it was given', async (t) => {
  const copy = copyProject(t)
  const given = ['list', '', 'two words', '*', '--', "it's", '-h']
  const { told } = await copy.launch(given)
  t.deepEqual(told().arguments, given)
})

test('bench: passes the exit code on', async (t) => {
  const { exitCode } = await copyProject(t).launch(['list'], { environment: { EXIT_WITH: '4' } })
  t.is(exitCode, 4)
})

test('bench: leaves the working folder alone', async (t) => {
  const copy = copyProject(t)
  const { told } = await copy.launch(['list'], { cwd: copy.home })
  t.is(told().cwd, copy.home)
})

test('bench: works when called by a relative path', async (t) => {
  const copy = copyProject(t)
  for (const [cwd, as] of [
    [copy.root, './bench'],
    [copy.inside('src'), '../bench'],
  ] as const)
    t.is((await copy.launch(['list'], { cwd, as })).told().cwd, cwd)
})

test('bench: works through a link to a link', async (t) => {
  const copy = copyProject(t)
  const folder = join(copy.home, 'bin')
  mkdirSync(folder)
  symlinkSync('../../a project/bench', join(folder, 'bench'))
  symlinkSync('bench', join(folder, 'pathbench'))
  const { told } = await copy.launch(['list'], { as: join(folder, 'pathbench') })
  t.deepEqual(told().arguments, ['list'])
})

test('bench: runs the compiled command line where there is no source, as in a published package', async (t) => {
  const copy = copyProject(t)
  copy.write('dist/cli/main.js', 'console.log("compiled")\n')
  copy.shims.script('npm', 'echo npm >>"$CALLS"; exit 1')
  for (const part of ['src', 'package-lock.json', 'node_modules'])
    rmSync(copy.inside(part), { recursive: true })
  const { stdout } = await copy.launch(['list'])
  t.is(stdout, 'compiled')
  t.deepEqual(copy.calls(), [])
})
