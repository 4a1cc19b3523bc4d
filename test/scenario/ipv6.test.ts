import test from 'ava'
import { changed, exampleText, parse, problemsOf } from './example.ts'

/** The example in IPv6. */
const inIPv6 = exampleText
  .replaceAll(/10\.0\.(\d)\.0\/24/g, "'fd00:$1::/64'")
  .replaceAll(/10\.0\.(\d)\.(\d+)\/24/g, "'fd00:$1::$2/64'")
  .replaceAll(/10\.0\.(\d)\.(\d+)/g, "'fd00:$1::$2'")
  .replaceAll('Ip.ForwDatagrams', 'Ip6.OutForwDatagrams')
  .replaceAll('net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding')

test('a scenario may be of IPv6, and says so', (t) => {
  const scenario = parse(inIPv6)
  t.is(scenario.family, 6)
  t.is(parse(exampleText).family, 4)
  t.deepEqual(scenario.paths[0]!.targets, [{ address: 'fd00:3::20', port: 7000 }])
})

test('an address is known however it is written', (t) => {
  t.is(
    parse(changed("'fd00:3::20', port", "'FD00:3:0::20', port", inIPv6)).paths[0]!.servers[0]!.address,
    'fd00:3::20',
  )
})

test('a server that has no address of IPv6 is told with those that it has', (t) => {
  t.deepEqual(problemsOf(changed('address: 10.0.3.20,', "address: 'fd00::1',")), [
    '21:31  server.address: fd00::1 is not an address of netns-3 (there: 10.0.3.11, 10.0.3.20)',
  ])
})

test('a payload that a frame has room for over IPv4 alone is told over IPv6', (t) => {
  const longer = (text: string) => changed('payloadBytes: 128', 'payloadBytes: 1460', text)
  t.notThrows(() => parse(longer(exampleText)))
  t.deepEqual(problemsOf(longer(inIPv6)), [
    '24:34  load[1].payloadBytes: expected a payload of at most 1452 bytes, one Ethernet frame over IPv6, found 1460',
  ])
})

test('servers and service are of one family', (t) => {
  const servers = changed(
    'server: { namespace: netns-3, address: 10.0.3.20, port: 7000 }',
    `servers:
  - { namespace: netns-3, address: 10.0.3.20, port: 7000 }
  - { namespace: netns-3, address: fd00::20, port: 7000 }
service: { address: fd00::30 }`,
    changed(
      'addresses: [10.0.3.11/24, 10.0.3.20/24]',
      "addresses: [10.0.3.11/24, 10.0.3.20/24, 'fd00::20/64']",
    ),
  )
  t.deepEqual(
    problemsOf(servers).filter((line) => line.includes('family')),
    [
      '23:27  servers[1].address: fd00::20 and 10.0.3.20 are not of one family of addresses',
      '24:12  service.address: fd00::30 and 10.0.3.20 are not of one family of addresses',
    ],
  )
})

test('a sample datagram is of one family, and IPv6 addresses stand in brackets', (t) => {
  const sampled = (source: string, destination: string) =>
    changed(
      '        device: veth1@2\n',
      `        device: veth1@2\n        sample: { source: '${source}', destination: '${destination}' }\n`,
    )
  t.is(
    parse(sampled('[FD00:2::11]:40000', '[fd00:3::20]:7000')).paths[1]!.programs[0]!.sample!.source,
    '[fd00:2::11]:40000',
  )
  const wrong = (text: string) => problemsOf(text).map((line) => line.replace(/^\S+ +/, ''))
  t.deepEqual(wrong(sampled('[fd00:2::11]:40000', '10.0.3.20:7000')), [
    'paths.redirect.programs[0].sample: expected source and destination of one family of addresses, found {"source":"[fd00:2::11]:40000","destination":"10.0.3.20:7…',
  ])
  t.deepEqual(wrong(sampled('fd00:2::11:40000', '10.0.3.20:7000')), [
    'paths.redirect.programs[0].sample.source: expected an IP address and a port, as in 10.10.3.20:7000 or [fd00:3::20]:7000, found "fd00:2::11:40000"',
  ])
})
