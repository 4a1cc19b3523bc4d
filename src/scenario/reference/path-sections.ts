/** Paths: their programs, commands and proofs. */
import type { Section } from './section.ts'

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

export const pathSections: readonly Section[] = [
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
      'Commands of your own, run as root in a network namespace of the path and in the folder of the scenario. They see a `/sys/fs/bpf` of the path’s own, and `$PATHBENCH_PATH`, `$PATHBENCH_NETNS_PREFIX` (what the names of the namespaces begin with, below /run/netns), `$PATHBENCH_PROGRAMS` (the folder of pathbench’s own programs, routers in user space among them) and `$TMPDIR`, where they may write; the rest of the host’s files are read-only to them. Whatever they start dies with the path. One that fails costs the path, and is told with its last words. With `place: existing` they run for every path in every block: setup and agents before its trials, teardown after, which counts as time of the run. What setup changes there stays unless teardown changes it back, wherever setup ended; one that fails ends the run. After a run that was killed teardown runs once more, without what was in `$TMPDIR` and `/sys/fs/bpf`. A program without an `object` is one that they attach, by filter or by link: it is found at its hook.',
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
]
