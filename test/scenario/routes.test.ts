import test from 'ava'
import { changed, parse, problemsOf } from './example.ts'

const routes = (...texts: readonly string[]) =>
  changed('[{ to: default, via: 10.0.2.10 }]', `[${texts.map((text) => `{ ${text} }`).join(', ')}]`)

for (const [what, ...texts] of [
  [
    'on link by a route, as Calico has it',
    'to: 169.254.1.1/32, device: veth1@1',
    'to: default, via: 169.254.1.1',
  ],
  [
    'on link by a route over its device',
    'to: 169.254.1.1/32, device: veth1@1',
    'to: default, via: 169.254.1.1, device: veth1@1',
  ],
  [
    'reached by a default route without a gateway',
    'to: default, device: veth1@1',
    'to: 10.7.0.0/16, via: 10.99.0.1',
  ],
  ['a link-local one with its device', 'to: "fd01::/64", via: "fe80::5", device: veth1@1'],
] as const)
  test(`a gateway may be ${what}`, (t) => {
    t.notThrows(() => parse(routes(...texts)))
  })

for (const [what, expected, ...texts] of [
  [
    'a gateway whose route comes later',
    'via: 169.254.1.1 is not on a link of netns-1',
    'to: default, via: 169.254.1.1',
    'to: 169.254.1.1/32, device: veth1@1',
  ],
  [
    "a network's last address as gateway",
    'via: 10.0.2.255 is not on a link of netns-1',
    'to: default, via: 10.0.2.255',
  ],
  [
    'bits beyond the prefix',
    'to: expected a network, and 10.7.0.1/16 has bits beyond its prefix',
    'to: 10.7.0.1/16, via: 10.0.2.10',
  ],
  [
    'a route that an address made',
    'to: a second route to 10.0.2.0/24: 10.0.2.11 on veth1@1 made the first',
    'to: 10.0.2.0/24, via: 10.0.2.10',
  ],
  [
    'a link-local gateway without a device',
    'via: fe80::5 needs "device": it is on any link',
    'to: "fd01::/64", via: "fe80::5"',
  ],
] as const)
  test(`${what} is refused, as the kernel would`, (t) => {
    t.true(
      problemsOf(routes(...texts))[0]!.includes(`routes[0].${expected}`),
      problemsOf(routes(...texts)).join('\n'),
    )
  })

test('a second route to a network, and a second address of a device, are told', (t) => {
  t.regex(
    problemsOf(routes('to: default, via: 10.0.2.10', 'to: 0.0.0.0/0, via: 10.0.2.12'))[0]!,
    /routes\[1\].to: a second route to 0.0.0.0\/0/,
  )
  t.regex(
    problemsOf(changed('[10.0.2.11/24]', '[10.0.2.11/24, 10.0.2.11/24]'))[0]!,
    /addresses\[1\]: a second 10\.0\.2\.11\/24 on one device/,
  )
})
