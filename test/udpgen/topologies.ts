/** Networks that the generator is tested on, each a shell script and the path over it. */

export interface Target {
  readonly address: string
  readonly port: number
}

export interface PathPlan {
  readonly name: string
  readonly client: { readonly namespace?: string | null; readonly flows: number }
  readonly targets: readonly Target[]
  readonly servers: readonly (Target & { readonly namespace?: string | null })[]
}

export interface Topology {
  /** Run with `sh` in network and mount namespaces of its own. */
  readonly setup: string
  readonly path: PathPlan
}

/** A path of one flow to one server, both in the generator's own namespace. */
export const simplePath = (name: string, server: Target): PathPlan => ({
  name,
  client: { flows: 1 },
  targets: [server],
  servers: [server],
})

/** The loopback device of one namespace. */
export const loopback: Topology = {
  setup: 'ip link set lo up',
  path: simplePath('loopback', { address: '127.0.0.1', port: 7000 }),
}

/** Two servers on the loopback device, which flows are connected to in turn. */
export const twoServers = (flows: number): Topology => {
  const servers = [7000, 7001].map((port) => ({ address: '127.0.0.1', port }))
  return { ...loopback, path: { name: 'loopback', client: { flows }, targets: servers, servers } }
}

/**
 * Two namespaces joined by a veth pair, with further commands once they are: `ip` and `tc` take
 * `-n client` or `-n server`.
 */
export const twoNamespaces = (...commands: readonly string[]): Topology => ({
  setup: [
    // Not the host's /run/netns, even for a moment.
    'mount -t tmpfs tmpfs /run',
    'ip netns add client',
    'ip netns add server',
    'ip link add to-server netns client type veth peer name to-client netns server',
    'ip -n client address add 10.0.0.1/24 dev to-server',
    'ip -n server address add 10.0.0.2/24 dev to-client',
    // So that slow links carry nothing but the test's packets.
    ...['client', 'server'].map(
      (name) => `ip netns exec ${name} sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6'`,
    ),
    'ip -n client link set to-server up',
    'ip -n server link set to-client up',
    // So that no packet waits for address resolution.
    'ip -n client neighbour replace 10.0.0.2 dev to-server lladdr "$(mac server to-client)"',
    'ip -n server neighbour replace 10.0.0.1 dev to-client lladdr "$(mac client to-server)"',
    ...commands,
  ].reduce(
    (script, line) => `${script}\n${line}`,
    'mac() { ip netns exec $1 cat /sys/class/net/$2/address; }',
  ),
  path: {
    name: 'veth',
    client: { namespace: '/run/netns/client', flows: 1 },
    targets: [{ address: '10.0.0.2', port: 7000 }],
    servers: [{ namespace: '/run/netns/server', address: '10.0.0.2', port: 7000 }],
  },
})

const serverAddresses = { 4: '10.0.0.2', 6: 'fd00::2' } as const

/** Two namespaces with addresses of both families, and a path of so many flows over one of them. */
export const twoNamespacesOver = (family: 4 | 6, flows: number, ...commands: readonly string[]): Topology => {
  const { setup, path } = twoNamespaces(
    ...['client', 'server'].map(
      (name) => `ip netns exec ${name} sh -c 'echo 0 >/proc/sys/net/ipv6/conf/all/disable_ipv6'`,
    ),
    'ip -n client address add fd00::1/64 dev to-server nodad',
    'ip -n server address add fd00::2/64 dev to-client nodad',
    'ip -n client neighbour replace fd00::2 dev to-server lladdr "$(mac server to-client)"',
    'ip -n server neighbour replace fd00::1 dev to-client lladdr "$(mac client to-server)"',
    ...commands,
  )
  const place = { address: serverAddresses[family], port: 7000 }
  return {
    setup,
    path: {
      ...path,
      client: { ...path.client, flows },
      targets: [place],
      servers: [{ ...path.servers[0]!, ...place }],
    },
  }
}

/** An nftables rule in the namespace, at `hook`, on packets to (or from) the path's server port. */
export const rule = (
  namespace: string,
  hook: 'prerouting' | 'input' | 'output',
  statement: string,
  port: 'dport' | 'sport' = 'dport',
): string =>
  `ip netns exec ${namespace} nft 'add table ip t; ` +
  `add chain ip t c { type filter hook ${hook} priority 0; }; add rule ip t c udp ${port} 7000 ${statement}'`

/** Lets a device send one 74-byte frame (32 bytes of payload) at once, then one every 120 ms. */
export const slowed = (namespace: string, device: string): string =>
  `tc -n ${namespace} qdisc add dev ${device} root tbf rate 4933bit burst 80 limit 10000`
