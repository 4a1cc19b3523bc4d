import test, { type ExecutionContext } from 'ava'
import { parse as parseYaml } from 'yaml'
import { BenchError } from '../../src/host/errors.ts'
import { changedSource } from '../../src/scenario/changes/change.ts'
import { type Changes, changedBy, parseAddedProgram } from '../../src/scenario/changes/words.ts'
import { parseScenario } from '../../src/scenario/load.ts'
import { exampleText } from './example.ts'

const file = new URL('../../scenarios/example.yaml', import.meta.url).pathname
const added = 'redirect.bpf.c:redirect@netns-2/veth1@2:tc/ingress'

const changed = (changes: Changes, source = exampleText) =>
  parseScenario(changedSource(source, changes), file, changedBy(changes))

const pathOf = (changes: Changes, name: string) => changed(changes).paths.find((path) => path.name === name)

const namesOf = (changes: Changes) => changed(changes).paths.map(({ name }) => name)

/** What is said of changes that mean nothing: the message and its hint. */
function refused(t: ExecutionContext, changes: Changes): string[] {
  const error = t.throws(() => changed(changes), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  return [error.message, error.details, error.hint].filter((text) => text !== undefined)
}

test('--with adds a candidate, named after its program, that is proved by running', (t) => {
  const path = pathOf({ with: ['redirect.bpf.c:redirect@netns-2/veth2@1:tc/egress'] }, 'redirect-2')
  t.is(path?.role, 'candidate')
  t.is(path?.title, 'redirect of redirect.bpf.c at tc/egress of netns-2/veth2@1')
  t.deepEqual(
    path?.programs.map(({ program, namespace, device, hook }) => [program, namespace, device, hook]),
    [['redirect', 'netns-2', 'veth2@1', 'tc/egress']],
  )
  t.deepEqual(path?.proof, [{ program: 'redirect', atLeast: '1' }])
})

test('programs that --with gives one name make one path, in their order', (t) => {
  const changes = { with: [`mine=${added}`, 'mine=nop.bpf.c:nop_tc@netns-2/veth1@2:tc/ingress'] }
  t.deepEqual(
    pathOf(changes, 'mine')?.programs.map(({ program }) => program),
    ['redirect', 'nop_tc'],
  )
})

test('programs without a name make a path each', (t) => {
  t.deepEqual(namesOf({ with: [added, added] }).slice(-2), ['redirect-2', 'redirect-3'])
})

test('--map and --constant are for the path that --with adds, else for the only one with programs', (t) => {
  const map = ['services={ key: { address: 10.0.3.20, port: 7001 }, value: { ifindex: 3 } }']
  const constant = ['vip=192.168.25.10']
  const services = [{ key: { address: '10.0.3.20', port: 7001 }, value: { ifindex: 3 } }]
  for (const program of [
    pathOf({ with: [`mine=${added}`], map, constant }, 'mine')?.programs[0],
    pathOf({ map, constant }, 'redirect')?.programs[0],
  ]) {
    t.deepEqual(program?.maps, { services })
    t.deepEqual(program?.constants, { vip: '192.168.25.10' })
  }
})

test('a setting that names its path is for that, and takes the place of what the file has', (t) => {
  const changes = { with: [`mine=${added}`], map: ['redirect:services=[]'] }
  t.deepEqual(pathOf(changes, 'redirect')?.programs[0]?.maps, { services: [] })
  t.deepEqual(pathOf(changes, 'mine')?.programs[0]?.maps, {})
})

test('--without leaves paths out, and the gates on them', (t) => {
  const source = `${exampleText}gates: [valid, redirect.throughputPps.ratio >= 1.02, floor.costNs.ratio < 1]\n`
  const scenario = changed({ without: ['floor,control'] }, source)
  t.deepEqual(
    scenario.paths.map(({ name }) => name),
    ['stack', 'redirect'],
  )
  t.deepEqual(scenario.gates, ['valid', 'redirect.throughputPps.ratio >= 1.02'])
})

test('--only keeps what it names, the baseline and its control', (t) => {
  t.deepEqual(namesOf({ only: ['redirect'] }), ['stack', 'redirect', 'control'])
  t.deepEqual(namesOf({ only: ['redirect,floor'], without: ['control'] }), ['stack', 'redirect', 'floor'])
})

test('what is not changed stays as the file has it', (t) => {
  const before: unknown = parseYaml(exampleText)
  const { paths, ...after } = parseYaml(changedSource(exampleText, { with: [`mine=${added}`] })) as {
    paths: Record<string, unknown>
  }
  const { mine: _mine, ...others } = paths
  t.deepEqual({ ...after, paths: others }, before)
})

test('what stands for another part of the file is changed by itself', (t) => {
  const twin = `  twin:\n    role: candidate\n    title: twin\n    programs: *programs\n`
  const source = `${exampleText.replace('    programs:\n', '    programs: &programs\n')}${twin}`
  const programsOf = (changes: Changes, name: string) =>
    changed(changes, source).paths.find((path) => path.name === name)?.programs[0]
  const changes = { map: ['twin:services=[]'] }
  t.deepEqual(programsOf(changes, 'twin')?.maps, { services: [] })
  t.is(programsOf(changes, 'redirect')?.maps.services?.length, 1)
  t.is(programsOf({ without: ['redirect'] }, 'twin')?.program, 'redirect')
})

test('changes of what is not there are refused, with what was probably meant', (t) => {
  t.deepEqual(refused(t, { without: ['flor'] }), [
    'Could not find path "flor"; did you mean "floor"?',
    'there are: stack, redirect, control, floor',
  ])
  t.deepEqual(refused(t, { without: [''] }), [
    "Could not use --without '': expected names of paths, as in redirect,floor",
  ])
  t.deepEqual(refused(t, { only: ['redirect,'] }), [
    'Could not use --only redirect,: expected names of paths, as in redirect,floor',
  ])
  t.deepEqual(refused(t, { only: ['redirect'], without: ['stack'] }), [
    'Could not leave out stack: it is the baseline, which all others are compared with',
  ])
  t.deepEqual(refused(t, { with: [`floor=${added}`] }), [
    'Could not add path "floor": the scenario has one of this name',
    'give it another, as in --with floor-2=…',
  ])
  t.deepEqual(refused(t, { with: [`a=${added}`, `b=${added}`], constant: ['x=1'] }), [
    'Could not tell which path --constant x is for',
    'name it, as in --constant a:x=…; there are: a, b',
  ])
})

test('what is wrong with a path that was added is told without a line: the file has none of it', (t) => {
  const [message, details] = refused(t, { with: ['mine=redirect.bpf.c:redirect@netns-2/veth9:tc/ingress'] })
  t.regex(message ?? '', /^Could not use scenario .*example\.yaml with --with: a problem$/)
  t.is(details, 'paths.mine.programs[0].device: no device "veth9" in netns-2 (there: veth1@2, veth2@1)')
})

test('a program is split where its parts meet, whatever its folder and its device are called', (t) => {
  t.deepEqual(parseAddedProgram('x-1=/a=b/c:d/e.bpf.o:prog_1@netns-2/veth,1@2:xdp/native'), {
    path: 'x-1',
    object: '/a=b/c:d/e.bpf.o',
    program: 'prog_1',
    namespace: 'netns-2',
    device: 'veth,1@2',
    hook: 'xdp/native',
  })
})

for (const text of ['my.bpf.o', 'my.bpf.o:prog', 'my.bpf.o:prog@netns-2:tc/ingress', ':@/:', 'a:b@c/d'])
  test(`--with ${text} is refused, with an example`, (t) => {
    t.throws(() => parseAddedProgram(text), {
      message: `Could not use --with ${text}: expected a program and where it goes, as in my.bpf.o:prog@netns-2/veth1@2:tc/ingress`,
    })
  })
