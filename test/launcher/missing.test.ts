import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { copyProject, type ProjectCopy } from './project-copy.ts'

const noInstall = { environment: { BENCH_NO_INSTALL: '1' } }

function hide(copy: ProjectCopy, packageManager?: string): void {
  copy.shims.remove('clang', 'make')
  rmSync(copy.inside('node_modules'), { recursive: true })
  for (const name of ['npm', packageManager])
    if (name !== undefined) copy.shims.script(name, 'echo "$0" >>"$CALLS"')
}

test('bench: BENCH_NO_INSTALL=1 names what is missing, why, and the commands that get it', async (t) => {
  const copy = copyProject(t)
  hide(copy, 'apt-get')
  const { exitCode, stdout, stderr } = await copy.launch(['run', 'x'], noInstall)
  t.is(exitCode, 3)
  t.is(stdout, '')
  t.deepEqual(stderr.split('\n'), [
    'Could not set up what is missing: BENCH_NO_INSTALL=1 forbids it',
    '  clang              builds the BPF programs and native programs',
    '  make               builds the BPF programs and native programs',
    '  npm packages       the libraries in package-lock.json',
    '  native parts       are not built, or older than their sources',
    'Hint: get it by',
    '  sudo apt-get install --no-install-recommends clang make',
    `  cd '${copy.root}'`,
    '  npm ci',
    '  for folder in bpf udpgen bpfload sandbox machine forward; do make -C $folder; done',
  ])
  t.deepEqual(copy.calls(), [])
})

test('bench: BENCH_NO_INSTALL=1 asks for no compiler to read help', async (t) => {
  const copy = copyProject(t)
  hide(copy, 'apt-get')
  const { exitCode, stderr } = await copy.launch(['run', '--help'], noInstall)
  t.is(exitCode, 3)
  t.false(stderr.includes('clang'))
  t.regex(stderr, / {2}npm ci/)
})

test('bench: BENCH_NO_INSTALL=1 is content with what was set up by hand', async (t) => {
  const copy = copyProject(t)
  await copy.launch(['run', 'x'])
  rmSync(copy.inside('build/.ready'))
  rmSync(copy.inside('build/.built'))
  for (const time of ['the first time', 'the second time']) {
    const { told, stderr } = await copy.launch(['run', 'x'], noInstall)
    t.deepEqual(told().arguments, ['run', 'x'], time)
    t.is(stderr, '', time)
  }
})

for (const [manager, command] of [
  ['dnf', 'sudo dnf install ShellCheck clang clang-tools-extra make'],
  ['pacman', 'sudo pacman -S --needed clang make shellcheck'],
] as const)
  test(`bench: where there is ${manager}, names the packages as that knows them`, async (t) => {
    const copy = copyProject(t)
    hide(copy, manager)
    copy.shims.remove('shellcheck', 'clang-format')
    const { exitCode, stderr } = await copy.launch(['setup'])
    t.is(exitCode, 3)
    t.true(stderr.includes(`\n  ${command}\n`), stderr)
    t.deepEqual(copy.calls(), [])
  })

test('bench: where the package manager is unknown, names the packages of three distributions', async (t) => {
  const copy = copyProject(t)
  hide(copy)
  copy.shims.remove('llvm-strip')
  const { exitCode, stderr } = await copy.launch(['run', 'x'])
  t.is(exitCode, 3)
  t.true(
    stderr.includes('llvm-strip         strips the BPF objects (Debian: llvm, Fedora: llvm, Arch: llvm)'),
    stderr,
  )
  t.notRegex(stderr, /^ {2}sudo /m)
})

test('bench: every command that opens a sandbox wants what runs want', async (t) => {
  const sources = join(import.meta.dirname, '..', '..', 'src', 'cli', 'commands')
  const textOf = (name: string) => readFileSync(join(sources, name), 'utf8')
  // `capture` looks at namespaces, and opens none.
  const opening = readdirSync(sources)
    .filter((name) => name !== 'capture.ts' && textOf(name).includes('.action('))
    .filter((name) => /requireRoot\(|measureRates\(/.test(textOf(name)))
  t.is(opening.length, 7, opening.join())
  const copy = copyProject(t)
  hide(copy, 'apt-get')
  for (const name of opening) {
    const { stderr } = await copy.launch([name.replace('.ts', ''), 'x'], noInstall)
    t.true(stderr.includes('  native parts '), `${name}: ${stderr}`)
  }
})
