import test from 'ava'
import { parse as parseYaml } from 'yaml'
import {
  capturedText,
  type FoundDevice,
  type FoundNamespace,
  pairsOf,
  wayThrough,
} from '../../src/scenario/captured.ts'
import { parseScenario } from '../../src/scenario/load.ts'

const veth = (device: string, ifindex: number, peerIfindex: number, ...addresses: string[]): FoundDevice => ({
  ...{ device, ifindex, peerIfindex, kind: 'veth', addresses },
})

const found = (name: string, ...devices: readonly FoundDevice[]): FoundNamespace => ({
  ...{ name, devices, reference: { path: `/run/netns/${name}` }, routes: ['default via 10.0.1.1 dev eth0 '] },
})

const namespaces = [
  found('client', veth('eth0', 2, 3, '10.0.1.2/24')),
  found('router', veth('to-c', 3, 2, '10.0.1.1/24'), veth('to-s', 4, 2, '10.0.2.1/24')),
  found('server', veth('eth0', 2, 4, '10.0.2.2/24', 'fd00::2/64')),
]

const captured = { name: 'mine', namespaces, serverAddress: '10.0.2.2', port: 7001 }

test('devices are paired that name each other’s number', (t) => {
  t.deepEqual(
    pairsOf(namespaces).map((pair) =>
      pair.map(({ namespace, found: { device } }) => `${namespace}/${device}`),
    ),
    [
      ['client/eth0', 'router/to-c'],
      ['router/to-s', 'server/eth0'],
    ],
  )
})

test('where two devices would fit, none is taken for the other end', (t) => {
  const [client, router, server] = namespaces
  const twin = veth('twin', 3, 2)
  t.deepEqual(
    pairsOf([client!, { ...router!, devices: [router!.devices[0]!] }, { ...server!, devices: [twin] }]),
    [],
  )
})

test('the way goes by the pairs, and is left out where one is not known', (t) => {
  t.deepEqual(wayThrough(namespaces), [
    ...['client', 'client/eth0', 'router/to-c', 'router'],
    ...['router/to-s', 'server/eth0', 'server'],
  ])
  t.deepEqual(wayThrough([namespaces[0]!, namespaces[2]!]), [])
})

test('what is written is a scenario of what is there, measured by itself', (t) => {
  const { place, client, paths } = parseScenario(capturedText(captured), '/somewhere/mine.yaml')
  t.is(place, 'existing')
  t.is(client.namespace, 'client')
  t.deepEqual(
    paths.map(({ name, role }) => [name, role]),
    [
      ['as-it-is', 'baseline'],
      ['control', 'control'],
    ],
  )
  t.deepEqual(paths[0]?.servers, [{ namespace: 'server', address: '10.0.2.2', port: 7001 }])
  t.deepEqual(paths[0]?.topology.namespaces.router?.existing, { path: '/run/netns/router' })
})

test('the candidate in its comments is one, once the marks are gone', (t) => {
  const text = capturedText(captured).replaceAll(
    /^ {2}# (?! )(mine:.*)$|^ {2}# {3}(.*)$/gm,
    (_, head?: string, rest?: string) => (head === undefined ? `    ${rest}` : `  ${head}`),
  )
  const { paths } = parseYaml(text) as { paths: Record<string, { programs?: readonly object[] }> }
  t.like(paths.mine?.programs?.[0], { hook: 'tc/ingress', namespace: 'router', device: 'to-c' })
})
