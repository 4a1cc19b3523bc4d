import test from 'ava'
import { changed, parse } from '../scenario/example.ts'
import { planLinks } from '../../src/topology/plan-links.ts'

/** How links are made that stand beside those of the example. */
function planOf(...links: readonly string[]) {
  const text = links.map((link, index) => `    own-${index}: ${link}\n`).join('')
  const { topology } = parse(changed('    veth2:\n', `${text}    veth2:\n`)).paths[0]!
  return planLinks(topology, (namespace) => `x.${namespace}`)
}

test('pairs are made outside of all namespaces, devices by themselves inside of theirs after them', (t) => {
  const { outside, inside } = planOf(
    '{ kind: vxlan, id: 7, local: 10.0.2.11, remote: 10.0.2.10, parent: veth1@1, ends: [{ namespace: netns-1, device: vx0, mtu: 1450 }] }',
  )
  t.deepEqual(
    outside.map((line) => line.split(' ')[5]),
    ['veth1@1', 'veth2@1'],
  )
  t.deepEqual(inside, [
    {
      namespace: 'netns-1',
      file: 'x.netns-1',
      links: ['own-0'],
      lines: [
        'link add name vx0 mtu 1450 netns x.netns-1 type vxlan id 7 local 10.0.2.11 remote 10.0.2.10 dev veth1@1 dstport 4789',
      ],
    },
  ])
})

test('a device whose MTU is too small for IPv6 gets no setting of IPv6', (t) => {
  const linesWith = (mtu: number) =>
    planOf(
      '{ kind: macvlan, parent: netns-1/lower, ends: [{ namespace: netns-3, device: upper }] }',
      `{ kind: macvlan, parent: veth1@1, ends: [{ namespace: netns-1, device: lower, mtu: ${mtu} }] }`,
    ).inside.flatMap(({ lines }) => lines.filter((line) => line.includes('lower addrgenmode')))
  t.deepEqual([linesWith(1280).length, linesWith(1279)], [1, []])
})

test('a device is made after the one that it stands on, which is up by then if it is in another namespace', (t) => {
  const { inside } = planOf(
    '{ kind: macvlan, parent: netns-1/lower, ends: [{ namespace: netns-3, device: upper }] }',
    '{ kind: macvlan, parent: veth1@1, ends: [{ namespace: netns-1, device: lower }] }',
    '{ kind: vxlan, external: true, ends: [{ namespace: netns-3, device: vx0 }] }',
  )
  t.deepEqual(
    inside.map(({ namespace, links, lines }) => ({ namespace, links, lines })),
    [
      {
        namespace: 'netns-3',
        links: ['own-2'],
        lines: ['link add name vx0 netns x.netns-3 type vxlan external dstport 4789'],
      },
      {
        namespace: 'netns-1',
        links: ['own-1', 'own-0'],
        lines: [
          'link add link veth1@1 name lower netns x.netns-1 type macvlan mode bridge',
          'link set dev lower addrgenmode none',
          'link set dev lower up',
          'link add link lower name upper netns x.netns-3 type macvlan mode bridge',
        ],
      },
    ],
  )
})
