import test from 'ava'
import { conflictingEntries } from '../../src/datapath/check-shared-entries.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import { exampleText, parse } from '../scenario/example.ts'

const redirect = (): ScenarioPath['programs'][number] =>
  parse(exampleText).paths.find(({ name }) => name === 'redirect')!.programs[0]!

/** Two programs of one object that give its map these values under the same key. */
const conflicts = (namespaces: readonly [string, string], values: readonly [number, number]) =>
  conflictingEntries({
    name: 'redirect',
    programs: namespaces.map((namespace, index) => ({
      ...redirect(),
      ...{ namespace, index, maps: { services: [{ key: 7, value: values[index]! }] } },
    })),
  })

test('two programs of an object that give the map they share two values under a key are told', (t) => {
  t.deepEqual(conflicts(['netns-2', 'netns-2'], [1, 2]), [
    {
      path: ['paths', 'redirect', 'programs', 1, 'maps', 'services', 0],
      message:
        'programs[0] gives map "services" something else under this key, and programs of one object in netns-2 share it',
    },
  ])
})

test('the same value is none, and in another namespace the map is another', (t) => {
  t.deepEqual(conflicts(['netns-2', 'netns-2'], [1, 1]), [])
  t.deepEqual(conflicts(['netns-1', 'netns-2'], [1, 2]), [])
})
