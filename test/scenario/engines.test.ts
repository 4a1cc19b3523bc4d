import test from 'ava'
import { engineObstacle, enginesOf } from '../../src/scenario/engines.ts'
import { changedSource } from '../../src/scenario/changes/change.ts'
import { changed, exampleText, parse, problemsOf } from './example.ts'

const by = (engine: string, text = exampleText) => parse(changedSource(text, { engine } as never))

test('a scenario whose floods are sent by another engine than sockets has a name of its own', (t) => {
  t.is(parse(exampleText).name, 'example')
  t.is(by('socket').name, 'example')
  t.is(by('gso').name, 'example-gso')
  t.is(by('gso', exampleText.replace('name: example', 'name: my-gso')).name, 'my-gso')
  t.deepEqual(
    enginesOf(by('packet').load).map(({ name }) => name),
    ['packet'],
  )
})

test('trials of an engine that is much faster have more packets, so that they last as long', (t) => {
  const packets = (engine: string, text?: string) =>
    by(engine, text).load.flatMap((one) => ('packets' in one ? [one.packets] : []))[0]
  t.is(packets('packet'), 800)
  t.is(packets('gso'), 12_800)
  t.is(packets('gso', changed('kind: flood', 'kind: flood, packets: 900000')), 1_000_000)
  t.is(packets('gso', changed('kind: flood', 'kind: flood, engine: gso, packets: 100')), 100)
})

test('what an engine needs of the kernel, its paths need', (t) => {
  for (const [engine, need] of [
    ['gso', 'udp-gso'],
    ['packet', 'packet-ring'],
    ['xdp', 'xdp-live-frames'],
  ] as const)
    for (const path of by(engine).paths) t.true(path.needs.includes(need), `${engine} ${path.name}`)
})

test("by engine xdp the client's peer polls on every path, unless the scenario says otherwise", (t) => {
  const gro = (text?: string) =>
    by('xdp', text).paths.map(({ topology }) =>
      Object.values(topology.links).flatMap(({ ends }) =>
        ends.flatMap(({ device, offload }) => ('gro' in offload ? [`${device} ${String(offload.gro)}`] : [])),
      ),
    )
  const [stack, redirect, control] = gro()
  t.deepEqual([stack, redirect, control], [['veth1@2 true'], ['veth1@2 true'], ['veth1@2 true']])
  const off = exampleText.replace('addresses: [10.0.2.10/24]', '$&, offload: { gro: false }')
  t.deepEqual(gro(off)[0], ['veth1@2 false'])
  t.deepEqual(
    Object.values(by('packet').paths[0]!.topology.links).map(({ ends }) => ends[0].offload),
    [{}, {}],
  )
})

test("an engine that sends past the client's stack is for no path whose programs or proof are there", (t) => {
  const obstacles = (engine: string, text: string) => {
    const scenario = by(engine, text)
    return scenario.paths.map((path) => engineObstacle(path, scenario))
  }
  const counted = exampleText.replace(
    'netns-2/Ip.ForwDatagrams, equals: 0',
    'netns-1/Udp.OutDatagrams, equals: requests',
  )
  t.deepEqual(obstacles('packet', counted).slice(0, 3), [
    undefined,
    "engine packet sends past the client's stack, and its proof counts netns-1/Udp.OutDatagrams, which has none of these packets",
    undefined,
  ])
  t.deepEqual(obstacles('gso', counted)[1], undefined)
  const hooked = exampleText
    .replace(
      'hook: tc/ingress\n        namespace: netns-2\n        device: veth1@2',
      'hook: tc/egress\n        namespace: netns-1\n        device: veth1@1',
    )
    .replaceAll('ifindex(veth2@1)', 'ifindex(veth1@1)')
  t.is(
    obstacles('xdp', hooked)[1],
    "engine xdp sends past the client's stack, and redirect is at tc/egress of veth1@1 there",
  )
})

test('gates on what floods measure go with the engine that they were set for', (t) => {
  const gated = `${exampleText}gates: [redirect.throughputPps ratio >= 1.02, redirect.pacedForwardNs.p50 ratio <= 1]\n`
  t.is(parse(gated).gates.length, 2)
  t.deepEqual(by('gso', gated).gates, ['redirect.pacedForwardNs.p50 ratio <= 1'])
  t.is(by('socket', gated).gates.length, 2)
})

test('an engine for a scenario without floods is a mistake', (t) => {
  const without = exampleText.replace('  - { kind: flood }\n', '')
  t.throws(() => by('gso', without), { message: 'Could not use --engine gso: the scenario has no flood' })
  t.regex(
    problemsOf(changed('kind: flood', 'kind: flood, engine: rings'))[0]!,
    /an engine: socket, gso, packet or xdp/,
  )
  t.regex(problemsOf(changed('kind: paced', 'kind: paced, engine: gso'))[0]!, /engine/)
})
