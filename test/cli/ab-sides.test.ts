import test from 'ava'
import { type SideFlags, sidesOf } from '../../src/cli/commands/ab-sides.ts'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { findScenario } from '../../src/scenario/find.ts'

async function complaint(flags: SideFlags): Promise<string> {
  const file = findScenario('redirect-vs-stack')
  const error = await sidesOf(flags, 'redirect-vs-stack', file).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof BenchError && error.trouble === 'usage') return describeError(error)
  throw new Error('it was not refused')
}

for (const [what, flags, text] of [
  [
    'nothing',
    {},
    'Could not compare: there is no older version\nHint: name it with --base, or two kernels with --base-kernel and --head-kernel',
  ],
  [
    'versions and kernels',
    { base: 'main', headKernel: './b' },
    'Could not compare: both versions and kernels are named, and a difference could be either’s\nHint: give --base and --head, or --base-kernel and --head-kernel',
  ],
  [
    'one kernel',
    { headKernel: './b' },
    'Could not compare: there is no older kernel\nHint: name it with --base-kernel: both are in virtual machines',
  ],
  [
    'a head without a base',
    { head: 'main' },
    'Could not compare: there is no older version\nHint: name it with --base, or two kernels with --base-kernel and --head-kernel',
  ],
] as const)
  test(`bench ab of ${what} is told what to name`, async (t) => {
    t.is(await complaint(flags), text)
  })

test('bench ab tells both kernels that are none at once', async (t) => {
  const text = await complaint({ baseKernel: '/no/old', headKernel: '/no/new' })
  t.regex(text, /^Could not use 2 of the kernels\n {2}Could not find kernel \/no\/old\n/)
  t.regex(text, /Could not find kernel \/no\/new\n/)
})
