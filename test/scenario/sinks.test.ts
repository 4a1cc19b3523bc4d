import test from 'ava'
import { changedSource } from '../../src/scenario/changes/change.ts'
import { sinkObstacle } from '../../src/scenario/sinks.ts'
import { changed, exampleText, parse, problemsOf } from './example.ts'

const by = (changes: object, text = exampleText) => parse(changedSource(text, changes))

test('a scenario whose floods go to another sink than sockets has a name of its own', (t) => {
  t.is(by({ sink: 'socket' }).name, 'example')
  t.is(by({ sink: 'xdp' }).name, 'example-sink-xdp')
  t.is(by({ sink: 'xdp', engine: 'xdp' }).name, 'example-xdp-sink-xdp')
})

test('what a sink wants of the kernel, every path does', (t) => {
  const wanting = ({ sink }: { sink: 'socket' | 'xdp' }) =>
    by({ sink }).paths.filter(({ needs }) => needs.includes('xdp-sink')).length
  t.deepEqual([wanting({ sink: 'socket' }), wanting({ sink: 'xdp' })], [0, 4])
})

test("a sink before the server's stack is for no path whose programs are there, or that shares its namespaces", (t) => {
  const obstacles = (changes: object, text = exampleText) => {
    const scenario = by(changes, text)
    return scenario.paths.map((path) => sinkObstacle(path, scenario))
  }
  t.deepEqual(obstacles({ sink: 'xdp' }), [undefined, undefined, undefined, undefined])
  const hooked = exampleText
    .replace('namespace: netns-2\n        device: veth1@2', 'namespace: netns-3\n        device: veth2@2')
    .replaceAll('ifindex(veth2@1)', 'ifindex(veth2@2)')
  t.is(
    obstacles({ sink: 'xdp' }, hooked)[1],
    "sink xdp takes packets before the server's stack, and redirect is at tc/ingress of veth2@2 there",
  )
  t.is(
    obstacles({ sink: 'xdp', engine: 'gso' })[0],
    "sink xdp takes packets before the server's stack, where those of engine gso are still merged",
  )
})

test('a sink for a scenario without floods is a mistake', (t) => {
  const without = exampleText.replace('  - { kind: flood }\n', '')
  t.throws(() => by({ sink: 'xdp' }, without), {
    message: 'Could not use --sink xdp: the scenario has no flood',
  })
  t.regex(problemsOf(changed('kind: flood', 'kind: flood, sink: drain'))[0]!, /a sink: socket or xdp/)
})

test('gates on what floods measure go with the sink that they were set for', (t) => {
  const gated = `${exampleText}gates: [redirect.throughputPps ratio >= 1.02, redirect.pacedForwardNs.p50 ratio <= 1]\n`
  t.deepEqual(by({ sink: 'xdp' }, gated).gates, ['redirect.pacedForwardNs.p50 ratio <= 1'])
})
