import test from 'ava'
import { backgroundRoutes, backgroundRules } from '../../src/topology/background.ts'
import { parse, exampleText } from '../scenario/example.ts'

const { topology } = parse(exampleText).paths[0]!

test('background routes are distinct prefixes all over, and none holds an address of the topology', (t) => {
  const lines = backgroundRoutes(200_000, topology)
  t.is(new Set(lines).size, 200_000)
  t.regex(lines[0]!, /^\d+\.\d+\.\d+\.0\/24$/)
  const firsts = new Set(lines.map((line) => Number(/(\d+)\./.exec(line)?.[1])))
  t.is(firsts.size, 222, 'every first number of a unicast address but 0 and 127')
  t.false([0, 127, 224, 255].some((first) => firsts.has(first)))
  t.deepEqual(
    lines.filter((line) => /^10\.0\.[23]\./.test(line)),
    [],
  )
})

test('none of them covers what a wide route of the topology leads to', (t) => {
  const wide = structuredClone(topology)
  wide.namespaces['netns-1']!.routes = [{ to: '64.0.0.0/2' }, { to: 'default', via: '10.0.2.10' }]
  const firsts = backgroundRoutes(20_000, wide).map((line) => Number(/(\d+)\./.exec(line)?.[1]))
  t.false(firsts.some((first) => first >= 64 && first < 128))
})

test('background rules are so many, each for a source of its own that nobody has', (t) => {
  const rules = backgroundRules(300)
    .split('\n')
    .filter((line) => line.includes('drop'))
  t.is(new Set(rules).size, 300)
  t.is(rules[0]?.trim(), 'ip saddr 240.0.0.1 drop')
  t.is(rules[299]?.trim(), 'ip saddr 240.0.1.44 drop')
  t.is(backgroundRules(0), '')
  t.deepEqual(backgroundRoutes(0, topology), [])
})
