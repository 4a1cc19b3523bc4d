/** The topology of redirect-vs-stack with its router on a host that is reached by ssh, and the scenario on it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { parseDocument } from 'yaml'
import { findScenario } from '../../src/scenario/find.ts'
import { type SshdHost, sshdHost } from './sshd.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface Dut extends SshdHost {
  /** The scenario's file. */
  readonly file: string
  /** Writes the scenario anew, changed at these places. */
  readonly rewrite: (
    changes: readonly (readonly [at: readonly (string | number)[], value: unknown])[],
  ) => void
}

/** Makes it; all of it is gone after the test. */
export async function dutPath(t: ExecutionContext): Promise<Dut> {
  const host = await sshdHost(t)
  const names = { client: `${host.namespace}-c`, server: `${host.namespace}-s` }
  const ip = (...words: readonly string[]) => execa('ip', words)
  t.teardown(async () => {
    for (const name of Object.values(names)) await execa('ip', ['netns', 'del', name], { reject: false })
  })
  const link = async (
    name: string,
    device: string,
    addresses: readonly string[],
    peer: string,
    gateway: string,
    to: string,
  ) => {
    await ip('netns', 'add', name)
    await ip(
      'link',
      'add',
      device,
      'netns',
      name,
      'type',
      'veth',
      'peer',
      'name',
      peer,
      'netns',
      host.namespace,
    )
    for (const address of addresses) await ip('-n', name, 'address', 'add', `${address}/24`, 'dev', device)
    await ip('-n', host.namespace, 'address', 'add', `${gateway}/24`, 'dev', peer)
    for (const [namespace, end] of [
      [name, device],
      [host.namespace, peer],
    ] as const)
      await ip('-n', namespace, 'link', 'set', end, 'addrgenmode', 'none', 'up')
    await ip('-n', name, 'route', 'add', to, 'via', gateway)
  }
  await link(names.client, 'veth1@1', ['10.10.2.11'], 'veth1@2', '10.10.2.10', '10.10.3.0/24')
  await link(names.server, 'veth2@2', ['10.10.3.11', '10.10.3.20'], 'veth2@1', '10.10.3.10', '10.10.2.0/24')
  await host.run(['sysctl', '-qw', 'net.ipv4.ip_forward=1'])
  const file = join(temporaryFolder(t), 'dut.yaml')
  const document = () => {
    const text = parseDocument(readFileSync(findScenario('redirect-vs-stack'), 'utf8'))
    for (const at of [['$schema'], ['families'], ['paths', 'floor']]) text.deleteIn(at)
    const set = (at: readonly (string | number)[], value: unknown) => {
      text.setIn(at, text.createNode(value))
    }
    set(['hosts'], { dut: { ssh: 'dut', config: host.config } })
    set(['topology', 'namespaces'], {
      'netns-1': { existing: { path: `/run/netns/${names.client}` } },
      'netns-2': { host: 'dut' },
      'netns-3': { existing: { path: `/run/netns/${names.server}` } },
    })
    set(
      ['load'],
      [
        { kind: 'flood', packets: 200 },
        { kind: 'pingpong', packets: 50 },
      ],
    )
    return { text, set }
  }
  const rewrite: Dut['rewrite'] = (changes) => {
    const { text, set } = document()
    for (const [at, value] of changes) set(at, value)
    writeFileSync(file, text.toString())
  }
  rewrite([])
  return { ...host, file, rewrite }
}
