import test from 'ava'
import { freshFiles } from '../../src/new/fresh-files.ts'
import { schemaLine } from '../../src/new/project-place.ts'
import { commonHooks, hookNamed } from '../../src/parts/hooks/hooks.ts'
import { parseScenario } from '../../src/scenario/load.ts'
import { inProject, projectFolder } from '../../src/host/project.ts'

const textOf = (hook: string, file: string, folder = '/srv/mine'): string =>
  String(freshFiles({ name: 'mine', folder }, hookNamed(hook)).find((one) => one.file === file)?.text)

// The program lies beside it only once it is written: here one of pathbench's stands for it.
const scenarioAt = (hook: string) =>
  parseScenario(textOf(hook, 'mine.yaml').replace('mine.bpf.c', 'nop.bpf.c'), '/srv/mine/mine.yaml')

for (const { name, type } of commonHooks)
  test(`at ${name} there is a scenario, a program of its type and a README`, (t) => {
    const files = freshFiles({ name: 'mine', folder: '/srv/mine' }, hookNamed(name))
    t.deepEqual(
      files.map(({ file }) => file),
      ['mine.yaml', 'mine.bpf.c', 'README.md'],
    )
    t.true(textOf(name, 'mine.bpf.c').includes(`\nSEC("${type.name}")\n`))
    for (const { text } of files)
      t.notRegex(String(text), /\b(NAME|HOOK|TITLE|SCHEMA|CANDIDATE|OFFLOAD|ABOUT|FILES|BENCH|REFERENCE)\b/)
  })

for (const { name } of commonHooks)
  test(`the scenario at ${name} holds together: one candidate, a control, a floor, and proof for all`, (t) => {
    const { name: called, paths } = scenarioAt(name)
    t.is(called, 'mine')
    t.deepEqual(
      paths.map((path) => `${path.name} ${path.role}`),
      ['stack baseline', 'mine candidate', 'control control', 'floor floor'],
    )
    t.true(paths.every(({ proof }) => proof.length > 0))
    t.deepEqual(
      paths[1]?.programs.filter(({ namespace }) => namespace === 'router').map(({ hook }) => hook),
      [name],
    )
  })

test('what comes in is redirected, what goes out is counted', (t) => {
  const programs = (hook: string) => scenarioAt(hook).paths[1]?.programs.map(({ program }) => program)
  t.deepEqual(programs('tc/ingress'), ['redirect_udp'])
  t.deepEqual(programs('tc/egress'), ['count_udp'])
  t.deepEqual(programs('xdp/generic'), ['redirect_udp'])
})

test('in a driver a program at the other end takes what is redirected, and the client makes its checksums', (t) => {
  const { paths } = scenarioAt('xdp/native')
  t.deepEqual(
    paths[1]?.programs.map(({ namespace, program }) => `${namespace} ${program}`),
    ['server nop_xdp', 'router redirect_udp'],
  )
  for (const { topology } of paths) {
    const ends = Object.values(topology.links).flatMap((link) => link.ends)
    t.deepEqual(
      ends.filter(({ offload }) => offload.tx === false).map(({ namespace }) => namespace),
      ['client'],
    )
  }
  t.notRegex(textOf('xdp/generic', 'mine.yaml'), /offload|nop_xdp/)
})

test('the first line names the schema: absolute from elsewhere, by its way inside of the checkout', (t) => {
  const firstLine = (folder: string) => textOf('tc/ingress', 'mine.yaml', folder).split('\n')[0]
  const line = '# yaml-language-server: $schema='
  t.is(firstLine('/srv/mine'), schemaLine(inProject('scenarios', 'scenario.schema.json')))
  t.is(schemaLine('/srv/my lab/x.json'), `${line}file:///srv/my%20lab/x.json`)
  t.is(firstLine(`${projectFolder}/perf/mine`), `${line}../../scenarios/scenario.schema.json`)
  t.regex(
    textOf('tc/ingress', 'README.md', `${projectFolder}/mine`),
    /\nsudo \.\.\/bench run mine\.yaml --quick\n/,
  )
})
