/** What a scenario says is carried out where none of the host's files can be written. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { BenchError } from '../../src/host/errors.ts'
import { openSandbox, type Sandbox } from '../../src/topology/sandbox.ts'
import { asRoot, sharedAsRoot } from './as-root.ts'
import { temporaryFolder } from './temporary-folder.ts'

let sandbox: Sandbox

sharedAsRoot(
  async () => {
    sandbox = await openSandbox()
    await sandbox.run([{ command: ['ip', 'netns', 'add', 'x'], what: 'make a namespace' }])
  },
  () => sandbox.close(),
)

const shell = (script: string, namespaceFile?: string) =>
  sandbox.run([
    {
      command: ['sh', '-c', script],
      what: 'run a script',
      ...(namespaceFile === undefined ? {} : { namespaceFile }),
    },
  ])

asRoot('no file of the host can be made, changed or removed by a step', async (t) => {
  const folder = temporaryFolder(t)
  const targets = [
    join(folder, 'made'),
    '/etc/made-by-pathbench',
    '/made-by-pathbench',
    '/dev/shm/made-by-pathbench',
  ]
  for (const target of targets) {
    const error = await t.throwsAsync(shell(`echo x >'${target}'`), { instanceOf: BenchError }, target)
    t.regex(`${error.message} ${error.details ?? ''}`, /Read-only file system/, target)
    t.false(existsSync(target), target)
  }
  mkdirSync(join(folder, 'kept'))
  await t.throwsAsync(shell(`rmdir '${folder}/kept'`))
  t.true(existsSync(join(folder, 'kept')))
})

asRoot("of the kernel's own settings a step can write those of its network alone", async (t) => {
  const before = readFileSync('/proc/sys/kernel/printk', 'utf8')
  await t.throwsAsync(shell('echo 1 >/proc/sys/kernel/printk'))
  await t.throwsAsync(shell('echo 1 >/sys/kernel/mm/ksm/run'))
  t.is(readFileSync('/proc/sys/kernel/printk', 'utf8'), before)
  const forwarding = readFileSync('/proc/sys/net/ipv4/ip_default_ttl', 'utf8')
  const [inside] = await shell(
    'echo 33 >/proc/sys/net/ipv4/ip_default_ttl && cat /proc/sys/net/ipv4/ip_default_ttl',
    'x',
  )
  t.is(inside, '33\n')
  t.is(readFileSync('/proc/sys/net/ipv4/ip_default_ttl', 'utf8'), forwarding)
})

asRoot('a step can write where the sandbox has its own: /run and its bpffs', async (t) => {
  const [said] = await shell('echo x >/run/made && mkdir /run/bpf/made && ls -d /run/made /run/bpf/made')
  t.is(said, '/run/bpf/made\n/run/made\n')
  t.false(existsSync('/run/made'))
})

asRoot("a user's own command finds the sandbox's namespaces, and can write their files", async (t) => {
  const folder = temporaryFolder(t)
  const [file, ...words] = sandbox.enterUnsealed(
    ['sh', '-c', `ls /run/netns && echo x >'${folder}/capture'`],
    'x',
  )
  t.is((await execa(file, words)).stdout, 'x')
  t.is(readFileSync(join(folder, 'capture'), 'utf8'), 'x\n')
})
