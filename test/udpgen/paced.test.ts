import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { countAtLeast } from './histogram-figures.ts'
import { openPath } from './open-path.ts'
import { ownCounter, stopFor, until } from './stop.ts'
import { loopback } from './topologies.ts'

test.before(build)

for (const binary of binaries) {
  test.serial(`${binary}: departures keep an absolute schedule, never early and none left out`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    const [record] = await generator.run({
      path: 'loopback',
      kind: 'paced',
      payloadBytes: 64,
      packets: 1501,
      ratePps: 30_000,
    })
    const { sent, scheduleErrorNs, pacedForwardNs, pacedForwardUncorrectedNs, durationNs } = record!
    t.is(sent, 1501)
    t.is(scheduleErrorNs.count, 1501)
    // 1,500 intervals of a 30,000th of a second, less what the first departure was late.
    t.true(durationNs + scheduleErrorNs.max >= 50e6)
    // Corrected = uncorrected + error, packet by packet and so also in the sum.
    t.is(pacedForwardNs.sum, pacedForwardUncorrectedNs.sum + scheduleErrorNs.sum)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary}: what has not left when the time is up is not sent, if so asked`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    // A packet every 100 ns: no call sends that fast.
    const order = { path: 'loopback', kind: 'paced', payloadBytes: 64, packets: 200_000, ratePps: 10e6 }
    const [record] = await generator.run({ ...order, graceNs: 1000 })
    const { sent, received, lost } = record!
    t.true(sent > 0 && sent < order.packets)
    t.is(received + lost, sent)
    t.is(await generator.end(), 0)
  })

  test.serial(
    `${binary}: a stop of 30 ms shows in the latency of all that was due in it, as counted from the schedule`,
    async (t) => {
      const generator = await startGenerator(t, binary, loopback)
      await openPath(generator, loopback.path)
      const running = generator.run({
        path: 'loopback',
        kind: 'paced',
        payloadBytes: 64,
        packets: 6000,
        ratePps: 20_000,
      })
      await until(async () => (await ownCounter(generator.pid, 'Udp', 'OutDatagrams')) >= 500)
      await stopFor(generator.pid, 30)
      const [record] = await running
      const { pacedForwardNs, pacedForwardUncorrectedNs, scheduleErrorNs } = record!
      t.like(record, { sent: 6000, received: 6000 })
      t.true(pacedForwardNs.max >= 20e6)
      // Due in the first 20 of 30 ms: 400 packets, each at least 10 ms late.
      t.true(countAtLeast(pacedForwardNs, 10e6) >= 390)
      // They left late, so what was lost in the stop is all that the uncorrected latency leaves out.
      t.true(countAtLeast(scheduleErrorNs, 10e6) >= 390)
      t.is(pacedForwardUncorrectedNs.sum, pacedForwardNs.sum - scheduleErrorNs.sum)
      t.is(await generator.end(), 0)
    },
  )
}
