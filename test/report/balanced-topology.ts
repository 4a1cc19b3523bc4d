/** The hosts of the load balancer's made-up run: two bridged segments, and the ways through them. */
import type { BuiltTopology, PathRecord, WayStep } from '../../src/record/record.ts'

type Link = BuiltTopology['links'][number]
type Program = PathRecord['programs'][number]

const port = (namespace: string, device: string, address: string, bridge: 'net17' | 'net19'): Link => ({
  name: `${namespace}-${device}`,
  ends: [
    { namespace, device, addresses: [address] },
    { namespace: 'segments', device: `${namespace}-${bridge}`, addresses: [], bridge },
  ],
})

export const balanced: BuiltTopology = {
  namespaces: ['curlybox01', 'lbdsr0a', 'router0a', 'backend0x', 'backend0y', 'segments'],
  links: [
    port('curlybox01', 'eth0', '172.17.0.4/24', 'net17'),
    port('lbdsr0a', 'eth0', '172.17.0.2/24', 'net17'),
    port('router0a', 'eth0', '172.17.0.3/24', 'net17'),
    port('router0a', 'eth1', '172.19.0.2/24', 'net19'),
    port('backend0x', 'eth0', '172.19.0.3/24', 'net19'),
    port('backend0y', 'eth0', '172.19.0.4/24', 'net19'),
  ],
  bridges: [
    { namespace: 'segments', device: 'net17' },
    { namespace: 'segments', device: 'net19' },
  ],
}

const stackAt = (namespace: string): WayStep => ({ through: 'stack', namespace })
const deviceAt = (namespace: string, device: string): WayStep => ({ through: 'device', namespace, device })
const runOf = ({ namespace, device, hook, program }: Program): WayStep => ({
  through: 'program',
  namespace,
  device,
  hook,
  program,
})

const fromRouter: readonly WayStep[] = [
  deviceAt('router0a', 'eth0'),
  stackAt('router0a'),
  deviceAt('router0a', 'eth1'),
  deviceAt('backend0x', 'eth0'),
]

const fromClient: readonly WayStep[] = [stackAt('curlybox01'), deviceAt('curlybox01', 'eth0')]

/** To the server past the balancer. */
export const unbalancedWay: WayStep[] = [...fromClient, ...fromRouter, stackAt('backend0x')]

/** By the balancer, where `middle` has the packet, and through programs before the server. */
export const balancedWay = (middle: Program | undefined, before: readonly Program[] = []): WayStep[] => [
  ...fromClient,
  deviceAt('lbdsr0a', 'eth0'),
  middle ? runOf(middle) : stackAt('lbdsr0a'),
  deviceAt('lbdsr0a', 'eth0'),
  ...fromRouter,
  ...before.map(runOf),
  stackAt('backend0x'),
]

/** From the server through programs of its own to the client, past the balancer. */
export const directReturn = (after: readonly Program[] = []): WayStep[] => [
  stackAt('backend0x'),
  ...after.map(runOf),
  deviceAt('backend0x', 'eth0'),
  deviceAt('router0a', 'eth1'),
  stackAt('router0a'),
  deviceAt('router0a', 'eth0'),
  deviceAt('curlybox01', 'eth0'),
  stackAt('curlybox01'),
]

/** What makes the balancer's peer take frames that native XDP sends back. */
export const programAtPort: Program = {
  object: 'nop.bpf.o',
  program: 'nop_xdp',
  hook: 'xdp/native',
  namespace: 'segments',
  device: 'lbdsr0a-net17',
}

/** A program at the only device of a host. */
export const programAt = (namespace: string, program: string, hook: string): Program => ({
  object: 'dsr.bpf.o',
  program,
  hook,
  namespace,
  device: 'eth0',
})
