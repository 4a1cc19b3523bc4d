/** A service of IPv6 translated at TC ingress: as service-tc.test.ts has it of IPv4. */
import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import { backendNetwork } from './dsr-network.ts'
import { datagram6, error6, frame6, ipv6, type Packet6, protocols, read6, segment6 } from './ipv6-packet.ts'
import { loadPrograms, type Programs, tcActions } from './sandboxed-program.ts'

const service = 'fd00:10:96::10'
const backend = 'fd00:10:244:2::2'
const client = 'fd00:10:244:1::2'
const port = 7000

let programs: Programs

sharedAsRoot(
  async () => {
    programs = await loadPrograms('service-tc', backendNetwork)
    for (const protocol of [protocols.tcp, protocols.udp])
      await programs.write('services6', [[{ address: service, port, protocol }, 1]])
    await programs.write('backends6', [[0, { address: backend }]])
  },
  () => programs.close(),
)

const request: Packet6 = {
  source: client,
  destination: service,
  dscp: 0,
  hopLimit: 64,
  nextHeader: protocols.udp,
  content: datagram6(40_000, port, 63),
  checksum: 'complete',
}
const reply: Packet6 = {
  ...request,
  source: backend,
  destination: client,
  content: datagram6(port, 40_000, 63),
}
const ok = (packet: Packet6) => ({ action: tcActions.ok, frame: frame6(packet) })
const run = async (program: 'translate' | 'restore', packet: Packet6) =>
  (await programs.run(program, [frame6(packet)]))[0]

const segments = {
  request: { nextHeader: protocols.tcp, content: segment6(40_000, port, 100) },
  reply: { nextHeader: protocols.tcp, content: segment6(port, 40_000, 100) },
}
for (const [what, changes] of Object.entries({ datagram: { request: {}, reply: {} }, segment: segments }))
  asRoot(`an IPv6 ${what} goes to the backend, and its reply comes from the service`, async (t) => {
    const there = { ...request, ...changes.request }
    const back = { ...reply, ...changes.reply }
    t.deepEqual(await run('translate', there), ok({ ...there, destination: backend }))
    t.deepEqual(await run('restore', back), ok({ ...back, source: service }))
  })

const untouched: Readonly<Record<string, Partial<Packet6>>> = {
  'for no service': { content: datagram6(40_000, 7001, 63) },
  'to another address': { destination: 'fd00:10:96::11' },
  'with an extension header': { nextHeader: protocols.fragment },
  'without a checksum': { checksum: 'none' },
  'that is an error': { nextHeader: protocols.icmpv6, content: error6(1, ipv6(request)) },
}
for (const [what, changes] of Object.entries(untouched))
  asRoot(`an IPv6 packet ${what} is left as it is`, async (t) => {
    const packet = { ...request, ...changes }
    t.deepEqual(await run('translate', packet), ok(packet))
  })

asRoot('a reply of no IPv6 flow that was translated keeps its source', async (t) => {
  const direct = { ...reply, destination: 'fd00:10:244:1::9' }
  t.deepEqual(await run('restore', direct), ok(direct))
})

asRoot('flows of IPv6 are shared out, and each stays where it began', async (t) => {
  const other = 'fd00:10:244:3::2'
  await programs.write('backends6', [[1, { address: other }]])
  try {
    const flows = Array.from({ length: 64 }, (_, index) => ({ ...request, source: `fd00:99::${index + 1}` }))
    const destinations = async () =>
      (await programs.run('translate', flows.map(frame6))).map(
        ({ frame }) => read6(frame.subarray(14)).destination,
      )
    const first = await destinations()
    t.deepEqual([...new Set(first)].toSorted(), [backend, other])
    t.deepEqual(await destinations(), first)
  } finally {
    await programs.write('backends6', [[1, { address: '::' }]])
  }
})
