import { asRoot } from './as-root.ts'
import { bringUp } from './live-path.ts'

const littleEndian = (value: number): string[] => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return [...bytes].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`)
}

const hexBytes = (mac: string): string[] => mac.split(':').map((byte) => `0x${byte}`)

asRoot(
  'the map holds what the scenario says, with the ifindex and the MACs of the built devices',
  async (t) => {
    const path = await bringUp('redirect')
    t.teardown(path.close)
    const outgoing = await path.device('netns-2', 'veth2@1')
    const server = await path.device('netns-3', 'veth2@2')
    const dump = await path.run('netns-2', [
      'bpftool',
      '-j',
      'map',
      'dump',
      'pinned',
      '/run/bpf/redirect/0-maps/services',
    ])
    const entries = JSON.parse(dump) as { key: string[]; value: string[] }[]
    t.deepEqual(
      entries.map(({ key, value }) => ({ key, value })),
      [
        {
          // 10.10.3.20, port 7000, as they stand in a packet, and two bytes unused.
          key: ['0x0a', '0x0a', '0x03', '0x14', '0x1b', '0x58', '0x00', '0x00'],
          value: [...littleEndian(outgoing.ifindex), ...hexBytes(outgoing.mac), ...hexBytes(server.mac)],
        },
      ],
    )
  },
)

interface Filter {
  readonly kind: string
  readonly options?: { readonly 'direct-action'?: boolean; readonly prog?: { readonly name: string } }
}

asRoot('tc shows the program, direct action, at ingress of veth1@2 and nowhere else', async (t) => {
  const path = await bringUp('redirect')
  t.teardown(path.close)
  const filters = async (namespace: string, device: string, direction: string) => {
    const json = await path.run(namespace, ['tc', '-j', 'filter', 'show', 'dev', device, direction])
    return (JSON.parse(json) as Filter[]).flatMap(({ options }) => options ?? [])
  }
  const [filter, ...more] = await filters('netns-2', 'veth1@2', 'ingress')
  t.deepEqual(more, [])
  t.true(filter?.['direct-action'])
  t.is(filter?.prog?.name, 'redirect')
  for (const [namespace, device, direction] of [
    ['netns-2', 'veth1@2', 'egress'],
    ['netns-2', 'veth2@1', 'ingress'],
    ['netns-2', 'veth2@1', 'egress'],
    ['netns-1', 'veth1@1', 'ingress'],
    ['netns-3', 'veth2@2', 'ingress'],
  ] as const)
    t.deepEqual(await filters(namespace, device, direction), [], `${namespace} ${device} ${direction}`)
})
