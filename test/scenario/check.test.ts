import test from 'ava'
import { changed, exampleText, parse, problemsOf } from './example.ts'

const isWrong = test.macro({
  title: (what) => `${what} is told where it stands`,
  exec: (t, from: string, to: string, ...problems: readonly string[]) => {
    t.deepEqual(problemsOf(changed(from, to)), problems)
  },
})

test(
  'a server address that no link has',
  isWrong,
  'address: 10.0.3.20,',
  'address: 10.0.3.21,',
  '21:31  server.address: 10.0.3.21 is not an address of netns-3 (there: 10.0.3.11, 10.0.3.20)',
)
test(
  'a server address that the changes of a path take away',
  isWrong,
  'addresses: [10.0.3.20/24]',
  'addresses: [10.0.3.30/24]',
  '58:5  paths.floor.topology: the server: 10.0.3.20 is not an address of netns-3 (there: 10.0.3.30)',
)
test(
  'a client in no namespace',
  isWrong,
  'client: { namespace: netns-1 }',
  'client: { namespace: netns-11 }',
  '20:11  client.namespace: no namespace "netns-11"; did you mean "netns-1"?',
)
test(
  'a gateway on no link',
  isWrong,
  'via: 10.0.2.10',
  'via: 10.0.9.10',
  '7:31  topology.namespaces.netns-1.routes[0].via: 10.0.9.10 is not on a link of netns-1',
)
test(
  'a gateway that is the own address',
  isWrong,
  'via: 10.0.2.10',
  'via: 10.0.2.11',
  '7:31  topology.namespaces.netns-1.routes[0].via: 10.0.2.11 is not on a link of netns-1',
)
test(
  'a gateway of the other family',
  isWrong,
  'via: 10.0.2.10',
  "via: 'fd00::10'",
  '7:31  topology.namespaces.netns-1.routes[0].via: fd00::10 is not on a link of netns-1',
)
test(
  'a route that leads nowhere',
  isWrong,
  '{ to: default, via: 10.0.2.10 }',
  '{ to: default }',
  '7:16  topology.namespaces.netns-1.routes[0]: expected "via", "device" or both',
)
test(
  'a route over a device elsewhere',
  isWrong,
  'to: 10.0.2.0/24, device: veth2@2',
  'to: 10.0.2.0/24, device: veth2@1',
  '11:35  topology.namespaces.netns-3.routes[0].device: no device "veth2@1" in netns-3; did you mean "veth2@2"?',
)
test(
  'a neighbour over an unknown device',
  isWrong,
  'device: veth2@2, mac',
  'device: bridge0, mac',
  '12:42  topology.namespaces.netns-3.neighbours[0].device: no device "bridge0" in netns-3 (there: veth2@2)',
)
test(
  'a link into an unknown namespace',
  isWrong,
  '- { namespace: netns-1, device: veth1@1, addresses: [10.0.2.11/24] }\n      - { namespace: netns-2,',
  '- { namespace: nets-1, device: veth1@1, addresses: [10.0.2.11/24] }\n      - { namespace: netns-2,',
  '7:31  topology.namespaces.netns-1.routes[0].via: 10.0.2.10 is not on a link of netns-1',
  '15:11  topology.links.veth1[0].namespace: no namespace "nets-1"; did you mean "netns-1"?',
)
test(
  'a second device of a name',
  isWrong,
  '    veth2:\n',
  '    veth3:\n      - { namespace: netns-1, device: veth1@1 }\n      - { namespace: netns-2, device: veth3@2 }\n    veth2:\n',
  '18:31  topology.links.veth3[0].device: a second device "veth1@1" in netns-1',
  '63:7  paths.floor.topology.links.veth3[1].namespace: no namespace "netns-2"; did you mean "netns-1"?',
)
test(
  'a second baseline',
  isWrong,
  'role: floor',
  'role: baseline',
  '25:1  paths: expected just one path with role baseline, found 2',
)
test(
  'more paths than the generator has room for',
  isWrong,
  '  floor:\n',
  `${Array.from({ length: 61 }, (_, index) => `  path-${index}: { role: candidate, title: once more }\n`).join('')}  floor:\n`,
  '25:1  paths: expected at most 64 paths, found 65: measure them by several scenarios',
)
test(
  'a second floor',
  isWrong,
  'role: candidate',
  'role: floor',
  '56:5  paths.floor.role: expected at most one floor',
)
test(
  'a control with programs of its own',
  isWrong,
  'title: forwarding once more\n',
  'title: forwarding once more\n    programs: [{ object: redirect.bpf.c, program: redirect, hook: tc/egress, namespace: netns-2, device: veth1@2 }]\n    skips: [something]\n',
  '55:5  paths.control.programs: a control is the baseline built a second time: it takes this from the baseline',
  '56:5  paths.control.skips: a control is the baseline built a second time: it takes this from the baseline',
)
test(
  'a program at an unknown device',
  isWrong,
  'device: veth1@2\n        maps',
  'device: veth1@3\n        maps',
  '42:9  paths.redirect.programs[0].device: no device "veth1@3" in netns-2; did you mean "veth1@2"?',
)
test(
  'a program in an unknown namespace',
  isWrong,
  'namespace: netns-2\n        device',
  'namespace: router\n        device',
  '41:9  paths.redirect.programs[0].namespace: no namespace "router" (there: netns-1, netns-2, netns-3)',
  '46:24  paths.redirect.programs[0].maps.services[0].value.ifindex: no namespace "router" (there: netns-1, netns-2, netns-3)',
)
test(
  'a program whose file is not there',
  isWrong,
  'object: redirect.bpf.c',
  'object: redirct.bpf.c',
  '38:9  paths.redirect.programs[0].object: no file "redirct.bpf.c", neither beside the scenario nor in a folder bpf/ next to its own, nor in pathbench\'s bpf/',
)
test(
  'a map value that looks up an unknown device',
  isWrong,
  'ifindex(veth2@1)',
  'ifindex(veth3@1)',
  '46:24  paths.redirect.programs[0].maps.services[0].value.ifindex: no device "veth3@1" in netns-2; did you mean "veth2@1"?',
)
test(
  'a map value that looks into an unknown namespace',
  isWrong,
  'mac(netns-3/veth2@2)',
  'mac(netns-33/veth2@2)',
  '46:51  paths.redirect.programs[0].maps.services[0].value.destination_mac: no namespace "netns-33"; did you mean "netns-3"?',
)
test(
  'a misspelt word of a way',
  isWrong,
  'way: [netns-1, redirect, netns-3]',
  'way: [netns-1, redirct, netns-3/veth2@1]',
  '47:20  paths.redirect.way[1]: no namespace, NAMESPACE/DEVICE or program "redirct" on this path; did you mean "redirect"?',
  '47:29  paths.redirect.way[2]: no namespace, NAMESPACE/DEVICE or program "netns-3/veth2@1" on this path; did you mean "netns-2/veth2@1"?',
)
test(
  'a program of another path in a way',
  isWrong,
  'way: [netns-1, netns-2/veth1@2, netns-2, netns-3]',
  'way: [netns-1, redirect, netns-3]',
  '29:20  paths.stack.way[1]: no namespace, NAMESPACE/DEVICE or program "redirect" on this path',
)
test(
  'a proof by a counter that no kernel has',
  isWrong,
  'netns-2/Ip.ForwDatagrams, equals: 0',
  'netns-2/forwarded, equals: 0',
  '49:11  paths.redirect.proof[0].counter: expected a counter such as Ip.ForwDatagrams, Udp.InDatagrams or DEVICE.txPackets, found "forwarded"',
)
test(
  'a proof by the counter of an unknown device',
  isWrong,
  'veth2@1.txPackets',
  'veth2@3.txPackets',
  '50:11  paths.redirect.proof[1].counter: no device "veth2@3" in netns-2; did you mean "veth2@1"?',
)
test(
  'a proof by a counter that no device has',
  isWrong,
  'veth2@1.txPackets',
  'veth2@1.txPacket',
  '50:11  paths.redirect.proof[1].counter: no counter "veth2@1.txPacket" in netns-2; did you mean "veth2@1.txPackets"? (there: veth2@1.rxBytes, veth2@1.rxPackets, veth2@1.rxErrors, veth2@1.rxDropped, veth2@1.rxFifo, veth2@1.rxFrame, veth2@1.rxCompressed, veth2@1.rxMulticast, veth2@1.txBytes, veth2@1.txPackets, veth2@1.txErrors, veth2@1.txDropped, veth2@1.txFifo, veth2@1.txCollisions, veth2@1.txCarrier, veth2@1.txCompressed, veth2@1.rxNoHandler, veth2@1.rxOtherhostDropped)',
)
test(
  'a proof by a counter of an unknown protocol',
  isWrong,
  'netns-2/Ip.ForwDatagrams, equals: 0',
  'netns-2/TcpEx.ListenDrops, equals: 0',
  '49:11  paths.redirect.proof[0].counter: no protocol or device "TcpEx" in netns-2; did you mean "TcpExt"? (there: Ip, Icmp, Tcp, Udp, UdpLite, TcpExt, IpExt, MPTcpExt, Ip6, Icmp6, Udp6, UdpLite6, veth1@2, veth2@1)',
)
test(
  "a proof by a driver's counter of an unknown device",
  isWrong,
  'netns-2/veth2@1.txPackets',
  'netns-2/veth2@3.ethtool.rx_queue_0_drops',
  '50:11  paths.redirect.proof[1].counter: no device "veth2@3" in netns-2; did you mean "veth2@1"?',
)
test(
  'a proof by a map where the path has no program',
  isWrong,
  'netns-2/veth2@1.txPackets',
  'netns-3/map.counts(0)',
  '50:11  paths.redirect.proof[1].counter: no program of this path is attached in netns-3, and so no map is there',
)
test(
  'a proof by a program that is not attached',
  isWrong,
  '{ program: redirect, atLeast',
  '{ program: redirct, atLeast',
  '51:11  paths.redirect.proof[2].program: no program "redirct" on this path; did you mean "redirect"?',
)

test('what is wrong with the topology that paths share is told once, and what a path breaks is told there', (t) => {
  const text = changed(
    'address: 10.0.3.10, device',
    'address: 10.0.3.10, device: nowhere, mac: 02:00:00:00:00:01 }, { address: 10.0.3.9, device',
  )
  t.deepEqual(
    problemsOf(
      changed('{ to: default, device: veth1@1 }', '{ to: default, via: 10.0.2.10, device: veth1@3 }', text),
    ),
    [
      '12:42  topology.namespaces.netns-3.neighbours[0].device: no device "nowhere" in netns-3 (there: veth2@2)',
      '59:87  paths.floor.topology.namespaces.netns-1.routes[0].device: no device "veth1@3" in netns-1; did you mean "veth1@1"?',
    ],
  )
})

test('a gateway may be named with the device behind which it is', (t) => {
  const { paths } = parse(changed('via: 10.0.2.10 }', 'via: 10.0.2.10, device: veth1@1 }'))
  t.deepEqual(paths[0]?.topology.namespaces['netns-1']?.routes, [
    { to: 'default', via: '10.0.2.10', device: 'veth1@1' },
  ])
})

test('a path by itself wants a control beside it', (t) => {
  const alone = exampleText.slice(0, exampleText.indexOf('  redirect:\n'))
  t.deepEqual(problemsOf(alone), ['25:1  paths: expected at least one path with role candidate or control'])
  const { paths } = parse(`${alone}  control: { role: control, title: again }\n`)
  t.deepEqual(
    paths.map(({ role }) => role),
    ['baseline', 'control'],
  )
})
