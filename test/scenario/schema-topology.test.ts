import test from 'ava'
import { changed, problemsOf } from './example.ts'
import { isWrong } from './told-problem.ts'

test(
  'a device name over 15 characters',
  isWrong,
  'device: veth1@1,',
  'device: veth-number-one@1,',
  '15:31  topology.links.veth1[0].device: expected a device name of at most 15 characters, the kernel\'s limit, found "veth-number-one@1"',
)
test(
  'a device name with a slash',
  isWrong,
  'device: veth1@1,',
  'device: veth1/1,',
  '15:31  topology.links.veth1[0].device: expected a device name of letters, digits and any of . _ - @ + ~ = , ^, found "veth1/1"',
)
test(
  'the name of the loopback device',
  isWrong,
  'device: veth1@1,',
  'device: lo,',
  '15:31  topology.links.veth1[0].device: expected a device name other than this, found "lo"',
)
test(
  'an address without its prefix length',
  isWrong,
  '10.0.2.11/24',
  '10.0.2.11',
  '15:60  topology.links.veth1[0].addresses[0]: expected an IP address with its prefix length, as in 10.10.2.11/24, found "10.0.2.11"',
)
test(
  'a prefix length that there is not',
  isWrong,
  '10.0.2.11/24',
  '10.0.2.11/33',
  '15:60  topology.links.veth1[0].addresses[0]: expected an IP address with its prefix length, as in 10.10.2.11/24, found "10.0.2.11/33"',
)
test(
  'a route to no prefix',
  isWrong,
  'to: 10.0.2.0/24',
  'to: 10.0.2.0',
  '11:18  topology.namespaces.netns-3.routes[0].to: expected a prefix, as in 10.10.3.0/24, or "default", found "10.0.2.0"',
)
test(
  'a short MAC address',
  isWrong,
  'mac: 02:00:00:00:00:01',
  'mac: 02:00:00:00:01',
  '12:59  topology.namespaces.netns-3.neighbours[0].mac: expected a MAC address, as in 02:00:00:00:00:01, found "02:00:00:00:01"',
)
test(
  'a link with one end',
  isWrong,
  '      - { namespace: netns-2, device: veth1@2, addresses: [10.0.2.10/24] }\n',
  '',
  '14:5  topology.links.veth1: expected two ends, found [{"namespace":"netns-1","device":"veth1@1","addresses":["…',
)
test(
  'a sysctl outside net.',
  isWrong,
  'net.ipv4.ip_forward',
  'kernel.panic',
  '9:18  topology.namespaces.netns-2.sysctls.kernel.panic: expected a sysctl under "net."',
)

for (const [what, written, found] of [
  ['a line break', '"1 /tmp/x\\n64"', '"1 /tmp/x\\n64"'],
  ['a carriage return in a list', '[1, "2\\r"]', '[1,"2\\r"]'],
] as const)
  test(`a value of a sysctl with ${what} is refused`, (t) => {
    const [problem, ...more] = problemsOf(
      changed('net.ipv4.ip_forward: 1', `net.ipv4.ip_forward: ${written}`),
    )
    t.deepEqual(more, [])
    t.regex(problem ?? '', /ip_forward.*without control characters|ip_forward.*of one line/, found)
  })

for (const name of ['veth1 netns x', 'veth1\\', "'veth1'", '-force', '$(touch x)', 'veth1;x', '#veth1'])
  test(`a device cannot be called ${name}, which tools would read as something else`, (t) => {
    const problems = problemsOf(changed('device: veth1@1', `device: ${JSON.stringify(name)}`))
    t.true(
      problems.some((problem) => problem.includes('expected a device name')),
      problems.join(),
    )
  })

test(
  'a sysctl that leads out of net.',
  isWrong,
  'net.ipv4.ip_forward',
  'net/../kernel/panic',
  '9:18  topology.namespaces.netns-2.sysctls.net/../kernel/panic: expected a sysctl under "net."',
)
