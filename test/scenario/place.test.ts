import test from 'ava'
import { amongOthers } from '../../src/scenario/place.ts'
import { changed, parse, problemsOf } from './example.ts'

const existing = `name: there
title: what is there
place: existing
topology:
  namespaces:
    a: { existing: { pid: 7 }, devices: [eth0] }
    b: { existing: { container: web }, devices: [eth0] }
  links: {}
client: { namespace: a }
server: { namespace: b, address: 10.0.0.2, port: 7000 }
load: [{ kind: flood }]
paths:
  is: { role: baseline, title: as it is, proof: [{ counter: b/Udp.InDatagrams, equals: requests }] }
  control: { role: control, title: again }
`

test('a scenario may be of namespaces that are there, each by its file, a process or a container', (t) => {
  const { place, paths } = parse(existing)
  t.is(place, 'existing')
  const { a, b } = paths[0]?.topology.namespaces ?? {}
  t.deepEqual([a?.existing, b?.existing], [{ pid: 7 }, { container: 'web' }])
})

test('where others’ packets are counted, too, what was to be equal is the least; nothing stays nothing', (t) => {
  t.deepEqual(parse(existing).paths[0]?.proof, [{ counter: 'b/Udp.InDatagrams', atLeast: 'requests' }])
  t.deepEqual(amongOthers({ program: 'x', equals: '0' }), { program: 'x', equals: '0' })
  t.deepEqual(amongOthers({ program: 'x', atMost: 'replies' }), { program: 'x', atMost: 'replies' })
})

test('what would have to be built there is refused, all of it at once', (t) => {
  const wrong = existing
    .replace('{ pid: 7 }, devices', '{ pid: 7 }, sysctls: { net.ipv4.ip_forward: 1 }, devices')
    .replace('a: { existing', 'c: {}\n    a: { existing')
    .replace(
      'links: {}',
      'links: { l: [{ namespace: a, device: eth0, offload: { tx: false } }, { namespace: b, device: eth0 }] }',
    )
    .replace('again }', 'again }\n  x: { role: candidate, title: x, topology: { namespaces: { a: null } } }')
  const said = problemsOf(wrong).map((line) => line.replace(/^\d+:\d+ {2}/, ''))
  for (const problem of [
    'topology.namespaces.c.existing: missing: a path, a pid or a container',
    'topology.namespaces.a.sysctls: cannot be set with "place: existing" or "hosts": what is there is taken as it is',
    'topology.links.l[0].offload: cannot be set with "place: existing" or "hosts": what is there is taken as it is',
    'paths.x.topology.namespaces.a: cannot be set with "place: existing" or "hosts": what is there is taken as it is',
  ])
    t.true(said.includes(problem), problem)
})

test('a path’s own rules, HTTP load and samples are not refused there', (t) => {
  const rules =
    'again }\n  x: { role: candidate, title: x, topology: { namespaces: { a: { nftables: "table ip x {}" } } } }'
  const { paths, load } = parse(
    existing.replace('again }', rules).replace('kind: flood', 'kind: http, port: 80'),
  )
  t.deepEqual(
    paths.map(({ name, topology }) => [name, topology.namespaces.a?.nftables]),
    [
      ['is', ''],
      ['control', ''],
      ['x', 'table ip x {}'],
    ],
  )
  t.is(load[0]?.kind, 'http')
})

test('a namespace that is built cannot be one that is there', (t) => {
  t.deepEqual(
    problemsOf(changed('netns-2:\n', 'netns-2:\n      existing: { pid: 1 }\n      devices: [eth0]\n')).map(
      (line) => line.replace(/^\d+:\d+ {2}/, ''),
    ),
    ['existing', 'devices'].map(
      (key) =>
        `topology.namespaces.netns-2.${key}: only with "place: existing" or "hosts": here the namespace is built, with the ends of its links`,
    ),
  )
})

test('paths that share their sockets call and listen alike', (t) => {
  const other = 'again }\n  x: { role: candidate, title: x, calls: servers }'
  t.deepEqual(
    problemsOf(existing.replace('again }', other)).map((line) => line.replace(/^\d+:\d+ {2}/, '')),
    ['paths.x.calls: expected service, as path is has it: all paths share their sockets'],
  )
})

test('a path there has no namespaces of its own', (t) => {
  const own = existing.replace(
    'proof:',
    'topology: { namespaces: { c: { nftables: "table ip x {}" } } }, proof:',
  )
  t.regex(problemsOf(own).join('\n'), /paths\.is\.topology\.namespaces\.c: no namespace "c"/)
})
