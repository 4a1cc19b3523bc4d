import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { findScenario, listScenarios } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { baselineOf } from '../../src/scenario/scenario.ts'
import { changed, exampleText, parse } from './example.ts'

const pathOf = (text: string, name: string) => parse(text).paths.find((path) => path.name === name)!

test('a scenario keeps what its file says, and its text', (t) => {
  const { name, title, description, client, source, paths } = parse(exampleText)
  t.deepEqual([name, title, description], ['example', 'An example', 'Made up.'])
  t.deepEqual(client, { namespace: 'netns-1', flows: 1 })
  t.is(source, exampleText)
  t.deepEqual(
    paths.map((path) => [path.name, path.role]),
    [
      ['stack', 'baseline'],
      ['redirect', 'candidate'],
      ['control', 'control'],
      ['floor', 'floor'],
    ],
  )
})

test('a trial that says no more than its kind gets packets and a payload; what it says stands', (t) => {
  const [flood, paced] = parse(exampleText).load
  t.deepEqual(flood, { kind: 'flood', packets: 800, payloadBytes: 64, engine: 'socket', sink: 'socket' })
  t.deepEqual(paced, { kind: 'paced', packets: 200, payloadBytes: 128, ratePps: 1000 })
})

test('the baseline is the path with that role', (t) => {
  t.is(baselineOf(parse(exampleText)).name, 'stack')
})

test('a path without changes has the topology of the scenario', (t) => {
  const { topology } = pathOf(exampleText, 'stack')
  t.deepEqual(Object.keys(topology.namespaces), ['netns-1', 'netns-2', 'netns-3'])
  t.deepEqual(topology.namespaces['netns-2'], {
    routes: [],
    neighbours: [],
    sysctls: { 'net.ipv4.ip_forward': 1 },
    loopback: [],
    nftables: '',
  })
  t.deepEqual(topology.links.veth2?.ends, [
    {
      namespace: 'netns-2',
      device: 'veth2@1',
      addresses: ['10.0.3.10/24'],
      mac: '02:00:00:00:00:01',
      offload: {},
    },
    { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.0.3.11/24', '10.0.3.20/24'], offload: {} },
  ])
})

test('the changes of a path patch the topology: null takes away, lists are replaced whole', (t) => {
  const { topology } = pathOf(exampleText, 'floor')
  t.deepEqual(Object.keys(topology.namespaces), ['netns-1', 'netns-3'])
  t.deepEqual(topology.namespaces['netns-1']?.routes, [{ to: 'default', device: 'veth1@1' }])
  t.is(topology.namespaces['netns-3']?.neighbours.length, 1)
  t.deepEqual(Object.keys(topology.links), ['veth2'])
  t.deepEqual(
    topology.links.veth2?.ends.map(({ namespace, device }) => `${namespace}/${device}`),
    ['netns-1/veth1@1', 'netns-3/veth2@2'],
  )
})

test('a program is found among those of pathbench', (t) => {
  const [program] = pathOf(exampleText, 'redirect').programs
  t.is(program!.object, inProject('bpf', 'redirect.bpf.c'))
  t.deepEqual(program!.maps, {
    services: [
      {
        key: { address: '10.0.3.20', port: 7000 },
        value: { ifindex: 'ifindex(veth2@1)', destination_mac: 'mac(netns-3/veth2@2)' },
      },
    ],
  })
})

test('the words of a way become steps', (t) => {
  t.deepEqual(pathOf(exampleText, 'redirect').way, [
    { through: 'stack', namespace: 'netns-1' },
    {
      through: 'program',
      namespace: 'netns-2',
      device: 'veth1@2',
      hook: 'tc/ingress',
      program: 'redirect',
    },
    { through: 'stack', namespace: 'netns-3' },
  ])
})

test('a proof may expect none as a number or as a text', (t) => {
  const asText = changed('equals: 0', "equals: '0'")
  t.deepEqual(pathOf(exampleText, 'redirect').proof, pathOf(asText, 'redirect').proof)
  t.deepEqual(pathOf(exampleText, 'redirect').proof[0], {
    counter: 'netns-2/Ip.ForwDatagrams',
    equals: '0',
  })
})

test('the control is the baseline under its own name, role and title', (t) => {
  const { name, role, title, ...control } = pathOf(exampleText, 'control')
  t.deepEqual([name, role, title], ['control', 'control', 'forwarding once more'])
  const { name: _name, role: _role, title: _title, ...baseline } = pathOf(exampleText, 'stack')
  t.deepEqual(control, baseline)
})

test('YAML anchors may share what paths have in common', (t) => {
  const text = changed(
    'title: redirecting',
    'title: *forwarding',
    changed('title: forwarding', 'title: &forwarding forwarding'),
  )
  t.is(pathOf(text, 'redirect').title, 'forwarding')
})

test('a file that is not there is a usage error with its name', (t) => {
  t.throws(() => loadScenario('/nowhere/at-all.yaml'), {
    message:
      "Could not read scenario /nowhere/at-all.yaml: ENOENT: no such file or directory, open '/nowhere/at-all.yaml'",
  })
})

for (const name of listScenarios())
  test(`the scenario ${name} is valid and called as its file`, (t) => {
    const scenario = loadScenario(findScenario(name))
    t.is(scenario.name, name)
    t.true(scenario.paths.every(({ proof, way }) => proof.length > 0 && way.length > 0))
  })
