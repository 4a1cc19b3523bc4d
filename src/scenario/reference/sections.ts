/** The parts of a scenario file in the order in which they are explained, each with an example. */

/** A step into JSON Schema: a key, what a list holds (`[]`), what stands under every name (`*`), or an alternative. */
export type Step = string | number

export interface Section {
  readonly title: string
  readonly level: 2 | 3
  /** Leads to what is explained, in the schema. */
  readonly at: readonly Step[]
  /** What there is to know beside the keys. */
  readonly words?: string
  /** A piece of a scenario file, from its outermost key. */
  readonly example?: string
}

const route = `topology:
  namespaces:
    router:
      routes:
        - { to: default, via: 10.0.1.254 }
        - { to: 10.0.9.0/24, device: eth1 }
`

const program = `paths:
  my-path:
    role: candidate
    title: my own program
    programs:
      - object: my-path.bpf.c
        program: redirect_udp
        hook: tc/ingress
        namespace: router
        device: eth0
        maps:
          services:
            - key: { address: 10.0.2.2, port: 7000 }
              value: { ifindex: ifindex(eth1), destination_mac: mac(server/eth0) }
        constants: { service_port: 7000 }
        sample: { source: 10.0.1.2:40000, destination: 10.0.2.2:7000 }
`

export const sections: readonly Section[] = [
  {
    title: 'The file',
    level: 2,
    at: [],
    example: `# yaml-language-server: $schema=scenario.schema.json
name: my-path
title: my program against the kernel's own forwarding
`,
  },
  {
    title: 'families',
    level: 2,
    at: ['families', '6'],
    words:
      'A scenario may be of IPv4 or of IPv6, by its addresses; hosts may have both. `--family 6` measures one that is written in IPv4 over IPv6 where it says what then stands for its words. A counter, a map or a table of nftables is often another one there: `bench show NAME --family 6` shows what comes of it.',
    example: `families:
  6:
    replace:
      10.0.1.1: fd00:1::1
      10.0.1.2: fd00:1::2
      10.0.1.2:40000: '[fd00:1::2]:40000'
      10.0.2.0: 'fd00:2::'
      /24: /64
      net.ipv4.ip_forward: net.ipv6.conf.all.forwarding
      Ip.ForwDatagrams: Ip6.OutForwDatagrams
    rename: { services: services6 }
    merge:
      title: the same over IPv6
`,
  },
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
  {
    title: 'client',
    level: 2,
    at: ['client'],
    example: 'client: { namespace: client, flows: 64 }\n',
  },
  {
    title: 'server, servers',
    level: 2,
    at: ['server'],
    words: 'One `server`, or a list of `servers`.',
    example: 'server: { namespace: server, address: 10.0.2.2, port: 7000 }\n',
  },
  {
    title: 'service',
    level: 2,
    at: ['service'],
    example: `service: { address: 192.0.2.1 }
servers:
  - { namespace: backend-1, address: 10.0.2.2, port: 7000 }
  - { namespace: backend-2, address: 10.0.2.3, port: 7000 }
`,
  },
  {
    title: 'load',
    level: 2,
    at: ['load'],
    words:
      'A list of trials; each kind at most once. Under `loads` stand others by name: `--load NAME` measures with one of them instead. Of TCP, `requests` and `replies` in a proof are packets as the kernel moves them, of which only bounds are known where devices segment and merge; beside a counter of one protocol they are of that alone.',
    example: `load:
  - { kind: flood, packets: 800, payloadBytes: 64 }
  - { kind: pingpong, packets: 250 }
  - { kind: paced, packets: 250, ratePps: 50000 }
  - { kind: http, requests: 160, connections: 16 }
loads:
  tcp:
    - { kind: tcp-rr, transactions: 250, connections: 1 }
    - { kind: tcp-stream, bytes: 8388608, direction: down }
    - { kind: tcp-crr, transactions: 100 }
`,
  },
  {
    title: 'paths',
    level: 2,
    at: ['paths', '*'],
    words:
      'Paths by name: one baseline, candidates, at most one control and one floor. A control has a `role` and a `title` only. Steps of a way are namespaces, NAMESPACE/DEVICE, and names of attached programs.',
    example: `paths:
  stack:
    role: baseline
    title: the kernel's own forwarding
    way: [client, client/eth0, router/eth0, router, router/eth1, server/eth0, server]
    proof:
      - { counter: router/Ip.ForwDatagrams, equals: requests + replies }
  control: { role: control, title: the baseline once more }
  floor:
    role: floor
    title: client and server on one link
    topology:
      namespaces: { router: null }
      links:
        client-router: null
        router-server: null
        direct:
          - { namespace: client, device: eth0, addresses: [10.0.1.2/24] }
          - { namespace: server, device: eth0, addresses: [10.0.1.3/24] }
`,
  },
  { title: 'A program', level: 3, at: ['paths', '*', 'programs', '[]'], example: program },
  {
    title: 'An entry of a map',
    level: 3,
    at: ['paths', '*', 'programs', '[]', 'maps', '*', '[]'],
    words:
      'Fields are written in the byte order of their type: a `__be32` takes an IPv4 address or a number. A device map takes `ifindex(DEVICE)`, a program array the name of a program of the object.',
  },
  {
    title: 'setup, teardown',
    level: 3,
    at: ['paths', '*', 'setup', '[]'],
    words:
      'Commands of your own, run as root in a network namespace of the path and in the folder of the scenario. They see a `/sys/fs/bpf` of the path’s own, and `$PATHBENCH_PATH`, `$PATHBENCH_NETNS_PREFIX` (what the names of the namespaces begin with, below /run/netns) and `$TMPDIR`, where they may write; the rest of the host’s files are read-only to them. Whatever they start dies with the path. One that fails costs the path, and is told with its last words. With `place: existing` they run for every path in every block: setup and agents before its trials, teardown after, which counts as time of the run. What setup changes there stays unless teardown changes it back, wherever setup ended; one that fails ends the run. After a run that was killed teardown runs once more, without what was in `$TMPDIR` and `/sys/fs/bpf`. A program without an `object` is one that they attach, by filter or by link: it is found at its hook.',
    example: `paths:
  my-loader:
    role: candidate
    title: what my loader attaches
    setup:
      - { namespace: router, run: tc qdisc add dev eth0 clsact }
      - { namespace: router, run: [./attach.sh, eth0], limitS: 5 }
    programs:
      - { program: my_prog, hook: tc/ingress, namespace: router, device: eth0 }
    proof:
      - { program: my_prog, atLeast: requests }
    teardown:
      - { namespace: router, run: ./detach.sh eth0 }
`,
  },
  {
    title: 'agent',
    level: 3,
    at: ['paths', '*', 'agent', 0],
    words:
      'A process that runs for as long as the path is up, or a list of them. One that ends before costs the path.',
    example: `paths:
  my-agent:
    role: candidate
    title: what my agent attaches
    agent:
      namespace: router
      run: exec ./my-agent --device eth0
      ready: { output: attached }
      limitS: 10
    programs:
      - { program: my_prog, hook: xdp/native, namespace: router, device: eth0 }
`,
  },
  { title: 'ready', level: 3, at: ['paths', '*', 'agent', 0, 'ready'], words: 'One of these:' },
  { title: 'sample', level: 3, at: ['paths', '*', 'programs', '[]', 'sample'] },
  {
    title: 'allows',
    level: 3,
    at: ['paths', '*', 'allows'],
    example: `paths:
  lossy:
    role: candidate
    title: may lose some
    allows: { lossRatio: 1%, reordered: 0.1% }
`,
  },
  {
    title: 'proof',
    level: 3,
    at: ['paths', '*', 'proof', '[]'],
    words: 'A rule has one subject, and what is said of it.',
    example: `paths:
  my-path:
    role: candidate
    title: my own program
    proof:
      - { counter: server/Udp.InDatagrams, equals: requests }
      - { counter: router/map.packets(0) + router/eth1.txDropped, atLeast: requests }
      - { program: redirect_udp, atLeast: requests }
      - { lost: { atMost: 0.1% } }
      - { order: kept }
`,
  },
  {
    title: 'gates',
    level: 2,
    at: ['gates'],
    words:
      'A list of lines: `valid`, `regression <= 3%` against a kept run, or PATH.METRIC, with `.ratio` for its ratio to the baseline, and a limit. docs/metrics.md lists the metrics.',
    example: `gates:
  - valid
  - my-path.throughputPps.ratio >= 1.02
  - my-path.rttNs.p99 <= 80us
`,
  },
]
