import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { comesTrue } from './comes-true.ts'
import { existingPath } from './existing-path.ts'
import { captured, runWords } from './existing-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A process in a namespace, for as long as the test takes. */
async function processIn(t: ExecutionContext, namespace: string): Promise<number> {
  const child = execa('ip', ['netns', 'exec', namespace, 'sleep', '1000'], { reject: false })
  t.teardown(() => child.kill('SIGKILL'))
  // ip(8) becomes the command once it is in the namespace.
  const isThere = () => readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').startsWith('sleep')
  t.true(await comesTrue(isThere))
  return child.pid ?? 0
}

asRoot(
  'namespaces are named by a process that is in them, or by a container, whose tool tells its process',
  async (t) => {
    const there = await existingPath(t)
    const { client, router, server } = there.names
    const folder = temporaryFolder(t)
    // What the real ones print; this machine has no container.
    const docker = `#!/bin/sh\n[ "$4" = web ] && echo ${await processIn(t, server)}\n`
    writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
    const environment = { PATH: `${folder}:${process.env.PATH ?? ''}` }
    const file = join(folder, 'there.yaml')
    const places = [
      '--client',
      `pid:${await processIn(t, client)}`,
      '--through',
      router,
      '--server',
      'container:web',
    ]
    const found = await bench(['capture', ...places, '--output', file], { environment })
    t.is(found.exitCode, 0, found.stderr)
    const { exitCode, stdout, stderr } = await bench(runWords(file), { environment })
    t.is(exitCode, 0, stderr)
    const { paths } = JSON.parse(stdout) as RunRecord
    t.deepEqual(
      paths.map(({ status }) => status),
      ['measured', 'measured'],
    )
  },
)

asRoot('a namespace that is not there is told, and nothing else is', async (t) => {
  const there = await existingPath(t)
  const file = await captured(t, there)
  writeFileSync(file, readFileSync(file, 'utf8').replace(there.names.router, 'not-there'))
  const ended = await bench(runWords(file))
  t.is(ended.exitCode, 4)
  t.regex(ended.stderr, /^Could not reach namespace router, \/run\/netns\/not-there: .*No such file/m)
})

asRoot('a port that somebody else has there is told with what to do', async (t) => {
  const there = await existingPath(t)
  const file = await captured(t, there)
  const taken = `require('node:dgram').createSocket('udp4').bind(7000, '10.77.2.2', () => console.log('up'))`
  const other = execa('ip', ['netns', 'exec', there.names.server, process.execPath, '-e', taken], {
    reject: false,
  })
  t.teardown(() => other.kill('SIGKILL'))
  await new Promise((resolve) => other.stdout.once('data', resolve))
  const { exitCode, stderr } = await bench(runWords(file))
  t.is(exitCode, 4, stderr)
  t.regex(stderr, /10\.77\.2\.2:7000.*: Address already in use\nHint: end what has this port there/)
})
