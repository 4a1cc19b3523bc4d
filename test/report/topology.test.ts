import test from 'ava'
import { toText } from '../../src/page/escape.ts'
import { topologyViews } from '../../src/report/drawing/layout.ts'
import { stationsOf } from '../../src/report/drawing/stations.ts'
import { topologySvg } from '../../src/report/drawing/topology-svg.ts'
import { pathStyles } from '../../src/report/view/path-style.ts'
import { pathIn, drawn, partsStayApart } from './drawn-path.ts'
import { readHtml } from './read-html.ts'
import { sampleRecord } from './sample-record.ts'

const { paths } = sampleRecord()
const pathNamed = pathIn(paths)

test('namespaces stand in the order of the way, devices at the edge towards their peer', (t) => {
  t.deepEqual(
    stationsOf(pathNamed('stack')).map(({ namespace, part, upper, lower }) => [
      namespace,
      part,
      upper.map(({ device }) => device),
      lower.map(({ device }) => device),
    ]),
    [
      ['netns-1', 'client', [], ['veth1@1']],
      ['netns-2', undefined, ['veth1@2'], ['veth2@1']],
      ['netns-3', 'server', ['veth2@2'], []],
    ],
  )
})

test('redirect has its program in netns-2 and leaves its stack out', (t) => {
  const [, router] = stationsOf(pathNamed('redirect'))
  t.false(router?.passesStack)
  t.deepEqual(
    router?.programs.map(({ program, hook }) => [program, hook]),
    [['redirect_ingress', 'tc/ingress']],
  )
  t.true(stationsOf(pathNamed('stack'))[1]?.passesStack)
})

test('nothing overlaps within a namespace, and nothing leaves it', partsStayApart, paths)

test('the way goes through every step, with an arrow at every link', (t) => {
  t.is(drawn(pathNamed('stack')).ways[0]?.arrows.length, 2)
  t.is(drawn(pathNamed('floor')).ways[0]?.arrows.length, 1)
  t.is(
    drawn(pathNamed('redirect')).inWords,
    'Topology of redirect. A packet goes through: network stack (netns-1), veth1@1 (netns-1), veth1@2 (netns-2), program redirect_ingress at tc/ingress of veth1@2 (netns-2), veth2@1 (netns-2), veth2@2 (netns-3), network stack (netns-3).',
  )
})

test('a link past a namespace goes round it', (t) => {
  const redirect = pathNamed('redirect')
  const view = drawn({
    ...redirect,
    topology: {
      ...redirect.topology,
      links: [
        ...redirect.topology.links,
        {
          name: 'back',
          ends: [
            { namespace: 'netns-3', device: 'back@3', addresses: [] },
            { namespace: 'netns-1', device: 'back@1', addresses: [] },
          ],
        },
      ],
    },
  })
  const inner = Math.max(...view.stations.map(({ box }) => box.x + box.width))
  t.true(view.width > inner)
  t.true(view.links.some((link) => link.includes(`H${inner + 8}`)))
})

test('a device without a link, such as a bridge, is drawn where the way goes', (t) => {
  const stack = pathNamed('stack')
  const way = stack.way.map((step) =>
    step.through === 'stack' && step.namespace === 'netns-2'
      ? { through: 'device' as const, namespace: 'netns-2', device: 'bridge0' }
      : step,
  )
  const [, router] = drawn({ ...stack, way }).stations
  t.true(router?.devices.some(({ device }) => device === 'bridge0'))
  t.false(router?.passesStack)
})

test('a path that never got a topology is not drawn', (t) => {
  const path = { ...pathNamed('redirect'), topology: { namespaces: [], links: [] } }
  t.deepEqual(topologyViews([path], pathStyles([path])), [])
})

test('the drawing names every device, address and program', (t) => {
  const texts = readHtml(toText(topologySvg(drawn(pathNamed('redirect')))))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text)
  for (const label of [
    'netns-2',
    'veth1@2',
    '10.10.2.10/24',
    '10.10.3.20/24',
    'redirect_ingress',
    'tc/ingress',
  ])
    t.true(texts.includes(label), label)
})

test('a link that is no veth pair has its kind below the addresses at both ends', (t) => {
  const path = pathNamed('redirect')
  const [first, ...others] = path.topology.links
  const links = [{ ...first!, kind: 'netkit' }, ...others]
  const svg = readHtml(toText(topologySvg(drawn({ ...path, topology: { ...path.topology, links } }))))
  const texts = svg.filter(({ name }) => name === 'text').map(({ text }) => text)
  t.deepEqual(
    texts.flatMap((text, index) => (text === 'netkit' ? [texts[index - 1]] : [])),
    ['10.10.2.11/24', '10.10.2.10/24'],
  )
})
