/** Namespaces as a user has them before pathbench comes: a client, a router and a server, linked by veth. */
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'

export interface ExistingPath {
  /** The namespaces' names, as `ip netns` knows them. */
  readonly names: Readonly<Record<'client' | 'router' | 'server', string>>
  readonly serverAddress: string
  /** Runs a command in one of them, and gives what it writes. */
  readonly run: (where: 'client' | 'router' | 'server', command: readonly string[]) => Promise<string>
}

/** Makes them; all of it is gone after the test. */
export async function existingPath(t: ExecutionContext): Promise<ExistingPath> {
  const prefix = `pathbench-test-${process.pid}-${Math.trunc(performance.now())}`
  const names = { client: `${prefix}-c`, router: `${prefix}-r`, server: `${prefix}-s` }
  const ip = async (...words: readonly string[]): Promise<void> => {
    await execa('ip', words)
  }
  t.teardown(async () => {
    for (const name of Object.values(names)) await execa('ip', ['netns', 'del', name], { reject: false })
  })
  for (const name of Object.values(names)) await ip('netns', 'add', name)
  const { client, router, server } = names
  const link = async (of: string, device: string, address: string, gateway: string): Promise<void> => {
    const [peer, own] = [`to-${device}`, 'eth0']
    await ip('link', 'add', own, 'netns', of, 'type', 'veth', 'peer', 'name', peer, 'netns', router)
    await ip('-n', of, 'address', 'add', `${address}/24`, 'dev', own)
    await ip('-n', router, 'address', 'add', `${gateway}/24`, 'dev', peer)
    for (const [name, end] of [
      [of, own],
      [router, peer],
    ] as const)
      await ip('-n', name, 'link', 'set', end, 'addrgenmode', 'none', 'up')
    await ip('-n', of, 'route', 'add', 'default', 'via', gateway)
  }
  await link(client, 'client', '10.77.1.2', '10.77.1.1')
  await link(server, 'server', '10.77.2.2', '10.77.2.1')
  await execa('ip', ['netns', 'exec', router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1'])
  return {
    names,
    serverAddress: '10.77.2.2',
    run: async (where, command) => (await execa('ip', ['netns', 'exec', names[where], ...command])).stdout,
  }
}
