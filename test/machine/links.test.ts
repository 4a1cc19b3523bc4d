/**
 * The very lines that make links, on a kernel that has all kinds: in a virtual machine, by emulation. It wants
 * PATHBENCH_KERNEL, a folder with boot/ and lib/modules/ of a kernel, as `dpkg-deb -x` leaves them of Debian's linux-image.
 */
import { readdirSync } from 'node:fs'
import test from 'ava'
import { execa } from 'execa'
import { isInPath } from '../../src/host/tools.ts'
import { inProject } from '../../src/host/project.ts'
import type { Call } from '../../src/parts/call.ts'
import { shellWord } from '../../src/host/shell-word.ts'
import { planTopology } from '../../src/topology/plan.ts'
import { changed, parse } from '../scenario/example.ts'

const end = (namespace: string, device: string) => `{ namespace: ${namespace}, device: ${device} }`
const tunnel = 'local: 10.0.2.11, remote: 10.0.2.10, parent: veth1@1'

/** By the device that each makes in netns-1. */
const links = {
  mv0: `{ kind: macvlan, parent: veth1@1, ends: [${end('netns-1', 'mv0')}] }`,
  iv0: `{ kind: ipvlan, parent: netns-3/veth2@2, mode: l3, ends: [${end('netns-1', 'iv0')}] }`,
  vlan5: `{ kind: vlan, id: 5, parent: netns-3/veth2@2, ends: [${end('netns-1', 'vlan5')}] }`,
  vx0: `{ kind: vxlan, id: 42, ${tunnel}, ends: [${end('netns-1', 'vx0')}] }`,
  vx1: `{ kind: vxlan, external: true, port: 8472, ends: [${end('netns-1', 'vx1')}] }`,
  gnv0: `{ kind: geneve, id: 42, remote: 10.0.2.10, ends: [${end('netns-1', 'gnv0')}] }`,
  ipip9: `{ kind: ipip, ${tunnel}, ends: [${end('netns-1', 'ipip9')}] }`,
  gre9: `{ kind: gre, id: 7, ${tunnel}, ends: [${end('netns-1', 'gre9')}] }`,
}
const wireguard = `{ kind: wireguard, endpoints: [10.0.2.11, 10.0.3.20], ends: [${end('netns-1', 'wg0')}, ${end('netns-3', 'wg0')}] }`

const modules = ['veth', 'macvlan', 'ipvlan', '8021q', 'vxlan', 'geneve', 'ipip', 'ip_gre', 'wireguard']
const tools = ['qemu-system-x86_64', 'busybox', 'cpio', 'zstd', 'modprobe', 'depmod', 'xz', 'wg']

const root = process.env.PATHBENCH_KERNEL
const lacking = [
  ...(root === undefined ? ['PATHBENCH_KERNEL'] : []),
  ...tools.filter((tool) => !isInPath(tool)),
]
const title = 'a kernel that has every kind of link takes the lines that make them'
const asMachine = lacking.length === 0 ? test : test.skip

asMachine(`${title}${lacking.length === 0 ? '' : ` (lacking: ${lacking.join(', ')})`}`, async (t) => {
  t.timeout(2 * 60 * 1000)
  t.is(readdirSync(`${root}/lib/modules`).length, 1)
  const { stdout } = await execa(inProject('test', 'machine', 'boot.sh'), [root!, ...modules], {
    input: script(),
  })
  const devices = Object.keys(links)
  const made = [...stdout.matchAll(/^\d+: ([\w]+)[@:]/gm)].map(([, name]) => name)
  for (const device of [...devices, 'wg0']) t.true(made.includes(device), stdout)
  t.regex(stdout, /=\t0\.0\.0\.0\/0 ::\/0|=\t::\/0 0\.0\.0\.0\/0/)
  t.regex(stdout, /=\t10\.0\.3\.20:51820/)
  t.notRegex(stdout, /Error|failed|RTNETLINK/, stdout)
})

/** All that building does up to where devices are there, and what there is then. */
function script(): string {
  const text = Object.values({ ...links, wireguard })
    .map((link, index) => `    own-${index}: ${link}\n`)
    .join('')
  const { topology } = parse(changed('    veth2:\n', `${text}    veth2:\n`)).paths[0]!
  const { createLines, devices, configureCalls } = planTopology(topology, (name) => name)
  const commandOf = ({ command }: Call) => command.map(shellWord).join(' ')
  return [
    ...createLines.map((line) => `ip ${line}`),
    ...devices.flatMap(({ file, lines }) => lines.map((line) => `ip -n ${file} ${line}`)),
    ...configureCalls.map(commandOf),
    'ip -n netns-1 link show',
    'nsenter --net=/run/netns/netns-1 wg show wg0 endpoints',
    'nsenter --net=/run/netns/netns-1 wg show wg0 allowed-ips',
    '',
  ].join('\n')
}
