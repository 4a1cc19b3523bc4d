import test from 'ava'
import { checkMapSizes, mapSizesOf } from '../../src/datapath/map-sizes.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import type { Program } from '../../src/scenario/schema.ts'

const programs = (...sizes: readonly (Readonly<Record<string, number>> | undefined)[]) =>
  sizes.map((mapSizes) => ({ object: '/a/b.bpf.c', namespace: 'netns-2', mapSizes })) as unknown as Program[]
const problems = (all: readonly Program[]) =>
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
