import test from 'ava'
import type { Generator } from '../../src/load/generator.ts'
import type { PathSockets } from '../../src/load/protocol.ts'
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

test('each generator opens the sockets of its own paths, with all that is said of them', async (t) => {
  const opened: unknown[] = []
  const generatorAt = (place: string) =>
    ({
      isMemoryLocked: true,
      open: (...words: unknown[]) => {
        opened.push([place, ...words])
        return Promise.resolve()
      },
    }) as unknown as Generator
  const together = generatorsOf(['a', 'b'].map(generatorAt), (path) => Number(path === 'on b'))
  const paths = ['on a', 'on b'].map((name) => ({ name })) as unknown as PathSockets[]
  const placement = { senderCpu: 0, receiverCpu: 1, receiver: 'spinning' } as const
  const pins = { program: '/run/bpf/program', map: '/run/bpf/map' }
  await together.open(paths, placement, pins)
  t.deepEqual(opened, [
    ['a', [paths[0]], placement, pins],
    ['b', [paths[1]], placement, pins],
  ])
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
