import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { describeScenario } from '../../src/cli/commands/show.ts'
import { changed, exampleText, parse } from '../scenario/example.ts'

const shown = (text: string) => stripVTControlCharacters(describeScenario(parse(text)))

const example = `An example

Made up.

Topology

end               addresses         end               addresses
netns-1  veth1@1  10.0.2.11/24  ──  netns-2  veth1@2  10.0.2.10/24
netns-2  veth2@1  10.0.3.10/24  ──  netns-3  veth2@2  10.0.3.11/24 10.0.3.20/24
netns-1 routes default via 10.0.2.10
netns-3 routes 10.0.2.0/24 on veth2@2

client in netns-1, server in netns-3 on 10.0.3.20:7000 (UDP)

Load, in every block for every path

flood     5000 packets of 64 bytes, as fast as accepted: throughput and cost
paced     200 packets of 128 bytes, 1000 a second: latency under load

Paths

stack (baseline): forwarding
  [netns-1 stack] → veth1@2 → [netns-2 stack] → [netns-3 stack]
  proof     netns-2/Ip.ForwDatagrams grows by requests + replies

redirect (candidate): redirecting
  [netns-1 stack] → <redirect at tc/ingress> → [netns-3 stack]
  attaches  redirect of redirect.bpf.c at tc/ingress of veth1@2 in netns-2
  needs     tc-bpf, run-counts
  skips     the route lookup
  proof     netns-2/Ip.ForwDatagrams stays as it is
  proof     netns-2/veth2@1.txPackets grows by at least requests
  proof     runs of redirect grow by at least requests

control (control): forwarding once more
  [netns-1 stack] → veth1@2 → [netns-2 stack] → [netns-3 stack]
  proof     netns-2/Ip.ForwDatagrams grows by requests + replies

floor (floor): no router
  [netns-1 stack] → [netns-3 stack]
    end               addresses         end               addresses
    netns-1  veth1@1  10.0.2.11/24  ──  netns-3  veth2@2  10.0.3.20/24
    netns-1 routes default on veth1@1
    netns-3 routes 10.0.2.0/24 on veth2@2`

test('a scenario is shown with its topology, its load, and what each path does', (t) => {
  t.is(shown(changed('kind: flood', 'kind: flood, packets: 5000')), example)
})

test('a description may have several lines, or be left out', (t) => {
  const long = changed('description: Made up.\n', 'description: |\n  Of two lines,\n  this is one.\n')
  t.true(shown(long).startsWith('An example\n\nOf two lines,\nthis is one.\n\nTopology\n'))
  t.true(shown(changed('description: Made up.\n', '')).startsWith('An example\n\nTopology\n'))
})

test('a ping-pong is shown as one packet in flight', (t) => {
  const text = changed('kind: flood', 'kind: pingpong, packets: 7', exampleText)
  t.true(
    shown(text).includes('pingpong  7 packets of 64 bytes, one in flight: round-trip time, and each way\n'),
  )
})

test('a pair of another kind says so in the table, and what its keys say on a line of its own', (t) => {
  const ends =
    '[{ namespace: netns-1, device: wg0, addresses: [10.0.9.1/30] }, { namespace: netns-3, device: wg0, addresses: [10.0.9.2/30] }]'
  const link = `    tunnel: { kind: wireguard, endpoints: [10.0.2.11, 10.0.3.20], ends: ${ends} }\n`
  const lines = shown(changed('    veth2:\n', `${link}    veth2:\n`)).split('\n')
  t.true(
    lines.some((line) =>
      /^netns-1 {2}wg0 +10\.0\.9\.1\/30 +─ wireguard ─ +netns-3 {2}wg0 +10\.0\.9\.2\/30$/.test(line),
    ),
  )
  t.true(lines.includes('netns-1/wg0 is wireguard, endpoints 10.0.2.11 and 10.0.3.20, port 51820'))
})
