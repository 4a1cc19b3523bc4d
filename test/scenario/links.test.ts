import test from 'ava'
import { changed, exampleText, parse, problemsOf } from './example.ts'

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
  '15:7  topology.links.veth1.kind: expected a kind of link: veth, found "vteh"',
)
test(
  'a missing kind',
  isWrong,
  '      kind: veth\n',
  '',
  '14:5  topology.links.veth1.kind: expected a kind of link: veth, found nothing',
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
      ['paths.stack.topology.links.veth1.kind: expected a kind of link: veth, found "vteh"'],
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
