import test from 'ava'
import { parseReference, referencesIn } from '../../src/scenario/references.ts'

test('a reference without a namespace means that of the program', (t) => {
  t.deepEqual(parseReference('ifindex(veth2@1)', 'netns-2'), {
    what: 'ifindex',
    namespace: 'netns-2',
    device: 'veth2@1',
  })
})

test('a reference may name another namespace', (t) => {
  t.deepEqual(parseReference('mac(netns-3/veth2@2)', 'netns-2'), {
    what: 'mac',
    namespace: 'netns-3',
    device: 'veth2@2',
  })
})

for (const text of ['10.0.3.20', 'mtu(veth1)', 'mac()', 'mac(a/b/c)', 'mac(veth1', ' mac(veth1)', ''])
  test(`"${text}" is no reference`, (t) => {
    t.is(parseReference(text, 'netns-2'), undefined)
  })

test('references are found wherever they stand in maps and constants, each with the way to it', (t) => {
  const found = referencesIn({
    namespace: 'netns-2',
    maps: {
      hops: [{ key: 'ifindex(a)', value: [{ mac: 'mac(netns-3/b)', port: 5 }, 'text'] }],
    },
    constants: { out: ['x', 'ifindex(c)'] },
  })
  t.deepEqual(
    found.map(({ path, namespace, device }) => `${path.join('.')}: ${namespace}/${device}`),
    ['maps.hops.0.key: netns-2/a', 'maps.hops.0.value.0.mac: netns-3/b', 'constants.out.1: netns-2/c'],
  )
})
