import test from 'ava'
import type { Generator } from '../../src/load/generator.ts'
import { stretchesOf } from '../../src/host/stretches.ts'
import { generatorsOf } from '../../src/load/generators.ts'

test('items that follow each other and are of one kind are taken together, in their order', (t) => {
  t.deepEqual(
    stretchesOf([1, 3, 2, 4, 5], (number) => number % 2),
    [[1, 3], [2, 4], [5]],
  )
  t.deepEqual(
    stretchesOf([], () => 0),
    [],
  )
})

test('trials of a block alternate between generators as their paths do, and answers keep the order', async (t) => {
  const ran: string[] = []
  const generatorAt = (place: string): Generator => {
    const runBlock = (trials: readonly { readonly path: string }[]) => {
      ran.push(`${place}: ${trials.map(({ path }) => path).join(' ')}`)
      return Promise.resolve(trials.map(({ path }) => ({ path })))
    }
    const generator = { runBlock, at: () => generator, isMemoryLocked: true } as unknown as Generator
    return generator
  }
  const both = generatorsOf([generatorAt('one'), generatorAt('two')], (path) => Number(path.startsWith('b')))
  const trials = ['a1', 'b1', 'b2', 'a2'].map((path) => ({ path }))
  const answers = await both.runBlock(trials as unknown as Parameters<Generator['runBlock']>[0])
  t.deepEqual(ran, ['one: a1', 'two: b1 b2', 'one: a2'])
  t.deepEqual(
    answers.map(({ path }) => path),
    ['a1', 'b1', 'b2', 'a2'],
  )
})
