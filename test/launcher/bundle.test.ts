import { existsSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { copyProject, type ProjectCopy } from './project-copy.ts'

const project = join(import.meta.dirname, '..', '..')

const telling = (word: string): string =>
  `import { where } from './where.ts'\nconsole.log('${word}', where)\n`

/** A project that has the real bundler, and a command line of two files, which tells whether it runs from one. */
function bundledProject(t: ExecutionContext): ProjectCopy {
  const copy = copyProject(t)
  symlinkSync(join(project, 'node_modules', '@esbuild'), copy.inside('node_modules', '@esbuild'))
  copy.shims.link('touch')
  copy.write('src/cli/where.ts', `export const where = import.meta.filename.split('/').at(-3)\n`)
  copy.write('src/cli/main.ts', telling('first'))
  makeOld(copy)
  return copy
}

/** Whatever is there is older than a bundle that is made now. */
function makeOld({ inside }: ProjectCopy): void {
  const lockfiles = ['package-lock.json', 'node_modules/.package-lock.json']
  for (const part of ['src', 'src/cli', 'src/cli/main.ts', 'src/cli/where.ts', ...lockfiles])
    utimesSync(inside(part), 1e9, 1e9)
}

const bundleOf = ({ inside }: ProjectCopy): string => inside('build', 'cli', 'main.js')

test('bench: the command line runs from one file, which is made once', async (t) => {
  const copy = bundledProject(t)
  for (const state of ['made', 'there']) t.is((await copy.launch(['list'])).stdout, 'first build', state)
  const { mtimeNs } = statSync(bundleOf(copy), { bigint: true })
  t.is((await copy.launch(['list'])).stdout, 'first build')
  t.is(statSync(bundleOf(copy), { bigint: true }).mtimeNs, mtimeNs)
})

test('bench: that file is made anew where a source was written, came or went', async (t) => {
  const copy = bundledProject(t)
  await copy.launch(['list'])
  copy.write('src/cli/main.ts', telling('second'))
  t.is((await copy.launch(['list'])).stdout, 'second build')
  makeOld(copy)
  const before = statSync(bundleOf(copy), { bigint: true }).mtimeNs
  rmSync(copy.inside('src', 'cli', 'where.ts'))
  copy.write('src/cli/main.ts', "console.log('third')\n")
  utimesSync(copy.inside('src', 'cli', 'main.ts'), 1e9, 1e9)
  t.is((await copy.launch(['list'])).stdout, 'third')
  t.true(statSync(bundleOf(copy), { bigint: true }).mtimeNs > before)
})

test('bench: without a bundler, with a source that is none, and where nothing is to be made, the sources run', async (t) => {
  const copy = bundledProject(t)
  t.is((await copy.launch(['list'], { environment: { BENCH_NO_INSTALL: '1' } })).stdout, 'first src')
  rmSync(copy.inside('node_modules', '@esbuild'))
  t.is((await copy.launch(['list'])).stdout, 'first src')
  t.false(existsSync(bundleOf(copy)))
  symlinkSync(join(project, 'node_modules', '@esbuild'), copy.inside('node_modules', '@esbuild'))
  copy.write('src/cli/main.ts', 'const = 1\n')
  const { stderr } = await copy.launch(['list'])
  t.regex(stderr, /SyntaxError/)
  t.false(existsSync(bundleOf(copy)))
})

test('bench: what a killed bundler left is in nobody’s way', async (t) => {
  const copy = bundledProject(t)
  await copy.launch(['list'])
  copy.write(join('build', 'cli', 'main.js.part'), 'half of it')
  copy.write('src/cli/main.ts', telling('second'))
  t.is((await copy.launch(['list'])).stdout, 'second build')
})
