import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'ava'
import { execa } from 'execa'
import { copyProject, type ProjectCopy } from './project-copy.ts'

const asRoot = process.getuid?.() === 0 ? test : test.skip

/** An npm that does what `ci` is to leave behind. */
const npmCi = 'mkdir -p "$4/node_modules/dependency"; : >"$4/node_modules/.package-lock.json"'

/** A command that writes a clang. */
const writeClang = ({ shims: { folder } }: ProjectCopy): string =>
  `printf '#!/bin/sh\\necho clang version 14' >'${folder}/clang'; chmod +x '${folder}/clang'`

function withoutPackages(copy: ProjectCopy): void {
  rmSync(copy.inside('node_modules'), { recursive: true })
}

test('bench: takes up a set-up that was killed while npm was at work', async (t) => {
  const copy = copyProject(t)
  withoutPackages(copy)
  // The launcher leads a process group of its own; 0 is the whole group.
  copy.shims.script('npm', 'mkdir -p "$4/node_modules/half"; kill -KILL 0')
  t.is((await copy.launch(['list'])).exitCode, undefined)

  copy.shims.script('npm', `echo ci >>"$CALLS"; ${npmCi}`)
  const { told } = await copy.launch(['list'])
  t.deepEqual(told().arguments, ['list'])
  t.deepEqual(copy.calls(), ['ci'])
})

test('bench: takes up a set-up that was killed while make was at work', async (t) => {
  const copy = copyProject(t)
  const rules = readFileSync(copy.inside('udpgen/Makefile'), 'utf8')
  copy.write('udpgen/Makefile', '../build/udpgen: main.c\n\tprintf half >$@; chmod +x $@; kill -KILL 0\n')
  t.is((await copy.launch(['run', 'x'])).exitCode, undefined)
  t.is(readFileSync(copy.inside('build/udpgen'), 'utf8'), 'half')

  // As it was, and older than what the killed make left.
  copy.write('udpgen/Makefile', rules)
  await execa('touch', ['-d', '2000-01-01', 'udpgen/Makefile', 'udpgen/main.c'], { cwd: copy.root })
  await copy.launch(['run', 'x'])
  t.is(readFileSync(copy.inside('build/udpgen'), 'utf8'), 'generator\n')
})

test('bench: of two at once, one sets up, and the other waits and then runs', async (t) => {
  const copy = copyProject(t)
  withoutPackages(copy)
  const gate = join(copy.home, 'gate')
  await execa('mkfifo', [gate])
  copy.shims.script('npm', `echo ci >>"$CALLS"; cat '${gate}'; ${npmCi}`)

  const first = copy.start(['list', 'first'])
  await said(first.stderr, 'installing npm packages')
  const second = copy.start(['list', 'second'])
  await said(second.stderr, 'waiting for another set-up to end')
  writeFileSync(gate, 'go on\n')

  t.deepEqual([(await first).exitCode, (await second).exitCode], [0, 0])
  t.deepEqual(copy.calls(), ['ci'])
})

/** Resolves once `text` has come by. */
async function said(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  let heard = ''
  for await (const chunk of stream) {
    heard += String(chunk)
    if (heard.includes(text)) return
  }
  throw new Error(`never said "${text}", but: ${heard}`)
}

test('bench: a service that a tool leaves running does not hold the lock', async (t) => {
  const copy = copyProject(t)
  withoutPackages(copy)
  const gate = join(copy.home, 'gate')
  await execa('mkfifo', [gate])
  copy.shims.script('npm', `cat '${gate}' >/dev/null 2>&1 & ${npmCi}`)
  await copy.launch(['list'])
  withoutPackages(copy)
  const { stderr } = await copy.launch(['list'])
  t.is(stderr, 'bench: installing npm packages')
  writeFileSync(gate, '')
})

test('bench: when npm fails, shows the end of what it said, and what to do', async (t) => {
  const copy = copyProject(t)
  withoutPackages(copy)
  copy.shims.script('npm', 'echo "npm error network"; exit 1')
  const { exitCode, stderr } = await copy.launch(['list'])
  t.is(exitCode, 3)
  t.deepEqual(stderr.split('\n'), [
    'bench: installing npm packages',
    'Could not install the npm packages:',
    '  npm error network',
    'Hint: see that npm reaches its registry, and call bench again',
  ])
})

test('bench: when a source does not compile, shows what the compiler said, every time', async (t) => {
  const copy = copyProject(t)
  copy.write('bpf/Makefile', 'all:\n\t@echo "x.bpf.c:1: error: expected expression"; exit 1\n')
  for (const time of ['the first time', 'the second time']) {
    const { exitCode, stderr, stdout } = await copy.launch(['run', 'x'])
    t.is(exitCode, 3, time)
    t.is(stdout, '', time)
    t.regex(stderr, /Could not build bpf\/ .*\n {2}.*\n? {2}x\.bpf\.c:1: error: expected expression/, time)
  }
})

asRoot('bench: as root, installs the packages of what is missing and goes on', async (t) => {
  const copy = copyProject(t)
  copy.shims.script(
    'apt-get',
    `echo "$DEBIAN_FRONTEND: $@" >>"$CALLS"
case "$*" in *' install '*) ${writeClang(copy)} ;; esac`,
  )
  copy.shims.remove('clang')
  const { told, stderr } = await copy.launch(['run', 'x'])
  t.deepEqual(told().arguments, ['run', 'x'])
  t.deepEqual(stderr.split('\n'), [
    'bench: installing tools: clang',
    'bench: building the BPF programs and native programs',
  ])
  t.deepEqual(copy.calls(), [
    'noninteractive: --yes --no-install-recommends -o DPkg::Lock::Timeout=300 update',
    'noninteractive: --yes --no-install-recommends -o DPkg::Lock::Timeout=300 install clang',
  ])
})

asRoot('bench: when apt-get fails, shows the end of what it said', async (t) => {
  const copy = copyProject(t)
  copy.shims.remove('clang')
  copy.shims.script('apt-get', 'echo "E: Unable to fetch some archives"; exit 100')
  const { exitCode, stderr } = await copy.launch(['run', 'x'])
  t.is(exitCode, 3)
  t.true(stderr.includes('Could not install the packages clang:\n  E: Unable to fetch some archives\nHint: '))
})

asRoot('bench: a dpkg that was interrupted is told to go on', async (t) => {
  const copy = copyProject(t)
  copy.shims.remove('clang')
  copy.shims.script('dpkg', `echo "dpkg $@" >>"$CALLS"; ${writeClang(copy)}`)
  copy.shims.script(
    'apt-get',
    `[ -e '${copy.shims.folder}/clang' ] || { echo "E: run 'dpkg --configure -a'"; exit 100; }`,
  )
  const { exitCode } = await copy.launch(['run', 'x'])
  t.is(exitCode, 0)
  t.deepEqual(copy.calls(), ['dpkg --configure -a'])
})

asRoot('bench: what it makes under sudo belongs to the user who called it', async (t) => {
  const copy = copyProject(t)
  withoutPackages(copy)
  copy.shims.script('npm', npmCi)
  const { exitCode } = await copy.launch(['run', 'x'], {
    environment: { SUDO_UID: '12345', SUDO_GID: '23456', SUDO_USER: 'nobody' },
  })
  t.is(exitCode, 0)
  for (const made of [
    'build',
    'build/.ready',
    'build/.built',
    'build/udpgen',
    'build/bpf/x.bpf.o',
    'node_modules',
    'node_modules/dependency',
  ]) {
    const { uid, gid } = statSync(copy.inside(made))
    t.deepEqual([uid, gid], [12345, 23456], made)
  }
  t.is(statSync(copy.inside('src')).uid, 0)
})

asRoot('bench: what it makes under sudo belongs to the user also when it fails', async (t) => {
  const copy = copyProject(t)
  withoutPackages(copy)
  copy.shims.script('npm', 'mkdir "$4/node_modules"; exit 1')
  const { exitCode } = await copy.launch(['list'], {
    environment: { SUDO_UID: '12345', SUDO_GID: '23456', SUDO_USER: 'nobody' },
  })
  t.is(exitCode, 3)
  t.is(statSync(copy.inside('node_modules')).uid, 12345)
})

asRoot('bench: without root, names the packages that only root can install', async (t) => {
  const copy = copyProject(t)
  copy.shims.remove('clang')
  copy.shims.script('apt-get', 'echo apt-get >>"$CALLS"')
  chmodSync(dirname(copy.root), 0o755)
  chownSync(copy.root, 65534, 65534)
  const { exitCode, stderr } = await copy.launch(
    ['--reuid=65534', '--regid=65534', '--clear-groups', copy.inside('bench'), 'run', 'x'],
    { as: join(copy.shims.folder, 'setpriv') },
  )
  t.is(exitCode, 3)
  t.true(
    stderr.startsWith(
      'Could not set up what is missing: only root can install packages; under sudo, bench does all of this\n  clang ',
    ),
    stderr,
  )
  t.true(stderr.includes('sudo apt-get install --no-install-recommends clang\n'), stderr)
  t.deepEqual(copy.calls(), [])
})

asRoot('bench: where the project is not for the caller to write to, what root set up is used', async (t) => {
  const copy = copyProject(t)
  chmodSync(dirname(copy.root), 0o755)
  const call = ['--reuid=65534', '--regid=65534', '--clear-groups', copy.inside('bench'), 'list']
  const setpriv = { as: join(copy.shims.folder, 'setpriv') }
  mkdirSync(copy.inside('build'))
  t.is((await copy.launch(call, setpriv)).exitCode, 0)

  rmSync(copy.inside('node_modules'), { recursive: true })
  const { exitCode, stderr } = await copy.launch(call, setpriv)
  t.is(exitCode, 3)
  t.regex(stderr, /^Could not set up what is missing: \S+ may not write to /)
})
