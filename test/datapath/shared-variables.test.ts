import test from 'ava'
import { checkSharedVariables } from '../../src/datapath/shared-variables.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import type { Values } from '../../src/scenario/schema.ts'

type Constants = Readonly<Record<string, Values>>

function problems(...programs: readonly (readonly [place: string, constants: Constants])[]): string[] {
  const path = {
    name: 'mine',
    programs: programs.map(([place, constants], index) => {
      const [object, namespace] = place.split(' ')
      return { object, namespace, program: `program${index}`, constants, index }
    }),
  } as unknown as ScenarioPath
  return checkSharedVariables(path).map(({ path: at, message }) => `${at.join('.')}: ${message}`)
}

test('programs of one object that set a variable to two values are told, at the second', (t) => {
  t.deepEqual(problems(['a netns-2', { vip: '10.0.0.1' }], ['a netns-2', { port: 1, vip: '10.0.0.2' }]), [
    'paths.mine.programs.1.constants.vip: program0 sets "vip" to another value: programs of one object share its variables in a namespace',
  ])
})

test('the same value twice is no contradiction, and neither are two objects or namespaces', (t) => {
  const [one, other] = [{ ports: [1, { a: 2 }] }, { ports: [1, { a: 3 }] }]
  t.deepEqual(problems(['a netns-2', one], ['a netns-2', structuredClone(one)]), [])
  t.deepEqual(problems(['a netns-2', one], ['b netns-2', other], ['a netns-3', other]), [])
})
