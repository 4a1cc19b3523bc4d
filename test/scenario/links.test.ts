import test from 'ava'
import { linkKinds } from '../../src/parts/links/links.ts'
import { changed, exampleText, parse, problemsOf } from './example.ts'

const kindNames = linkKinds.map(({ name }) => name).join(', ')

const short = `    veth1:
      - { namespace: netns-1, device: veth1@1, addresses: [10.0.2.11/24] }
      - { namespace: netns-2, device: veth1@2, addresses: [10.0.2.10/24] }
`
const long = `    veth1:
      kind: veth
      ends:
        - { namespace: netns-1, device: veth1@1, addresses: [10.0.2.11/24] }
        - { namespace: netns-2, device: veth1@2, addresses: [10.0.2.10/24] }
`
const longText = changed(short, long)

/** The link veth1 of the baseline, changed, and what is wrong with it. */
const withChange = (change: string, text: string) =>
  changed('title: forwarding\n', `title: forwarding\n    topology: { links: { veth1: ${change} } }\n`, text)
const veth1 = (text: string) => parse(text).paths[0]!.topology.links.veth1

test('a list of two ends is a veth pair, and the same as an object that says so', (t) => {
  t.is(parse(exampleText).paths[0]?.topology.links.veth1?.kind, 'veth')
  t.deepEqual(parse(longText).paths, parse(exampleText).paths)
})

const isWrong = test.macro({
  title: (what) => `a link as an object: ${what} is told with its line, its path and what was expected`,
  exec: (t, from: string, to: string, ...problems: readonly string[]) => {
    t.deepEqual(problemsOf(changed(from, to, longText)), problems)
  },
})

test(
  'a kind that there is not',
  isWrong,
  'kind: veth',
  'kind: vteh',
  `15:7  topology.links.veth1.kind: expected a kind of link: ${kindNames}, found "vteh"`,
)
test(
  'a missing kind',
  isWrong,
  '      kind: veth\n',
  '',
  `14:5  topology.links.veth1.kind: expected a kind of link: ${kindNames}, found nothing`,
)
test('missing ends', isWrong, long, '    veth1: { kind: veth }\n', '14:5  topology.links.veth1.ends: missing')
test(
  'an unknown key',
  isWrong,
  'kind: veth',
  'kind: veth\n      end: 5',
  '16:7  topology.links.veth1.end: unknown key "end"; did you mean "ends"?',
)
test(
  'wrong keys and values of an end, all at once',
  isWrong,
  'device: veth1@1, addresses: [10.0.2.11/24]',
  'device: lo, addresses: [10.0.2.11], mak: 1',
  '17:33  topology.links.veth1.ends[0].device: expected a device name other than this, found "lo"',
  '17:57  topology.links.veth1.ends[0].addresses[0]: expected an IP address with its prefix length, as in 10.10.2.11/24, found "10.0.2.11"',
  '17:69  topology.links.veth1.ends[0].mak: unknown key "mak"; did you mean "mac"?',
)
test(
  'an address that stands twice',
  isWrong,
  '[10.0.2.11/24]',
  '[10.0.2.11/24, 10.0.2.11/24]',
  '17:76  topology.links.veth1.ends[0].addresses[1]: a second 10.0.2.11/24 on one device',
)
test(
  'an IPv6 address on a device whose MTU is too small for it',
  isWrong,
  'addresses: [10.0.2.11/24]',
  "addresses: [10.0.2.11/24, 'fd00::1/64'], mtu: 1279",
  '17:91  topology.links.veth1.ends[0].mtu: expected 1280 bytes at least, as the device has an IPv6 address, found 1279',
)
test('a value of another type and a wrong one, in a list of ends, are both told', (t) => {
  t.deepEqual(
    problemsOf(changed('device: veth1@1, addresses: [10.0.2.11/24]', 'device: 5, addresses: [x]')),
    [
      '15:31  topology.links.veth1[0].device: expected string, found 5',
      '15:54  topology.links.veth1[0].addresses[0]: expected an IP address with its prefix length, as in 10.10.2.11/24, found "x"',
    ],
  )
})

const otherEnds =
  '[{ namespace: netns-1, device: veth1@1, addresses: [10.0.2.12/24] }, { namespace: netns-2, device: veth1@2, addresses: [10.0.2.10/24] }]'

for (const [form, text] of [
  ['a list of ends', exampleText],
  ['an object', longText],
] as const) {
  const ends = veth1(text)!.ends

  test(`a path can take away, by null, a link that is ${form}`, (t) => {
    t.deepEqual(Object.keys(parse(text).paths[3]!.topology.links), ['veth2'])
  })

  for (const change of [otherEnds, `{ kind: veth, ends: ${otherEnds} }`, `{ ends: ${otherEnds} }`])
    test(`a path can change a link that is ${form} by ${change.replace(otherEnds, '[…]')}`, (t) => {
      const link = veth1(withChange(change, text))
      t.deepEqual(Object.keys(link ?? {}).toSorted(), ['ends', 'kind'])
      t.is(link?.kind, 'veth')
      t.deepEqual(
        link?.ends.map(({ device, addresses }) => [device, ...addresses]),
        [
          ['veth1@1', '10.0.2.12/24'],
          ['veth1@2', '10.0.2.10/24'],
        ],
      )
    })

  test(`a path can name the kind of a link that is ${form} alone, and it keeps its ends`, (t) => {
    t.deepEqual(veth1(withChange('{ kind: veth }', text)), { kind: 'veth', ends })
    t.deepEqual(
      problemsOf(withChange('{ kind: vteh }', text)).map((line) => line.replace(/^\S+ +/, '')),
      [`paths.stack.topology.links.veth1.kind: expected a kind of link: ${kindNames}, found "vteh"`],
    )
  })

  test(`what is wrong with a change to a link that is ${form} is told as it is written`, (t) => {
    const wrong = otherEnds.replace('netns-2', 'nets-2')
    const placesOf = (change: string) =>
      problemsOf(withChange(change, text))
        .filter((line) => line.includes('nets-2'))
        .map((line) => line.replace(/^\S+ +/, ''))
    t.deepEqual(placesOf(wrong), [
      'paths.stack.topology.links.veth1[1].namespace: no namespace "nets-2"; did you mean "netns-2"?',
    ])
    t.deepEqual(placesOf(`{ ends: ${wrong} }`), [
      'paths.stack.topology.links.veth1.ends[1].namespace: no namespace "nets-2"; did you mean "netns-2"?',
    ])
  })
}

test('what a change breaks in a link that the path does not change is told as the link is written', (t) => {
  const withoutRouter = (text: string) =>
    problemsOf(changed('        veth1: null\n', '', text))
      .filter((line) => line.includes('no namespace'))
      .map((line) => line.replace(/^\S+ +/, ''))
  t.deepEqual(withoutRouter(exampleText), [
    'paths.floor.topology.links.veth1[1].namespace: no namespace "netns-2"; did you mean "netns-1"?',
  ])
  t.deepEqual(withoutRouter(longText), [
    'paths.floor.topology.links.veth1.ends[1].namespace: no namespace "netns-2"; did you mean "netns-1"?',
  ])
})

const withLinks = (...links: readonly string[]) =>
  changed('    veth2:\n', `${links.map((link, index) => `    own-${index}: ${link}\n`).join('')}    veth2:\n`)
const end = '{ namespace: netns-1, device: own0 }'

test('a device by itself is a link with one end, and stands on a device of its namespace or of another', (t) => {
  const { links } = parse(
    withLinks(
      `{ kind: macvlan, parent: veth1@1, ends: [${end}] }`,
      '{ kind: macvlan, parent: netns-1/own0, mode: vepa, ends: [{ namespace: netns-3, device: own0 }] }',
    ),
  ).paths[0]!.topology
  t.like(links['own-0'], { kind: 'macvlan', parent: 'veth1@1', mode: 'bridge' })
  t.is(links['own-0']?.ends.length, 1)
  t.like(links['own-1'], { parent: 'netns-1/own0', mode: 'vepa' })
})

test('what a device stands on has to be there, and not to stand on it', (t) => {
  t.deepEqual(
    problemsOf(
      withLinks(
        `{ kind: macvlan, parent: veth1@2, ends: [${end}] }`,
        '{ kind: macvlan, parent: nets-1/veth1@1, ends: [{ namespace: netns-1, device: own1 }] }',
        '{ kind: macvlan, parent: own3, ends: [{ namespace: netns-1, device: own2 }] }',
        '{ kind: macvlan, parent: own2, ends: [{ namespace: netns-1, device: own3 }] }',
      ),
    ).map((line) => line.replace(/^\S+ +/, '')),
    [
      'topology.links.own-0.parent: no device "veth1@2" in netns-1; did you mean "veth1@1"?',
      'topology.links.own-1.parent: no namespace "nets-1"; did you mean "netns-1"?',
      'topology.links.own-2.parent: own3 stands on this link itself',
      'topology.links.own-3.parent: own2 stands on this link itself',
    ],
  )
})

test('a device by itself has one end, and its parent is a device', (t) => {
  t.deepEqual(
    problemsOf(withLinks(`{ kind: macvlan, parent: a/b/c, ends: [${end}, ${end}] }`)).map((line) =>
      line.replace(/^\S+ +(.{60}).*/, '$1'),
    ),
    [
      'topology.links.own-0.parent: expected a device, as in eth0, ',
      'topology.links.own-0.ends: expected one end, found [{"namesp',
    ],
  )
})

test('a vxlan has its number or gets one with every packet, and sends from an address of its namespace', (t) => {
  const vxlan = (keys: string, device: string) =>
    `{ kind: vxlan, ${keys}, ends: [{ namespace: netns-1, device: ${device} }] }`
  t.deepEqual(
    problemsOf(
      withLinks(
        vxlan('local: 10.0.2.12', 'own0'),
        vxlan('external: true, id: 5, remote: 10.0.2.10', 'own1'),
        vxlan('id: 5, local: 10.0.2.11, remote: 2001:db8::1', 'own2'),
      ),
    ).map((line) => line.replace(/^\S+ +/, '')),
    [
      'topology.links.own-0.id: missing, as it is not "external"',
      'topology.links.own-0.local: 10.0.2.12 is not an address of netns-1 (there: 10.0.2.11)',
      'topology.links.own-1.id: comes with every packet where the link is "external"',
      'topology.links.own-1.remote: comes with every packet where the link is "external"',
      'topology.links.own-2.remote: 10.0.2.11 and 2001:db8::1 are not of one family of addresses',
    ],
  )
})

test('a path can set the MTU of a device, and numbers that no device takes are told', (t) => {
  const first = 'device: veth1@1, addresses: [10.0.2.11/24]'
  t.is(parse(changed(first, `${first}, mtu: 9000`)).paths[0]?.topology.links.veth1?.ends[0].mtu, 9000)
  t.deepEqual(
    problemsOf(changed(first, `${first}, mtu: 9, queues: { tx: 0 }, rps: [2000]`)).map((line) =>
      line.replace(/^\S+ +/, ''),
    ),
    [
      'topology.links.veth1[0].mtu: expected an MTU, 68 to 65535 bytes, found 9',
      'topology.links.veth1[0].queues.tx: expected 1 to 256 queues, found 0',
      'topology.links.veth1[0].rps[0]: expected a CPU, 0 to 1023, found 2000',
    ],
  )
})
