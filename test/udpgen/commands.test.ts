import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { openPath, receivers } from './open-path.ts'
import { flood, refused, refusedTrials } from './refused-commands.ts'
import { loopback } from './topologies.ts'

test.before(build)

for (const binary of binaries) {
  test.serial(`${binary} says first that it is ready, and which protocol it speaks`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    t.like(generator.ready, { event: 'ready', protocol: 6, floodPauseNs: 20_000 })
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} refuses a wrong command with the reason, and goes on serving`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    for (const [what, command, message, path] of refused) {
      const answer = await generator.ask(command)
      t.like(answer, { event: 'error', message }, what)
      t.is(answer.path, path, what)
    }
    await openPath(generator, loopback.path)
    t.is((await generator.run(flood))[0]?.received, 100)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} runs nothing of a block with a wrong trial`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    for (const [what, trial, message, path] of refusedTrials) {
      const answer = await generator.ask({ command: 'block', trials: [flood, trial] })
      t.like(answer, { event: 'error', command: 'block', message: `trials[1]: ${message}` }, what)
      t.is(answer.path, path, what)
    }
    t.is((await generator.run(flood))[0]?.received, 100)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} runs no trial on a path that was closed`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    t.deepEqual(await generator.ask({ command: 'close' }), { event: 'closed' } as never)
    t.like(await generator.ask({ command: 'block', trials: [flood] }), {
      event: 'error',
      path: 'loopback',
      message: 'trials[0]: path "loopback" is not open: no path is',
    })
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} closes the former paths when it opens others`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    await openPath(generator, { ...loopback.path, name: 'other' })
    t.like(await generator.ask({ command: 'block', trials: [flood] }), { event: 'error', path: 'loopback' })
    t.is((await generator.run({ ...flood, path: 'other' }))[0]?.received, 100)
    t.is(await generator.end(), 0)
  })

  test.serial(`${binary} finishes the block under way when its input ends, and exits with 0`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await openPath(generator, loopback.path)
    generator.write({ command: 'block', trials: [flood, { ...flood, kind: 'paced', ratePps: 5000 }] })
    const exitCode = generator.end()
    const { trials } = await generator.answer()
    t.deepEqual(
      trials.map(({ received }) => received),
      [100, 100],
    )
    t.is(await exitCode, 0)
  })

  test.serial(`${binary} exits with 1 when nobody reads its answers`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    generator.hangUp()
    generator.write({ command: 'close' })
    t.is(await generator.end(), 1)
  })

  test.serial(`${binary} runs 256 trials in a block, and refuses one more`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    await generator.ask({ command: 'open', ...receivers.spinning, paths: [loopback.path] })
    const trials = Array.from({ length: 256 }, () => ({ ...flood, packets: 1 }))
    const records = await generator.run(...trials)
    t.is(records.length, 256)
    t.true(records.every(({ received }) => received === 1))
    t.like(await generator.ask({ command: 'block', trials: [...trials, flood] }), {
      event: 'error',
      message: 'trials is not a list of 1 to 256',
    })
    t.is(await generator.end(), 0)
  })
}
