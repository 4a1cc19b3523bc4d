import test from 'ava'
import { toText } from '../../src/page/escape.ts'
import type { PathRecord } from '../../src/record/record.ts'
import { orderedSegments, segmentsOf, switchNamespaces } from '../../src/report/drawing/segments.ts'
import { topologySvg } from '../../src/report/drawing/topology-svg.ts'
import { balancedRecord } from './balanced-record.ts'
import { pathIn, drawn, partsStayApart } from './drawn-path.ts'
import { readHtml } from './read-html.ts'

const { paths } = balancedRecord()
const pathNamed = pathIn(paths)

test('a namespace that holds bridges and their ports only is a switch, and has no box', (t) => {
  const path = pathNamed('dsr-tc-native')
  t.deepEqual([...switchNamespaces(path)], ['segments'])
  t.deepEqual(
    drawn(path).stations.map(({ namespace }) => namespace),
    ['curlybox01', 'lbdsr0a', 'router0a', 'backend0x', 'backend0y'],
  )
})

test('a namespace with a bridge that packets are handled in is a host', (t) => {
  const path = pathNamed('nat')
  const way = [...path.way, { through: 'stack' as const, namespace: 'segments' }]
  t.deepEqual([...switchNamespaces({ ...path, way })], [])
})

test('segments come in the order in which the client comes to them', (t) => {
  const segments = orderedSegments(segmentsOf(pathNamed('nat')).toReversed(), 'curlybox01')
  t.deepEqual(
    segments.map(({ name, devices }) => [name, devices.map(({ namespace }) => namespace)]),
    [
      ['net17', ['curlybox01', 'lbdsr0a', 'router0a']],
      ['net19', ['router0a', 'backend0x', 'backend0y']],
    ],
  )
})

test('hosts stand above and below the segments they are on', (t) => {
  const { stations, bars } = drawn(pathNamed('nat'))
  const [first, second] = bars.map(({ box }) => box.y)
  const placeOf = (y: number): string =>
    y < (first ?? 0) ? 'above' : y < (second ?? 0) ? 'between' : 'below'
  t.deepEqual(
    stations.map(({ namespace, box, part }) => [namespace, placeOf(box.y), part]),
    [
      ['curlybox01', 'above', 'client'],
      ['lbdsr0a', 'above', undefined],
      ['router0a', 'between', undefined],
      ['backend0x', 'below', 'server'],
      ['backend0y', 'below', 'server'],
    ],
  )
})

test('nothing overlaps within a host, and nothing leaves it', partsStayApart, paths)

test('a program at the port of a bridge is marked at the wire to it', (t) => {
  const { portPrograms, stations } = drawn(pathNamed('dsr-xdp-native'))
  const balancer = stations.find(({ namespace }) => namespace === 'lbdsr0a')
  const [device] = balancer?.devices ?? []
  t.deepEqual(
    portPrograms.map(({ program, hook, port, at }) => [program, hook, port, at.x]),
    [['nop_xdp', 'xdp/native', 'lbdsr0a-net17', (device?.box.x ?? 0) + (device?.box.width ?? 0) / 2]],
  )
  t.deepEqual(drawn(pathNamed('dsr-xdp')).portPrograms, [])
})

test('the drawing names hosts, segments, devices, addresses, programs and hooks', (t) => {
  const texts = readHtml(toText(topologySvg(drawn(pathNamed('dsr-tc-native')))))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text)
  for (const label of [
    ...['curlybox01', 'lbdsr0a', 'router0a', 'backend0x', 'backend0y', 'net17', 'net19'],
    ...['eth0', 'eth1', '172.17.0.4/24', '172.19.0.4/24'],
    ...['balance', 'xdp/native', 'note_flow', 'tc/ingress', 'restore_source', 'tc/egress', 'nop_xdp'],
  ])
    t.true(texts.includes(label), label)
})

test('hosts of a row stand side by side within the drawing, however many', (t) => {
  const path = pathNamed('dsr-tc')
  const copies = ['backend0z', 'client2']
  const linkOf = (namespace: string, bridge: string) => ({
    name: namespace,
    ends: [
      { namespace, device: 'eth0', addresses: ['172.19.0.9/24'] },
      { namespace: 'segments', device: namespace, addresses: [], bridge },
    ] as PathRecord['topology']['links'][number]['ends'],
  })
  const { stations, width } = drawn({
    ...path,
    topology: {
      ...path.topology,
      namespaces: [...path.topology.namespaces, ...copies],
      links: [...path.topology.links, linkOf('backend0z', 'net19'), linkOf('client2', 'net17')],
    },
  })
  t.is(stations.length, 7)
  for (const { box } of stations) {
    t.true(box.x >= 0 && box.x + box.width <= width)
    for (const { box: other } of stations)
      t.true(
        box === other ||
          box.x + box.width <= other.x ||
          other.x + other.width <= box.x ||
          box.y + box.height <= other.y ||
          other.y + other.height <= box.y,
      )
  }
})
