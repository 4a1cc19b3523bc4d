/** What the programs of the redirect family do to IPv4 packets, and what they leave to the stack. */
import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import type { Values } from '../../src/scenario/schema.ts'
import { goodRequests, macs, request, servicePort, virtualAddress } from './dsr-network.ts'
import { cutShort, fragments, oddFrames } from './odd-frames.ts'
import { frameOf, type Packet } from './packet.ts'
import { leastFrameBytes, loadPrograms, type Programs, tcActions, xdpActions } from './sandboxed-program.ts'

const redirected = 7 // TC_ACT_REDIRECT, include/uapi/linux/pkt_cls.h

/** The service is behind eth1, where its neighbour is known. */
const network = [
  `link add eth0 address ${macs.here} type veth peer name far0`,
  `link add eth1 address ${macs.hereOther} type veth peer name far1`,
  'address add 172.17.0.2/24 dev eth0',
  'address add 192.168.25.1/24 dev eth1',
  ...['eth0', 'far0', 'eth1', 'far1'].map((device) => `link set ${device} mtu 9000 up`),
  `neighbour add ${virtualAddress} dev eth1 lladdr ${macs.neighbourOther} nud permanent`,
]

interface Kind {
  /** The map by which packets are known, and its key of the service. */
  readonly knownBy?: readonly [map: string, key: Values]
  /** What becomes of a packet that goes past the stack. */
  readonly after: (packet: Packet) => Packet
}

const byService = ['services', { address: virtualAddress, port: servicePort }] as const
const readdressed = { sourceMac: macs.hereOther, destinationMac: macs.neighbourOther }

const kinds: Readonly<Record<string, Kind>> = {
  redirect: { knownBy: byService, after: (packet) => ({ ...packet, ...readdressed }) },
  'redirect-peer': { knownBy: byService, after: (packet) => ({ ...packet, ...readdressed }) },
  'redirect-neigh': { knownBy: byService, after: (packet) => ({ ...packet, ttl: packet.ttl - 1 }) },
  'redirect-host': {
    knownBy: ['hosts', virtualAddress],
    after: (packet) => ({ ...packet, ...readdressed }),
  },
  'redirect-fib': { after: (packet) => ({ ...packet, ...readdressed, ttl: packet.ttl - 1 }) },
  'redirect-xdp': { knownBy: byService, after: (packet) => ({ ...packet, ...readdressed }) },
}

const loaded = new Map<string, Programs>()
let ifindex: number

/** The number of eth1, as a map's key or value has it. */
function ifindexBytes(): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(ifindex)
  return [...bytes].map((byte) => byte.toString(16)).join(' ')
}

const batch = (name: string, line: string) =>
  loaded
    .get(name)!
    .sandbox.run([{ command: ['bpftool', 'batch', 'file', '-'], input: `${line}\n`, what: line }])

const devices = 'pinned /run/bpf/maps/devices key hex'
const addDevice = () =>
  batch('redirect-xdp', `map update ${devices} ${ifindexBytes()} value hex ${ifindexBytes()} 0 0 0 0`)
const removeDevice = () => batch('redirect-xdp', `map delete ${devices} ${ifindexBytes()}`)

sharedAsRoot(
  async (t) => {
    t.timeout(60_000)
    for (const [name, { knownBy }] of Object.entries(kinds)) {
      const programs = await loadPrograms(name, network)
      loaded.set(name, programs)
      await programs.setForwarding(true)
      const [json = ''] = await programs.sandbox.run([
        { command: ['ip', '-json', 'link', 'show', 'dev', 'eth1'], what: 'read eth1' },
      ])
      ;[{ ifindex }] = JSON.parse(json) as [{ ifindex: number }]
      const hop = { ifindex, source_mac: macs.hereOther, destination_mac: macs.neighbourOther }
      if (knownBy) await programs.write(knownBy[0], [[knownBy[1], hop]])
    }
    await addDevice()
  },
  async () => {
    for (const programs of loaded.values()) await programs.close()
  },
)

const hookOf = (name: string) => (name === 'redirect-xdp' ? 'xdp' : 'tc')
const passed = (name: string): number => (hookOf(name) === 'xdp' ? xdpActions.pass : tcActions.ok)

const run = (name: string, frames: readonly Buffer[]) =>
  loaded.get(name)!.run(name.replaceAll('-', '_'), frames)

const odd: Readonly<Record<string, Buffer>> = {
  ...oddFrames(request()),
  ...fragments(request()),
  'to another address': frameOf(request({ destination: '192.168.26.11' })),
  'with a TTL that ends here': frameOf(request({ ttl: 1 })),
  'with a TTL that ended before': frameOf(request({ ttl: 0 })),
  'with IP options': frameOf(request({ options: Buffer.from([1, 1, 1, 0]) })),
}

for (const [name, { after }] of Object.entries(kinds)) {
  asRoot(`${name} sends on every whole packet of a service, and changes its way alone`, async (t) => {
    // The longest are too long for no device here.
    const packets = Object.values(goodRequests).filter(({ options }) => options.length === 0)
    t.true(packets.length > 20)
    const outcomes = await run(name, packets.map(frameOf))
    const action = hookOf(name) === 'xdp' ? xdpActions.redirect : redirected
    t.deepEqual(
      outcomes,
      packets.map((packet) => ({ action, frame: frameOf(after(packet)) })),
    )
  })

  asRoot(`${name} leaves what is no whole packet of a service to the stack, as it came`, async (t) => {
    for (const [what, frame] of Object.entries(odd))
      t.deepEqual(await run(name, [frame]), [{ action: passed(name), frame }], what)
    const short = cutShort(frameOf(request()), leastFrameBytes[hookOf(name)])
    t.deepEqual(
      await run(name, short),
      short.map((frame) => ({ action: passed(name), frame })),
    )
  })
}

asRoot('redirect-xdp leaves a packet for a device that its map lacks to the stack, as it came', async (t) => {
  await removeDevice()
  try {
    const frame = frameOf(request())
    t.deepEqual(await run('redirect-xdp', [frame]), [{ action: xdpActions.pass, frame }])
  } finally {
    await addDevice()
  }
})
