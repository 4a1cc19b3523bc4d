import test from 'ava'
import { checkMapSizes, mapSizesOf } from '../../src/datapath/map-sizes.ts'
import type { ResolvedProgram, ScenarioPath } from '../../src/scenario/scenario.ts'

const programs = (...sizes: readonly (Readonly<Record<string, number>> | undefined)[]) =>
  sizes.map((mapSizes, index) => ({
    object: '/a/b.bpf.c',
    namespace: 'netns-2',
    index,
    mapSizes,
  })) as unknown as ResolvedProgram[]
const problems = (all: readonly ResolvedProgram[]) =>
  checkMapSizes({ name: 'mine', programs: all } as unknown as ScenarioPath).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

test('programs of an object say together how large its maps are', (t) => {
  const all = programs({ flows: 64 }, undefined, { services: 2, flows: 64 })
  t.deepEqual(problems(all), [])
  t.deepEqual(mapSizesOf(all), { flows: 64, services: 2 })
})

test('a map cannot have two sizes; in another namespace it is another map', (t) => {
  const [one, other] = programs({ flows: 64 }, { flows: 128 })
  t.deepEqual(problems([one!, other!]), [
    'paths.mine.programs.1.mapSizes.flows: map "flows" of b.bpf.c in netns-2 cannot have room for 128 entries, and for 64',
  ])
  t.deepEqual(problems([one!, { ...other!, namespace: 'netns-3' }]), [])
})

test('programs of an object that fill a map with different numbers of entries disagree, too', (t) => {
  const [one, other] = programs({}, {})
  const filled = (entries: number) => ({ flows: entries })
  t.deepEqual(
    problems([
      { ...one!, background: filled(10) },
      { ...other!, background: filled(20) },
    ]),
    [
      'paths.mine.programs.1.background.flows: map "flows" of b.bpf.c in netns-2 cannot have 20 further entries, and 10',
    ],
  )
})

test('what is wrong is told of the program as the file has it, whose namespaces are many', (t) => {
  const [one, other] = programs({ flows: 64 }, { flows: 128 })
  const expanded = [one!, { ...one!, namespace: 'netns-3' }, { ...other!, namespace: 'netns-3' }]
  t.true(problems(expanded)[0]?.startsWith('paths.mine.programs.1.mapSizes.flows: '))
})
