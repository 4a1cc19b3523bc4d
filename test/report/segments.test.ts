import test from 'ava'

import { topologyViews, type TopologyView } from '../../src/report/drawing/layout.ts'
import { lanesFor } from '../../src/report/drawing/lanes.ts'
import { orderedSegments, segmentsOf, switchNamespaces } from '../../src/report/drawing/segments.ts'
import { topologySvg } from '../../src/report/drawing/topology-svg.ts'
import { toText } from '../../src/page/escape.ts'
import { fitText, wrapName } from '../../src/page/fit-text.ts'
import { pathStyles } from '../../src/report/view/path-style.ts'
import type { PathRecord } from '../../src/record/record.ts'
import { balancedRecord } from './balanced-record.ts'
import { readHtml } from './read-html.ts'
import { sampleRecord } from './sample-record.ts'

const { paths } = balancedRecord()
const pathNamed = (name: string): PathRecord => {
  const path = paths.find((each) => each.name === name)
  if (!path) throw new Error(`No path ${name}`)
  return path
}

const drawn = (path: PathRecord): TopologyView => {
  const [view] = topologyViews([path], pathStyles([path]))
  if (!view) throw new Error('Nothing was drawn')
  return view
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The corners of a line of M, H and V. */
const cornersOf = (line: string): Point[] => {
  let at = { x: 0, y: 0 }
  return Array.from(line.matchAll(/([MHV])([-\d.]+)(?: ([-\d.]+))?/g), ([, command, first, second]) => {
    if (command === 'M') at = { x: Number(first), y: Number(second) }
    else at = command === 'H' ? { ...at, x: Number(first) } : { ...at, y: Number(first) }
    return at
  })
}

/** Whether a line runs through a box, edges aside. */
const crosses = (line: string, box: { x: number; y: number; width: number; height: number }): boolean =>
  cornersOf(line).some((to, index, corners) => {
    const from = corners[index - 1] ?? to
    return (
      Math.max(from.x, to.x) > box.x &&
      Math.min(from.x, to.x) < box.x + box.width &&
      Math.max(from.y, to.y) > box.y &&
      Math.min(from.y, to.y) < box.y + box.height
    )
  })

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

test('a way runs through all it goes through, and beside all that it does not', (t) => {
  for (const path of paths) {
    const { stations, ways } = drawn(path)
    const [request, reply] = ['request', 'reply'].map((direction) =>
      ways.find((way) => way.direction === direction && !way.isLikewise),
    )
    const steps = [
      { line: request?.line, way: path.way },
      { line: reply?.line, way: path.returnWay ?? [] },
    ]
    for (const { line, way } of steps)
      for (const station of line === undefined ? [] : stations) {
        const own = way.filter(({ namespace }) => namespace === station.namespace)
        for (const { program, box } of station.programs)
          t.is(
            crosses(line ?? '', box),
            own.some((step) => step.through === 'program' && step.program === program),
            `${path.name} ${program}`,
          )
        for (const { device, box } of station.devices)
          t.is(
            crosses(line ?? '', box),
            own.some((step) => step.through === 'device' && step.device === device),
            `${path.name} ${device}`,
          )
        t.is(
          crosses(line ?? '', station.stack),
          own.some((step) => step.through === 'stack'),
          `${path.name} ${station.namespace}`,
        )
      }
  }
})

test('a reply with a way of its own is drawn, and the other server’s share of both ways', (t) => {
  const kindsOf = (name: string): [string, boolean][] =>
    drawn(pathNamed(name)).ways.map(({ direction, isLikewise }) => [direction, isLikewise])
  t.deepEqual(kindsOf('nat'), [
    ['request', true],
    ['request', false],
  ])
  t.deepEqual(kindsOf('dsr-tc'), [
    ['request', true],
    ['reply', true],
    ['request', false],
    ['reply', false],
  ])
})

test('a server that runs other programs is not taken for one alike', (t) => {
  const path = pathNamed('dsr-tc')
  const programs = path.programs.filter(({ namespace }) => namespace !== 'backend0y')
  t.false(drawn({ ...path, programs }).ways.some(({ isLikewise }) => isLikewise))
})

test('an arrow points to every host that a way comes to', (t) => {
  const { ways } = drawn(pathNamed('dsr-tc'))
  t.deepEqual(
    ways.map(({ direction, isLikewise, arrows }) => [
      direction,
      isLikewise,
      arrows.map(({ isDown }) => isDown),
    ]),
    [
      ['request', true, [true]],
      ['reply', true, []],
      ['request', false, [false, true, true]],
      ['reply', false, [false, false]],
    ],
  )
})

test('no line runs over the name of a host or of a segment', (t) => {
  for (const path of paths) {
    const { stations, bars, links, ways } = drawn(path)
    const lines = [...ways.map(({ line }) => line), ...links]
    const names = [
      ...stations.map(({ namespace, box, title }) => ({
        x: box.x + 10,
        y: title.y - 9,
        width: fitText(namespace, title.width, 7.4).length * 7.4,
        height: 9,
      })),
      ...bars.map(({ name, label, labelWidth }) => {
        const width = fitText(name, labelWidth, 7).length * 7
        return { x: label.x - width / 2, y: label.y - 9, width, height: 9 }
      }),
    ]
    for (const name of names) for (const line of lines) t.false(crosses(line, name), path.name)
  }
})

test('nothing overlaps within a host, and nothing leaves it', (t) => {
  for (const path of paths)
    for (const { box, devices, programs, stack } of drawn(path).stations) {
      const parts = [...devices.map((each) => each.box), ...programs.map((each) => each.box), stack]
      for (const part of parts) {
        t.true(part.x >= box.x && part.x + part.width <= box.x + box.width)
        t.true(part.y >= box.y && part.y + part.height <= box.y + box.height)
        for (const other of parts)
          t.true(part === other || part.y + part.height <= other.y || other.y + other.height <= part.y)
      }
    }
})

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

test('both ways are told in words and in a table', (t) => {
  const { finding, table } = drawn(pathNamed('dsr-tc'))
  t.true(
    finding.includes(
      'The reply goes through: network stack (backend0x), program restore_source at tc/egress of eth0 (backend0x), eth0 (backend0x)',
    ),
  )
  t.deepEqual(table.rows[2], ['request', '3', 'lbdsr0a', 'eth0', '172.17.0.2/24'])
  t.is(table.rows.filter(([direction]) => direction === 'reply').length, 8)
})

test('hosts linked without a bridge show a reply that goes another way', (t) => {
  const redirect = sampleRecord().paths.find(({ name }) => name === 'redirect')
  if (!redirect) return t.fail()
  const returnWay = redirect.way
    .toReversed()
    .map((step) =>
      step.through === 'program' ? { through: 'stack' as const, namespace: step.namespace } : step,
    )
  const { ways, bars, stations } = drawn({ ...redirect, returnWay })
  t.deepEqual(
    ways.map(({ direction }) => direction),
    ['request', 'reply'],
  )
  t.deepEqual(bars, [])
  t.is(stations.length, 3)
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

test('a way between hosts that are on no common segment is not drawn', (t) => {
  const path = pathNamed('nat')
  const way = path.way.filter((step) => step.through === 'stack')
  t.deepEqual(drawn({ ...path, way }).ways, [])
})

test('lines along a segment share a lane where they do not meet', (t) => {
  t.deepEqual(
    lanesFor([
      [0, 100],
      [120, 200],
      [50, 150],
    ]),
    { lanes: [0, 0, 1], count: 2 },
  )
  t.deepEqual(lanesFor([]), { lanes: [], count: 0 })
})

test('a name that is too long for one line is parted after an underscore', (t) => {
  t.deepEqual(wrapName('restore_source', 100, 7), ['restore_source'])
  t.deepEqual(wrapName('restore_destination', 100, 7), ['restore_', 'destination'])
  t.deepEqual(wrapName('averylongnamewithout', 100, 7), ['averylongname…'])
})
