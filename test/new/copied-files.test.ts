import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { parse } from 'yaml'
import { BenchError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { copiedFiles } from '../../src/new/copied-files.ts'
import { schemaLine } from '../../src/new/project-place.ts'
import { changedScenario } from '../netns/own-scenario.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const mine = { name: 'mine', folder: '/srv/mine' }
const redirectObject = ['paths', 'redirect', 'programs', 0, 'object'] as const

test('a scenario is copied under its new name, with its programs and their headers', (t) => {
  const files = copiedFiles(mine, inProject('scenarios', 'dsr-vs-nat.yaml'))
  const names = files.map(({ file }) => file)
  t.is(names[0], 'mine.yaml')
  t.is(names.at(-1), 'README.md')
  for (const name of ['dsr-balancer.bpf.c', 'nop.bpf.c', 'ipv4.h', 'marked-service.h', 'arrival.h'])
    t.true(names.includes(name), name)
  t.false(names.includes('redirect.bpf.c'))
  t.is(new Set(names).size, names.length)
  const schema = inProject('scenarios', 'scenario.schema.json')
  const text = String(files[0]?.text)
  t.is(text.split('\n')[0], schemaLine(schema))
  t.like(parse(text), { $schema: schema, name: 'mine' })
})

test('objects keep their places from the scenario, and are named so where they had another', (t) => {
  const folder = temporaryFolder(t)
  for (const name of ['perf/lib', 'bpf']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(
    join(folder, 'perf/lib/own.bpf.c'),
    '#include "own.h"\n#include "ipv4.h"\n#include <linux/bpf.h>\n',
  )
  writeFileSync(join(folder, 'perf/lib/own.h'), '# include "missing.h"\n')
  writeFileSync(join(folder, 'bpf/other.bpf.o'), Buffer.from([0x7f, 0xff]))
  const elsewhere = join(folder, 'elsewhere.bpf.c')
  writeFileSync(elsewhere, '')
  const from = join(folder, 'perf/own.yaml')
  const names = ['lib/own.bpf.c', 'other.bpf.o', elsewhere]
  const programs = names.map((object) => ({
    ...{ object, program: 'redirect', hook: 'tc/ingress', namespace: 'netns-2', device: 'veth1@2' },
  }))
  writeFileSync(from, changedScenario([[['paths', 'redirect', 'programs'], programs]]))
  const files = copiedFiles(mine, from)
  t.deepEqual(files.map(({ file }) => file).toSorted(), [
    'README.md',
    'elsewhere.bpf.c',
    'ipv4.h',
    'lib/own.bpf.c',
    'lib/own.h',
    'mine.yaml',
    'other.bpf.o',
    'transport.h',
  ])
  t.deepEqual(files.find(({ file }) => file === 'other.bpf.o')?.text, Buffer.from([0x7f, 0xff]))
  const objects = [...String(files[0]?.text).matchAll(/object: (\S+)/g)].map(([, name]) => name)
  t.deepEqual(objects, ['lib/own.bpf.c', 'other.bpf.o', 'elsewhere.bpf.c'])
})

test('files of its folder that commands name are copied, and can be run where they could be', (t) => {
  const folder = temporaryFolder(t)
  const from = join(folder, 'own.yaml')
  mkdirSync(join(folder, 'tools'))
  for (const [name, mode] of Object.entries({
    'attach.sh': 0o755,
    'tools/rules.txt': 0o644,
    'unnamed.sh': 0o755,
  }))
    writeFileSync(join(folder, name), '', { mode })
  const inRouter = (run: string | readonly string[]) => [{ namespace: 'netns-2', run }]
  const changes = [
    [['paths', 'redirect', 'setup'], inRouter('./attach.sh veth1@2 && cat <tools/rules.txt >/dev/null')],
    [['paths', 'redirect', 'teardown'], inRouter(['./attach.sh', '../elsewhere', folder, 'none.sh'])],
  ] as const
  writeFileSync(from, changedScenario(changes))
  const files = copiedFiles(mine, from).filter(({ what }) => what === 'named by commands')
  t.deepEqual(
    files.map(({ file, isExecutable }) => [file, isExecutable]),
    [
      ['attach.sh', true],
      ['tools/rules.txt', false],
    ],
  )
})

test('two files that would be one are told, and so is what is wrong with the scenario', (t) => {
  const folder = temporaryFolder(t)
  const from = join(folder, 'own.yaml')
  mkdirSync(join(folder, 'a'))
  const both = ['own.bpf.c', 'a/own.bpf.c'].map((name) => join(folder, name))
  for (const file of both) writeFileSync(file, '')
  const outside = temporaryFolder(t)
  writeFileSync(join(outside, 'own.bpf.c'), '')
  const program = { program: 'redirect', hook: 'tc/ingress', namespace: 'netns-2', device: 'veth1@2' }
  const programs = [both[0]!, join(outside, 'own.bpf.c')].map((object) => ({ object, ...program }))
  writeFileSync(from, changedScenario([[['paths', 'redirect', 'programs'], programs]]))
  const error = t.throws(() => copiedFiles(mine, from), { instanceOf: BenchError })
  t.regex(error.message, /^Could not copy \S+ and \S+: both would be own\.bpf\.c$/)
  writeFileSync(from, changedScenario([[redirectObject, 'none.bpf.c']]))
  t.throws(() => copiedFiles(mine, from), { message: /^Could not use scenario / })
})
