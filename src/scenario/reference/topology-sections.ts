/** Namespaces, what is in them, and the links between them. */
import type { Section } from './section.ts'

const route = `topology:
  namespaces:
    router:
      routes:
        - { to: default, via: 10.0.1.254 }
        - { to: 10.0.9.0/24, device: eth1 }
`

export const topologySections: readonly Section[] = [
  { title: 'topology', level: 2, at: ['topology'] },
  {
    title: 'A namespace',
    level: 3,
    at: ['topology', 'namespaces', '*'],
    example: `topology:
  namespaces:
    client: {}
    router:
      sysctls: { net.ipv4.ip_forward: 1 }
      loopback: [192.0.2.1/32]
      nftables: |
        table ip filter {
          chain forward { type filter hook forward priority 0; policy accept; }
        }
`,
  },
  {
    title: 'existing',
    level: 3,
    at: ['topology', 'namespaces', '*', 'existing'],
    words:
      'With `place: existing` namespaces are not built: each says which it is, and names the devices that paths speak of. `bench capture` writes such a file from what it finds. Links may be told for the drawing. Paths share the namespaces, and each is there for its trials alone: its programs, before those of others at a hook of several (of others at tcx a filter, tc/ingress or tc/egress, comes after, as in the kernel), its `nftables` rules, and what its setup changes. Rules go in tables of the path’s own, of names that no other table there has; statements that reach others’ (flush, delete, destroy, reset, replace) are refused. What its rules have translated or tracked stays in the kernel’s table of connections until it expires. With `kind: http` an nginx listens in the servers’ namespaces, on a port that has to be free, for as long as a round takes. TCP connections are made for each trial and closed after it, untimed. Where pathbench is killed, what would stay is taken away by a process beside it. Figures hold for these namespaces: what another build would change is in no interval.',
    example: `place: existing
topology:
  namespaces:
    client: { existing: { container: web }, devices: [eth0] }
    router: { existing: { path: /run/netns/router }, devices: [eth0, eth1] }
    server: { existing: { pid: 4711 }, devices: [eth0] }
paths:
  filtered:
    role: candidate
    title: what is there, and a rule
    topology:
      namespaces:
        router:
          nftables: |
            table inet of_the_path {
              chain passing { type filter hook forward priority 0; counter; }
            }
`,
  },
  { title: 'A route', level: 3, at: ['topology', 'namespaces', '*', 'routes', '[]'], example: route },
  {
    title: 'A neighbour',
    level: 3,
    at: ['topology', 'namespaces', '*', 'neighbours', '[]'],
    example: `topology:
  namespaces:
    router:
      neighbours:
        - { address: 10.0.2.2, device: eth1, mac: 02:00:00:00:00:02 }
`,
  },
  {
    title: 'A bridge',
    level: 3,
    at: ['topology', 'bridges', '*'],
    example: `topology:
  bridges:
    lan: { namespace: switch }
`,
  },
  {
    title: 'A link',
    level: 3,
    at: ['topology', 'links', '*'],
    words: 'Mostly just the list of its two ends. Written as keys it can be of another kind:',
    example: `topology:
  links:
    client-router:
      - { namespace: client, device: eth0, addresses: [10.0.1.2/24] }
      - { namespace: router, device: eth0, addresses: [10.0.1.1/24] }
    router-server:
      kind: veth
      ends:
        - { namespace: router, device: eth1, addresses: [10.0.2.1/24], mac: 02:00:00:00:00:01 }
        - { namespace: switch, device: router, bridge: lan }
`,
  },
  {
    title: 'An end of a link',
    level: 3,
    at: ['topology', 'links', '*', 0, '[]'],
    example: `topology:
  links:
    direct:
      - { namespace: client, device: eth0, addresses: [10.0.1.2/24], offload: { tx: false, gro: false } }
      - { namespace: server, device: eth0, addresses: [10.0.1.3/24, 2001:db8::3/64] }
`,
  },
]
