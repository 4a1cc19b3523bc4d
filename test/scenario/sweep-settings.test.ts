import { readFileSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { changedSource } from '../../src/scenario/changes/change.ts'
import { parseAxis, parseAxisValues } from '../../src/scenario/changes/axis.ts'
import { axesOf, pointsOf, settingsOf } from '../../src/scenario/changes/points.ts'
import { sourceOfFamily } from '../../src/scenario/changes/family.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { parseScenario } from '../../src/scenario/load.ts'
import { exampleText } from './example.ts'

const file = new URL('../../scenarios/example.yaml', import.meta.url).pathname

const scenarioWith = (set: readonly string[], source = exampleText) =>
  parseScenario(changedSource(source, { set: [...set] }), file, '--set')

const refusal = (t: ExecutionContext, work: () => unknown): string => {
  const error = t.throws(work, { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  return `${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`
}

test('values of a sweep are a list, or a range of equal multiples', (t) => {
  t.deepEqual(parseAxis('payload=64,512,1472'), { name: 'payload', values: [64, 512, 1472] })
  t.deepEqual(parseAxis('rate=10k..1M/3').values, [10_000, 100_000, 1_000_000])
  t.deepEqual(parseAxis('rules=0..100/5').values, [0, 25, 50, 75, 100])
  t.deepEqual(parseAxis('mode=fast, slow').values, ['fast', 'slow'])
  t.is(parseAxis('loss=0.5,1').values[0], 0.5)
  t.is(parseAxisValues('1..1000', 'x').length, 5)
  t.deepEqual(parseAxis('loss=0.5..2/3').values, [0.5, 1, 2])
})

test('mistakes of a matrix are told with their lines, as those of the rest', (t) => {
  const text = `${exampleText}matrix:\n  payloads: [64, 128]\n  rate: 9..1/3\n`
  const { details = '' } = t.throws<BenchError>(() => parseScenario(text, file))
  t.regex(details, /\d+:\d+ +matrix\.payloads: no parameter or setting "payloads"; did you mean "payload"\?/)
  t.regex(details, /\d+:\d+ +matrix\.rate: expected a range of numbers FROM\.\.TO\/COUNT/)
})

test('words that make no values are refused, each with an example', (t) => {
  for (const text of [
    'payload',
    'payload=',
    '=1',
    'payload=1,,2',
    'payload=1,1',
    'rate=9..1',
    'rate=a..b',
    'rate=1..9/1',
  ])
    t.regex(
      refusal(t, () => parseAxis(text)),
      /as in payload=64,512,1472 or rate=10k\.\.500k\/6$/,
      text,
    )
  t.regex(
    refusal(t, () => parseAxis('rate=1..900/900')),
    /at most 100 values/,
  )
})

test('points are all combinations, the last setting changing soonest', (t) => {
  const points = pointsOf(axesOf({}, ['a=1,2', 'b=x,y']))
  t.deepEqual(points.map(settingsOf), [
    ['a=1', 'b=x'],
    ['a=1', 'b=y'],
    ['a=2', 'b=x'],
    ['a=2', 'b=y'],
  ])
  t.regex(
    refusal(t, () => pointsOf(axesOf({}, ['a=1..99/99', 'b=1..99/99']))),
    /1000 are the most/,
  )
})

test('the command line says more than the matrix of the scenario, and each setting once', (t) => {
  t.deepEqual(axesOf({ rules: [0, 10], rate: '10k..20k/2' }, ['rules=5,6']), [
    { name: 'rate', values: [10_000, 20_000] },
    { name: 'rules', values: [5, 6] },
  ])
  t.regex(
    refusal(t, () => axesOf({}, ['a=1,2', 'a=3,4'])),
    /--sweep a twice/,
  )
})

test('settings that every scenario has go where they belong', (t) => {
  const { client, load, paths } = scenarioWith([
    'payload=512',
    'rate=2k',
    'flows=16',
    'routes=100',
    'rules=7',
  ])
  t.is(client.flows, 16)
  t.like(load[1], { kind: 'paced', payloadBytes: 512, ratePps: 2000 })
  for (const { topology } of paths.filter(({ role }) => role !== 'floor')) {
    t.deepEqual(topology.namespaces['netns-2']?.background, { routes: 100, rules: 7 })
    t.is(topology.namespaces['netns-1']?.background, undefined)
  }
})

test('a background that packets of IPv6 would not meet is refused', (t) => {
  const text = readFileSync(findScenario('redirect-vs-stack'), 'utf8')
  const source = (set: string) => changedSource(text, { set: [set] })
  const over6 = (set: string) =>
    parseScenario(sourceOfFamily(parseScenario(source(set), file), 6), file, '--family')
  t.is(over6('payload=512').family, 6)
  const error = t.throws(() => over6('rules=10'), { instanceOf: BenchError })
  t.regex(`${error.details}`, /namespaces\.netns-2\.background: routes and rules of a background are of IPv4/)
})

test('an MTU is that of every end of every link', (t) => {
  const long = exampleText
    .replace('veth2:\n', 'veth2:\n      kind: veth\n      ends:\n')
    .replace(
      '      - { namespace: netns-2, device: veth2@1',
      '        - { namespace: netns-2, device: veth2@1',
    )
    .replace(
      '      - { namespace: netns-3, device: veth2@2',
      '        - { namespace: netns-3, device: veth2@2',
    )
  const { topology } = scenarioWith(['mtu=9000'], long).paths[0]!
  t.deepEqual(
    Object.values(topology.links).flatMap(({ ends }) => ends.map(({ mtu }) => mtu)),
    [9000, 9000, 9000, 9000],
  )
})

test('a parameter of the scenario is set by its name, and goes before what every scenario has', (t) => {
  const source = exampleText
    .replace('load:', 'parameters: { packets: 300, flows: 2 }\nload:')
    .replace('packets: 200', 'packets: "${packets}"')
  t.like(scenarioWith(['packets=120', 'flows=9'], source), {
    client: { flows: 1 },
    load: { 1: { packets: 120 } },
  })
})

test('a setting that is not there, has nothing to go to, or is out of bounds is refused', (t) => {
  t.regex(
    refusal(t, () => scenarioWith(['ruels=1'])),
    /"ruels"; did you mean "rules"\?; there are: payload/,
  )
  t.regex(
    refusal(t, () => scenarioWith(['connections=2'])),
    /Could not set connections: the scenario has nothing that it is for/,
  )
  t.regex(
    refusal(t, () => scenarioWith(['rules'])),
    /as in --set rules=100/,
  )
  const error = t.throws(() => scenarioWith(['flows=9999']), { instanceOf: BenchError })
  t.regex(`${error.message}${error.details}`, /--set[^]*1 to 1024 flows/)
})
