/**
 * redirect-vs-stack with its router on a host that is reached by ssh: devices of this machine, each with a cable to one of that
 * host's, as network cards would be there. veth pairs stand for both.
 */
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
  /** The devices of this machine, of the client and of the server. */
  readonly cards: { readonly client: string; readonly server: string }
  /** Writes the scenario anew, changed at these places. */
  readonly rewrite: (
    changes: readonly (readonly [at: readonly (string | number)[], value: unknown])[],
  ) => void
  /** Sets the host's own namespace up as a router, and has the scenario take it as it is. */
  readonly lendRouter: () => Promise<void>
}

const ip = (...words: readonly string[]) => execa('ip', words)

/** Makes it; all of it is gone after the test. The devices are somebody's: they have addresses, routes and settings of their own. */
export async function dutPath(t: ExecutionContext): Promise<Dut> {
  const host = await sshdHost(t)
  const cards = { client: `pbc${process.pid}`, server: `pbs${process.pid}` }
  t.teardown(async () => {
    for (const card of Object.values(cards)) await execa('ip', ['link', 'del', card], { reject: false })
  })
  for (const [card, port, number] of [
    [cards.client, 'veth1@2', 2],
    [cards.server, 'veth2@1', 3],
  ] as const) {
    await ip(...`link add ${card} type veth peer name ${port} netns ${host.namespace}`.split(' '))
    await ip(...`link set ${card} mtu 1400 addrgenmode none`.split(' '))
    await ip(...`address add 198.18.${number}.1/24 dev ${card}`.split(' '))
    await ip(...`address add fd00:18:${number}::1/64 dev ${card} nodad`.split(' '))
    await execa('sysctl', ['-qw', `net/ipv4/conf/${card}/rp_filter=2`])
    await host.run(`ip address add 198.18.${number}.2/24 dev ${port}`.split(' '))
  }
  await ip('link', 'set', cards.client, 'up')
  await ip('route', 'add', '198.19.2.0/24', 'via', '198.18.2.2', 'dev', cards.client, 'metric', '77')
  await host.run(['ip', 'link', 'set', 'veth1@2', 'addrgenmode', 'none', 'up'])
  const file = join(temporaryFolder(t), 'dut.yaml')
  const rewrite: Dut['rewrite'] = (changes) => {
    const text = parseDocument(
      readFileSync(findScenario('redirect-vs-stack'), 'utf8')
        .replaceAll('veth1@1', cards.client)
        .replaceAll('veth2@2', cards.server),
    )
    for (const at of [['$schema'], ['families'], ['paths', 'floor']]) text.deleteIn(at)
    const few = [
      { kind: 'flood', packets: 200 },
      { kind: 'pingpong', packets: 50 },
    ]
    for (const [at, value] of [
      [['hosts'], { dut: { ssh: 'dut', config: host.config } }],
      [['topology', 'namespaces', 'netns-2', 'host'], 'dut'],
      [['load'], few],
      ...changes,
    ] as const)
      text.setIn(at, text.createNode(value))
    writeFileSync(file, text.toString())
  }
  rewrite([])
  const lendRouter = async () => {
    for (const [port, address] of [
      ['veth1@2', '10.10.2.10/24'],
      ['veth2@1', '10.10.3.10/24'],
    ] as const) {
      await host.run(['ip', 'address', 'add', address, 'dev', port])
      await host.run(['ip', 'link', 'set', port, 'addrgenmode', 'none', 'up'])
    }
    await host.run(['sysctl', '-qw', 'net.ipv4.ip_forward=1'])
    rewrite([[['topology', 'namespaces', 'netns-2'], { host: 'dut', existing: { pid: 1 } }]])
  }
  return { ...host, file, cards, rewrite, lendRouter }
}

/** All that a run might leave on both machines. Carriers and what the kernel counts are left out. */
export async function stateOf({ run, process: first, cards }: Dut): Promise<string> {
  const said: string[] = []
  for (const look of ['tc qdisc show', 'nft list ruleset', 'ip address show', 'ip route show'])
    said.push(await run(look.split(' ')))
  said.push(await run(['sh', '-c', 'tc filter show dev veth1@2 ingress 2>&1 || true']))
  for (const card of Object.values(cards)) {
    const looks = [`ip address show dev ${card}`, `ip route show dev ${card}`, `ip -6 route show dev ${card}`]
    for (const look of looks) said.push((await execa('sh', ['-c', look], { reject: false })).stdout)
    said.push((await execa('sysctl', [`net/ipv4/conf/${card}/rp_filter`], { reject: false })).stdout)
  }
  // Of its own processes there is the sshd that listens alone, and one that looks.
  const look = `child=$(cat /proc/${first}/task/${first}/children)
exec nsenter --target="\${child% }" --mount --pid sh -c 'cat /proc/mounts; cat /proc/[0-9]*/comm | grep -c sshd; ls /proc | grep -c "^[0-9]"'`
  said.push((await execa('sh', ['-c', look])).stdout)
  return (
    said
      .join('\n')
      .replaceAll(
        /NO-CARRIER,|LOWER_UP|,M-DOWN|state \w+|qdisc \w+|qlen \d+|linkdown|^ +inet6 fe80.*\n.*\n/gm,
        '',
      )
      // Others' namespaces come and go.
      .replaceAll(/^nsfs .*\n/gm, '')
      .replaceAll(/ +/g, ' ')
  )
}
