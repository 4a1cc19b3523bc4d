import { binomialBounds } from '../../src/stats/binomial.ts'
import { asRoot } from '../netns/as-root.ts'
import { addressNumber, countEach, countMoved, destinationsOf, flowFrames } from './flows.ts'
import { setChoice, sharedBalancer } from './running-balancer.ts'

const balancer = sharedBalancer()

const [first, second, third, fourth] = ['172.19.0.3', '172.19.0.4', '172.19.0.5', '172.19.0.6'] as const
const choices = ['consistent', 'random'] as const
type Choice = (typeof choices)[number]

// Of chance alone one run in a million fails.
const alpha = 1e-6

/** Puts backends into slots, and nothing into all others. */
async function setBackends(slots: Readonly<Record<number, string>>): Promise<void> {
  await balancer.programs.write(
    'backends',
    Array.from({ length: 64 }, (_, slot) => [slot, { address: slots[slot] ?? '0.0.0.0' }]),
  )
}

/** Begins with an empty flow table. */
async function begin(choice: Choice, slots: Readonly<Record<number, string>>): Promise<void> {
  await balancer.programs.reload()
  await setChoice(balancer.programs, choice)
  await setBackends(slots)
}

const destinations = async (frames: readonly Buffer[]): Promise<number[]> =>
  destinationsOf(await balancer.programs.run('balance', frames))

for (const choice of choices) {
  for (const addresses of [
    [first, second],
    [first, second, third],
  ])
    asRoot(`with ${choice} choice, ${addresses.length} backends get equal shares of new flows`, async (t) => {
      await begin(choice, addresses)
      const counts = countEach(await destinations(flowFrames(0, 20_000)), addresses)
      const { least, most } = binomialBounds(20_000, 1 / addresses.length, alpha)
      t.true(
        counts.every((count) => count >= least && count <= most),
        `${counts.join(', ')}: not all ${least} to ${most}`,
      )
    })

  asRoot(`with ${choice} choice, flows stay where they are when a backend is added`, async (t) => {
    await begin(choice, [first, second])
    const flows = flowFrames(0, 1000)
    const before = await destinations(flows)
    await setBackends([first, second, third])
    t.deepEqual(await destinations(flows), before)
    t.true((await destinations(flowFrames(1000, 2000))).includes(addressNumber(third)))
  })

  asRoot(`with ${choice} choice, a backend that is removed moves its own flows and no others`, async (t) => {
    await begin(choice, [first, second, third])
    const flows = flowFrames(0, 3000)
    const before = await destinations(flows)
    await setBackends({ 0: first, 2: third })
    const after = await destinations(flows)
    const [, ownFlows] = countEach(before, [first, second, third])
    t.is(countMoved(before, after), ownFlows!)
    // Both that are left take of them, and keep what they take.
    const moved = after.filter((_, flow) => before[flow] === addressNumber(second))
    t.true(countEach(moved, [first, third]).every((count) => count > 0))
    t.is(countMoved(after, await destinations(flows)), 0)
  })

  asRoot(
    `with ${choice} choice, none of 100,000 flows moves, on whichever CPU its packets come`,
    async (t) => {
      await begin(choice, [first, second])
      const flows = flowFrames(0, 100_000)
      const halves = [flows.slice(0, 50_000), flows.slice(50_000)]
      const before = (await Promise.all(halves.map(destinations))).flat()
      // What they would choose anew is not what they have.
      await setBackends([first, second, third, fourth])
      t.is(countMoved(before, await destinations(flows)), 0)
    },
  )
}

asRoot(
  'with consistent choice, flows that the full table has no room for are balanced and stay',
  async (t) => {
    await begin('consistent', [first, second])
    const flows = flowFrames(0, 140_000)
    const before = await destinations(flows)
    t.true(countEach(before, [first, second]).every((count) => count > 0))
    t.is(countMoved(before, await destinations(flows)), 0)
  },
)

asRoot('with random choice, flows that the full table has no room for are balanced', async (t) => {
  await begin('random', [first, second])
  const flows = flowFrames(0, 140_000)
  const before = await destinations(flows)
  const after = await destinations(flows)
  for (const counts of [before, after].map((all) => countEach(all, [first, second])))
    t.true(counts.every((count) => count > 0))
  // So the table was full indeed.
  t.true(countMoved(before, after) > 0)
})

asRoot('with consistent choice it does not matter which slots backends are in', async (t) => {
  await begin('consistent', [first, second, third])
  const flows = flowFrames(0, 3000)
  const before = await destinations(flows)
  // No slot holds what it held: every flow chooses anew.
  await setBackends({ 1: third, 17: first, 63: second })
  t.is(countMoved(before, await destinations(flows)), 0)
})

asRoot('with consistent choice a new backend gets its share, and all else is as it was', async (t) => {
  const flows = flowFrames(0, 20_000)
  await begin('consistent', [first, second])
  const before = await destinations(flows)
  await begin('consistent', [first, second, third])
  const after = await destinations(flows)
  const { least, most } = binomialBounds(flows.length, 1 / 3, alpha)
  const moved = countMoved(before, after)
  t.true(moved >= least && moved <= most, `${moved}, not ${least} to ${most}`)
  t.is(countEach(after, [first, second, third])[2], moved)
})

asRoot('64 backends, which fill every slot, get equal shares', async (t) => {
  const addresses = Array.from({ length: 64 }, (_, slot) => `172.19.0.${10 + slot}`)
  await begin('consistent', addresses)
  const counts = countEach(await destinations(flowFrames(0, 32_000)), addresses)
  const { least, most } = binomialBounds(32_000, 1 / 64, alpha / 64)
  t.true(
    counts.every((count) => count >= least && count <= most),
    `${counts.join(', ')}: not all ${least} to ${most}`,
  )
})
