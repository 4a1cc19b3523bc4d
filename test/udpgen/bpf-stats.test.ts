import { readdir, readlink } from 'node:fs/promises'
import test from 'ava'
import { binaries, build, startGenerator } from './generator.ts'
import { loopback } from './topologies.ts'

test.before(build)

/** Descriptors by which the process has the kernel count program runs. */
const heldBy = async (pid: number): Promise<number> => {
  const directory = `/proc/${pid}/fd`
  const targets = await Promise.all(
    (await readdir(directory)).map((name) => readlink(`${directory}/${name}`)),
  )
  return targets.filter((target) => target === 'anon_inode:bpf-stats').length
}

for (const binary of binaries)
  test.serial(`${binary} holds BPF run statistics once, however often asked, and drops them`, async (t) => {
    const generator = await startGenerator(t, binary, loopback)
    const held = []
    for (const enabled of [false, true, true, false, true]) {
      t.deepEqual(await generator.ask({ command: 'bpfStats', enabled }), {
        event: 'bpfStats',
        enabled,
      } as never)
      held.push(await heldBy(generator.pid))
    }
    t.deepEqual(held, [0, 1, 1, 0, 1])
    t.like(await generator.ask({ command: 'bpfStats', enabled: 1 }), {
      event: 'error',
      command: 'bpfStats',
      message: 'Expected true or false, got integer',
    })
    t.is(await generator.end(), 0)
  })
