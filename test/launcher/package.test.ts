import { chmodSync, chownSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { machine } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { copyProject, type ProjectCopy } from './project-copy.ts'

const tellSetupFolder = 'console.log(JSON.stringify({ setup: process.env.BENCH_SETUP_FOLDER }))\n'

/** A copy as a package: compiled, with native programs for this machine unless `isForThisMachine` says no. */
function copyPackage(t: ExecutionContext, isForThisMachine = true): ProjectCopy {
  const copy = copyProject(t)
  for (const part of ['src', 'package-lock.json']) rmSync(copy.inside(part), { recursive: true })
  copy.write('dist/cli/main.js', tellSetupFolder)
  copy.write('package.json', '{\n  "type": "module",\n  "version": "1.2.3"\n}\n')
  copy.write(`prebuilt/${isForThisMachine ? machine() : 'pdp11'}/udpgen`, '')
  chmodSync(copy.inside('prebuilt', isForThisMachine ? machine() : 'pdp11', 'udpgen'), 0o755)
  return copy
}

/** Where it says that set-up's work is. */
const setupFolder = async (copy: ProjectCopy, environment: Readonly<Record<string, string>> = {}) =>
  (JSON.parse((await copy.launch(['list'], { environment })).stdout) as { setup: string }).setup

test('bench: of a package, what set-up makes is among the user’s caches, by version', async (t) => {
  const copy = copyPackage(t)
  const caches = join(copy.home, 'own caches')
  t.is(await setupFolder(copy, { XDG_CACHE_HOME: caches }), join(caches, 'pathbench/1.2.3'))
  t.deepEqual(readdirSync(join(caches, 'pathbench/1.2.3')), ['build'])
  t.false(existsSync(copy.inside('build')))
})

test('bench: caches are in the home where XDG_CACHE_HOME names no absolute path', async (t) => {
  const copy = copyPackage(t)
  const usual = join(copy.home, '.cache/pathbench/1.2.3')
  for (const caches of ['', 'relative']) t.is(await setupFolder(copy, { XDG_CACHE_HOME: caches }), usual)
  t.is(await setupFolder(copy), usual)
})

test('bench: a package whose programs are for this machine builds nothing, and asks for no compiler', async (t) => {
  const copy = copyPackage(t)
  copy.shims.remove('clang', 'llvm-strip', 'make')
  const { exitCode, stderr } = await copy.launch(['run', 'redirect-vs-stack'])
  t.is(exitCode, 0, stderr)
  t.is(stderr, '')
})

test('bench: a package without programs for this machine builds them from its sources, among the caches', async (t) => {
  const copy = copyPackage(t, false)
  const first = await copy.launch(['run', 'x'])
  t.is(first.stderr, 'bench: building the native programs')
  const made = join(copy.home, '.cache/pathbench/1.2.3/build')
  for (const program of ['udpgen', 'bpfload', 'seal']) t.true(existsSync(join(made, program)), program)
  t.false(existsSync(copy.inside('build')))
  t.is((await copy.launch(['run', 'x'])).stderr, '')
})

test('bench: a package that was installed anew is built anew', async (t) => {
  const copy = copyPackage(t, false)
  await copy.launch(['run', 'x'])
  rmSync(copy.inside('udpgen'), { recursive: true })
  copy.write('udpgen/main.c', 'generator\n')
  copy.write('udpgen/Makefile', '../build/udpgen: main.c\n\tinstall -D main.c $@\n')
  t.is((await copy.launch(['run', 'x'])).stderr, 'bench: building the native programs')
})

test('bench: a package asks for a compiler where a scenario has a BPF source of its own, and for bench ab', async (t) => {
  const copy = copyPackage(t)
  copy.shims.remove('clang')
  writeFileSync(join(copy.home, 'own.yaml'), 'object: mine.bpf.c\n')
  writeFileSync(join(copy.home, 'built.yaml'), 'object: mine.bpf.o\n')
  const launch = (words: readonly string[]) =>
    copy.launch(words, { cwd: copy.home, environment: { BENCH_NO_INSTALL: '1' } })
  for (const words of [
    ['run', './own.yaml'],
    ['ab', './built.yaml', '--base', 'main'],
  ]) {
    const { exitCode, stderr } = await launch(words)
    t.is(exitCode, 3, words.join(' '))
    t.regex(stderr, /^ {2}clang {14}builds the BPF programs/m)
  }
  t.is((await launch(['run', './built.yaml'])).exitCode, 0)
})

test('bench: setup of a package wants no tools of the project’s own tests', async (t) => {
  const copy = copyPackage(t)
  copy.shims.remove('shellcheck', 'clang-format', 'sockperf', 'tcpdump')
  const { exitCode, stderr } = await copy.launch(['setup'])
  t.is(exitCode, 0)
  t.is(stderr, 'bench: everything is in place')
})

test('bench: a package’s native parts are named with the commands that build them', async (t) => {
  const copy = copyPackage(t, false)
  const { exitCode, stderr } = await copy.launch(['run', 'x'], { environment: { BENCH_NO_INSTALL: '1' } })
  const made = join(copy.home, '.cache/pathbench/1.2.3')
  t.is(exitCode, 3)
  t.deepEqual(stderr.split('\n').slice(-10), [
    `  mkdir -p '${made}' && cd '${made}'`,
    '  mkdir -p launcher',
    ...['udpgen', 'bpfload', 'sandbox', 'machine', 'forward'].map(
      (part) => `  cp -R '${copy.inside(part)}' ./`,
    ),
    `  cp -R '${copy.inside('launcher/link.mk')}' launcher/`,
    `  cp -R '${copy.inside('package.json')}' ./`,
    '  for folder in udpgen bpfload sandbox machine forward; do make -C $folder; done',
  ])
})

test('bench: a package reads where no cache can be written', async (t) => {
  const copy = copyPackage(t)
  const { exitCode, stderr } = await copy.launch(['list'], { environment: { XDG_CACHE_HOME: '/proc/none' } })
  t.is(exitCode, 0)
  t.is(stderr, '')
})

const asRoot = process.getuid?.() === 0 ? test : test.skip

asRoot('bench: what a package makes under sudo belongs to whom the caches belong to', async (t) => {
  const copy = copyPackage(t)
  const environment = { SUDO_UID: '12345', SUDO_GID: '23456', SUDO_USER: 'nobody' }
  const made = ['.cache', '.cache/pathbench', '.cache/pathbench/1.2.3/build/.ready']
  const owners = () => made.map((file) => statSync(join(copy.home, file)).uid)
  await copy.launch(['list'], { environment })
  t.deepEqual(owners(), [0, 0, 0])
  rmSync(join(copy.home, '.cache'), { recursive: true })
  chownSync(copy.home, 12345, 23456)
  await copy.launch(['list'], { environment })
  t.deepEqual(owners(), [12345, 12345, 12345])
})
