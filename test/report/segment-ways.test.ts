import test from 'ava'
import { fitText } from '../../src/page/fit-text.ts'
import { lanesFor } from '../../src/report/drawing/lanes.ts'
import { balancedRecord } from './balanced-record.ts'
import { pathIn, drawn } from './drawn-path.ts'
import { sampleRecord } from './sample-record.ts'

const { paths } = balancedRecord()
const pathNamed = pathIn(paths)

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

test('both ways are told in words and in a table', (t) => {
  const { inWords: finding, table } = drawn(pathNamed('dsr-tc'))
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
