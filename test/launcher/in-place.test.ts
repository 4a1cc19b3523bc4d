import { statSync, utimesSync } from 'node:fs'
import test from 'ava'
import { copyProject } from './project-copy.ts'

const everyTool = [
  'ip',
  'tc',
  'bpftool',
  'unshare',
  'nsenter',
  'setpriv',
  'flock',
  'make',
  'clang',
  'apt-get',
  'npm',
]

test('bench: with everything in place, reading commands start no program but Node', async (t) => {
  const copy = copyProject(t)
  await copy.launch(['list'])
  const { told, stderr } = await copy.launch(['list'], { environment: { PATH: '/nonexistent' } })
  t.deepEqual(told().arguments, ['list'])
  t.is(stderr, '')
})

test('bench: with everything in place, a run looks for its tools and calls none', async (t) => {
  const copy = copyProject(t)
  await copy.launch(['run', 'x'])
  for (const name of everyTool) copy.shims.script(name, 'echo "$0" >>"$CALLS"; exit 1')
  const { told, stderr } = await copy.launch(['run', 'x'])
  t.deepEqual(told().arguments, ['run', 'x'])
  t.is(stderr, '')
  t.deepEqual(copy.calls(), [])
})

test('bench: builds for run and exec, and not to read help', async (t) => {
  const copy = copyProject(t)
  for (const reading of [['list'], ['run', '--help'], ['--version'], ['exec', '-h']]) {
    await copy.launch(reading)
    t.throws(() => statSync(copy.inside('build/udpgen')), { code: 'ENOENT' }, reading.join(' '))
  }
  const { stderr } = await copy.launch(['exec', 'x', '--', 'ls', '--help'])
  t.regex(stderr, /^bench: building/)
  t.true(statSync(copy.inside('build/udpgen')).isFile())
})

for (const [source, made] of [
  ['bpf/x.bpf.c', 'bpf/x.bpf.o'],
  ['bpf/Makefile', 'bpf/x.bpf.o'],
  ['udpgen/main.c', 'udpgen'],
  ['udpgen/Makefile', 'udpgen'],
  ['bpfload/main.c', 'bpfload'],
  ['bpfload/Makefile', 'bpfload'],
  ['sandbox/seal.c', 'seal'],
  ['sandbox/Makefile', 'seal'],
  ['sandbox/runner/main.c', 'runner'],
] as const)
  test(`bench: builds again once ${source} is newer, and then no more`, async (t) => {
    const copy = copyProject(t)
    const built = copy.inside('build', made)
    await copy.launch(['run', 'x'])
    const first = statSync(built).mtimeMs

    utimesSync(copy.inside(source), new Date(), new Date())
    const rebuilt = await copy.launch(['run', 'x'])
    t.is(rebuilt.stderr, 'bench: building the BPF programs and native programs')
    t.true(statSync(built).mtimeMs > first)

    t.is((await copy.launch(['run', 'x'])).stderr, '')
  })

test('bench: builds again when an object is gone, and when there is a new source', async (t) => {
  const copy = copyProject(t)
  await copy.launch(['run', 'x'])
  copy.write(
    'bpf/Makefile',
    'all: ../build/bpf/x.bpf.o ../build/bpf/y.bpf.o\n../build/bpf/%.o: %.c\n\tcp $< $@\n',
  )
  copy.write('bpf/y.bpf.c', 'another\n')
  await copy.launch(['run', 'x'])
  t.true(statSync(copy.inside('build/bpf/y.bpf.o')).isFile())
})

test('bench: installs the npm packages again once package-lock.json is newer', async (t) => {
  const copy = copyProject(t)
  await copy.launch(['list'])
  copy.shims.script('npm', 'echo "$@" >>"$CALLS"; : >"${4:?}/node_modules/.package-lock.json"')
  utimesSync(copy.inside('package-lock.json'), new Date(), new Date())

  const { stderr } = await copy.launch(['list'])
  t.is(stderr, 'bench: installing npm packages')
  t.deepEqual(copy.calls(), [`ci --include=dev --prefix ${copy.root} --ignore-scripts --no-audit --no-fund`])
  t.is((await copy.launch(['list'])).stderr, '')
})
