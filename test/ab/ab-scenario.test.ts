import test from 'ava'
import { abScenario, onlyCandidate, type Side, withObject } from '../../src/ab/ab-scenario.ts'
import { BenchError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { changed, exampleText, parse } from '../scenario/example.ts'

const base: Side = { scenario: parse(exampleText), label: 'main (0123456789ab)' }
const head: Side = {
  scenario: parse(changed('value: { ifindex: ifindex(veth2@1)', 'value: { ifindex: 7')),
  label: 'the files as they are',
}

const errorOf = (work: () => unknown): BenchError => {
  try {
    work()
  } catch (error) {
    if (error instanceof BenchError) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

test('the older version is the baseline and the control, the newer the candidate, beside the floor', (t) => {
  const { name, title, paths } = abScenario(base, head, 'redirect')
  t.is(name, 'example-ab')
  t.deepEqual(abScenario(base, head, 'redirect').versions, {
    base: 'main (0123456789ab)',
    head: 'the files as they are',
  })
  t.is(title, 'redirect: the files as they are against main (0123456789ab)')
  t.deepEqual(
    paths.map((path) => [path.name, path.role]),
    [
      ['base', 'baseline'],
      ['head', 'candidate'],
      ['control', 'control'],
      ['floor', 'floor'],
    ],
  )
  const valueIn = (index: number) => paths[index]!.programs[0]!.maps.services![0]!.value
  t.deepEqual(valueIn(0), { ifindex: 'ifindex(veth2@1)', destination_mac: 'mac(netns-3/veth2@2)' })
  t.deepEqual(valueIn(1), { ifindex: 7, destination_mac: 'mac(netns-3/veth2@2)' })
  t.deepEqual(valueIn(2), valueIn(0))
})

test('the load is the newer version’s', (t) => {
  const other = { ...head, scenario: { ...head.scenario, load: head.scenario.load.slice(0, 1) } }
  t.deepEqual(abScenario(base, other, 'redirect').load, head.scenario.load.slice(0, 1))
})

test('any path can be compared, the baseline too', (t) => {
  const { paths } = abScenario(base, head, 'stack')
  t.deepEqual(paths[1]?.programs, [])
})

test('a path that a version lacks is told with that version and the nearest name', (t) => {
  const { message, trouble } = errorOf(() => abScenario(base, head, 'redirct'))
  t.is(trouble, 'usage')
  t.is(message, 'Could not find path "redirct" in main (0123456789ab); did you mean "redirect"?')
})

test('versions whose client stands elsewhere cannot be driven together', (t) => {
  const moved = { ...head, scenario: { ...head.scenario, client: { namespace: 'netns-9', flows: 1 } } }
  t.regex(
    errorOf(() => abScenario(base, moved, 'redirect')).message,
    /client is in netns-1 on one and in netns-9/,
  )
})

test('where a scenario has one candidate it is meant; where it has several, one has to be named', (t) => {
  t.is(onlyCandidate(base.scenario), 'redirect')
  const [stack, redirect] = base.scenario.paths
  const two = { ...base.scenario, paths: [stack!, redirect!, { ...redirect!, name: 'other' }] }
  t.is(errorOf(() => onlyCandidate(two)).hint, 'name one with --path: redirect, other')
})

test('an object takes the place of the only one, whatever its name, and nothing else changes', (t) => {
  const { paths } = withObject(base.scenario, 'redirect', '/tmp/old.bpf.o')
  t.is(paths[1]?.programs[0]?.object, '/tmp/old.bpf.o')
  t.deepEqual(paths[0], base.scenario.paths[0])
})

test('among several objects the one with the same name is replaced, and without one none is', (t) => {
  const [stack, redirect] = base.scenario.paths
  const program = redirect!.programs[0]!
  const programs = [program, { ...program, object: inProject('bpf', 'nop.bpf.c'), program: 'nop_tc' }]
  const scenario = { ...base.scenario, paths: [stack!, { ...redirect!, programs }] }
  const objects = withObject(scenario, 'redirect', '/tmp/nop.bpf.o').paths[1]!.programs.map(
    ({ object }) => object,
  )
  t.deepEqual(objects, [inProject('bpf', 'redirect.bpf.c'), '/tmp/nop.bpf.o'])
  t.is(
    errorOf(() => withObject(scenario, 'redirect', '/tmp/old.bpf.o')).hint,
    'give it the name of one of them: redirect.bpf.c, nop.bpf.c',
  )
  t.is(errorOf(() => withObject(scenario, 'stack', '/tmp/old.bpf.o')).hint, 'the path has no programs')
})
