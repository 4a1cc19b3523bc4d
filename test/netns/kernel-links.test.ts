/** Every kind of link, IPVS and tunnels between nodes, on a kernel that has them all: in a virtual machine, as this machine's may not. */
import { setTimeout } from 'node:timers/promises'
import { parseCounters } from '../../src/datapath/counters.ts'
import type { Command } from '../../src/host/tool.ts'
import { findKernel } from '../../src/machine/find-kernel.ts'
import { boot, type Booted } from '../../src/machine/boot.ts'
import { guestNeeds, type GuestNeeds } from '../../src/machine/guest-files.ts'
import type { Counters } from '../../src/parts/proofs/proof.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'
import { buildTopology } from '../../src/topology/apply.ts'
import { planTopology } from '../../src/topology/plan.ts'
import { changed, parse } from '../scenario/example.ts'
import { asRoot, sharedAsRoot } from './as-root.ts'
import { debianKernels } from './debian-kernels.ts'

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
  wg0: `{ kind: wireguard, endpoints: [10.0.2.11, 10.0.3.20], ends: [${end('netns-1', 'wg0')}, ${end('netns-3', 'wg0')}] }`,
  nk2: `{ kind: netkit, mode: l2, ends: [${end('netns-1', 'nk2')}, ${end('netns-3', 'nk2')}] }`,
  nk3: `{ kind: netkit, mode: l3, ends: [${end('netns-1', 'nk3')}, ${end('netns-3', 'nk3')}] }`,
}

const withLinks = (): string => {
  const text = Object.values(links).map((link, index) => `    own-${index}: ${link}\n`)
  return changed('    veth2:\n', `${text.join('')}    veth2:\n`)
}

const scenario = parse(withLinks())
const families = [4, 6] as const
const pathsOf = (name: string, wanted: readonly string[]) =>
  families.map((family) => {
    const whole = loadScenario(findScenario(name), { family: `${family}` })
    return { ...whole, paths: whole.paths.filter((path) => wanted.includes(path.name)) }
  })
const services = pathsOf('service-family', ['ipvs'])
const overlays = pathsOf('overlay-vs-native', ['ipip', 'wireguard'])

let machine: Booted | undefined

sharedAsRoot(
  async (t) => {
    t.timeout(5 * 60 * 1000)
    const [, newer] = await debianKernels()
    const kernel = await findKernel(newer)
    const wanted = [scenario, ...services, ...overlays].map(guestNeeds)
    const all = (key: keyof GuestNeeds) => [...new Set(wanted.flatMap((needs) => needs[key]))]
    machine = await boot(
      kernel,
      kernel.release,
      {
        tools: [...all('tools'), 'bash'],
        extraTools: all('extraTools'),
        modules: all('modules'),
        extraModules: all('extraModules'),
      },
      [],
      [0],
    )
  },
  async () => machine?.sandbox.close(),
)

asRoot('a kernel that has every kind of link makes them all, with the modules that they want', async (t) => {
  const { sandbox, missingModules } = machine!
  t.deepEqual(missingModules, [])

  const devices = await buildTopology(
    sandbox,
    planTopology(scenario.paths[0]!.topology, (name) => name),
    'all',
  )
  const made = [...(devices.get('netns-1')?.keys() ?? [])]
  for (const device of Object.keys(links)) t.true(made.includes(device), `${device}: ${made.join(' ')}`)
  const asked: readonly Command[] = [
    ...['endpoints', 'allowed-ips'].map((what) => ['wg', 'show', 'wg0', what] as const),
    ...['nk2', 'nk3'].map((device) => ['ip', 'link', 'show', device] as const),
  ]
  const [endpoints = '', allowed = '', ofFrames = '', ofPackets = ''] = await sandbox.run(
    asked.map((command) => ({ command, what: 'look at links', namespaceFile: 'netns-1' })),
  )
  // Who has frames asks for addresses (netkit_new_link()).
  t.notRegex(ofFrames, /NOARP/)
  t.regex(ofPackets, /NOARP/)
  t.regex(endpoints, /=\t10\.0\.3\.20:51820/)
  t.regex(allowed, /=\t0\.0\.0\.0\/0 ::\/0|=\t::\/0 0\.0\.0\.0\/0/)
})

type Run = (namespace: string, ...command: Command) => Promise<string>

/** Builds a path's topology in the machine. @returns what runs a command in one of its namespaces */
async function built({ topology }: ScenarioPath, name: string): Promise<Run> {
  const { sandbox } = machine!
  const fileOf = (namespace: string) => `${name}.${namespace}`
  await buildTopology(sandbox, planTopology(topology, fileOf), 'all')
  return async (namespace, ...command) =>
    (await sandbox.run([{ command, what: 'look at a path', namespaceFile: fileOf(namespace) }]))[0]!
}

const countersIn = async (run: Run, namespace: string): Promise<Counters> =>
  parseCounters(await run(namespace, 'cat', '/proc/net/snmp', '/proc/net/snmp6', '/proc/net/dev'))

const wordsOf = {
  4: { address: '10.96.0.10', count: 'Udp.NoPorts' },
  6: { address: 'fd00:10:96::10', count: 'Udp6.NoPorts' },
} as const

for (const { family, name, paths } of services)
  asRoot(
    `path ipvs over IPv${family} has pods called in turn, and their answers come from the service`,
    async (t) => {
      const path = paths[0]!
      const run = await built(path, name)
      for (const { namespace, words } of path.setup) await run(namespace, ...words)

      const { address, count } = wordsOf[family]
      await run('pod-1', 'bash', '-c', `for i in 1 2 3 4 5 6 7 8; do echo >/dev/udp/${address}/7000; done`)
      for (const pod of ['pod-2', 'pod-3']) {
        const counters = await countersIn(run, pod)
        // Nobody listens.
        t.is(counters.get(count), 4, pod)
      }
      // Which is told at once where the reset has the service's address, and never otherwise.
      const call = `(echo >/dev/tcp/${address}/7000) 2>&1 || true`
      t.regex(await run('pod-1', 'bash', '-c', call), /Connection refused/)
    },
  )

const overlayWords = {
  4: { pod: '10.244.2.2', ipBytes: 20, count: 'Udp.NoPorts', fragments: 'Ip.FragCreates' },
  6: { pod: 'fd00:10:244:2::2', ipBytes: 40, count: 'Udp6.NoPorts', fragments: 'Ip6.FragCreates' },
} as const

/** WireGuard keeps packets until the nodes have agreed on keys. */
async function untilCounted(run: Run, namespace: string, counter: string, count: number): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if ((await countersIn(run, namespace)).get(counter)! >= count) return
    await setTimeout(10)
  }
  throw new Error(`${counter} in ${namespace} stays below ${count}`)
}

for (const { family, name, paths } of overlays)
  for (const [pathName, device] of [
    ['ipip', 'ipip0'],
    ['wireguard', 'wg0'],
  ] as const)
    asRoot(
      `on path ${pathName} what pods send over IPv${family} goes through the tunnel, and whole`,
      async (t) => {
        const path = paths.find((one) => one.name === pathName)!
        const run = await built(path, `${name}.${pathName}`)
        const { pod, ipBytes, count, fragments } = overlayWords[family]
        const { mtu } = path.topology.links['pod-1']!.ends[0]
        // Nobody listens there.
        const datagram = `printf '%*s' ${mtu! - ipBytes - 8} '' >/dev/udp/${pod}/7000`
        await run('pod-1', 'bash', '-c', `for i in 1 2 3 4 5 6 7 8; do ${datagram}; done`)
        await untilCounted(run, 'pod-2', count, 8)
        t.is((await countersIn(run, 'pod-2')).get(count), 8)
        for (const [node, way] of [
          ['node-1', 'tx'],
          ['node-2', 'rx'],
        ] as const) {
          const counters = await countersIn(run, node)
          t.is(counters.get(fragments), 0, node)
          t.true(counters.get(`${device}.${way}Packets`)! >= 8, node)
        }
        t.is((await countersIn(run, 'pod-1')).get(fragments), 0)
      },
    )
