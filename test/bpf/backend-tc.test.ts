import { asRoot } from '../netns/as-root.ts'
import { datagram, goodRequests, macs, marked, request, segment, serviceDscp } from './dsr-network.ts'
import { cutShort, oddFrames } from './odd-frames.ts'
import { checksumOf, frameOf, type Packet } from './packet.ts'
import { fragmentsOf, fromService, replyTo } from './replies.ts'
import { sharedBackend } from './running-backend.ts'
import { leastFrameBytes, tcActions } from './sandboxed-program.ts'

const backend = sharedBackend('dsr-backend-tc')

const ok = (frame: Buffer) => ({ action: tcActions.ok, frame })

const long = Buffer.alloc(1000, 'a long reply ')

// Every test has a flow that no other has.
let port = 20_000
const newPort = (): number => (port += 1)

const withPort = (packet: Packet, sourcePort: number): Packet => ({
  ...packet,
  content: 'bytes' in packet.content ? packet.content : { ...packet.content, sourcePort },
})
const newRequest = (changes: Partial<Packet> = {}): Packet => withPort(marked(request(changes)), newPort())

const note = (...packets: readonly Packet[]) => backend.programs.run('note_flow', packets.map(frameOf))

/** What becomes of replies. */
const send = async (...packets: readonly Packet[]): Promise<Buffer[]> => {
  const outcomes = await backend.programs.run('restore_source', packets.map(frameOf))
  if (outcomes.some(({ action }) => action !== tcActions.ok)) throw new Error('a reply was dropped')
  return outcomes.map(({ frame }) => frame)
}

for (const [what, good] of Object.entries(goodRequests))
  asRoot(`the TC backend takes ${what} as it is, and its reply leaves from the service`, async (t) => {
    const arrived = withPort(marked(good), newPort())
    t.deepEqual(await note(arrived), [ok(frameOf(arrived))])
    t.deepEqual(await send(replyTo(arrived)), [frameOf(fromService(replyTo(arrived)))])
  })

asRoot('the TC backend writes a UDP checksum that comes out as zero as 65,535', async (t) => {
  const arrived = newRequest()
  const withWord = (word: number): Packet =>
    withPort({ ...arrived, content: datagram({ payload: Buffer.from([word >> 8, word & 0xff]) }) }, port)
  const replies = Array.from({ length: 65_536 }, (_, word) => replyTo(withWord(word))).filter(
    (reply) => checksumOf(fromService(reply)) === 0xffff,
  )
  t.true(replies.length > 0)
  await note(arrived)
  t.deepEqual(
    await send(...replies),
    replies.map((reply) => frameOf(fromService(reply))),
  )
})

for (const [what, change] of Object.entries<Partial<Packet>>({
  'without a mark': { dscp: 0 },
  'with a mark that no service has': { dscp: serviceDscp + 1 },
  "with another host's MAC address": { destinationMac: '02:00:00:00:00:99' },
  'that is a later fragment': { fragment: 0x0010 },
}))
  asRoot(`after a packet ${what}, replies leave as they are`, async (t) => {
    const arrived = { ...newRequest(), ...change }
    t.deepEqual(await note(arrived), [ok(frameOf(arrived))])
    t.deepEqual(await send(replyTo({ ...arrived, fragment: 0 })), [
      frameOf(replyTo({ ...arrived, fragment: 0 })),
    ])
  })

asRoot('a flow of one protocol says nothing of the same ports in the other', async (t) => {
  const arrived = newRequest()
  await note(arrived)
  const reply = replyTo(withPort({ ...arrived, content: segment() }, port))
  t.deepEqual(await send(reply), [frameOf(reply)])
})

for (const [what, change] of Object.entries<Partial<Packet>>({
  'a packet': {},
  'a first fragment': { fragment: 0x2000 },
}))
  asRoot(`once ${what} of the same ports comes without a mark, replies leave as they are`, async (t) => {
    const arrived = newRequest()
    await note(arrived, { ...arrived, dscp: 0, ...change })
    t.deepEqual(await send(replyTo(arrived)), [frameOf(replyTo(arrived))])
    // And from the service again, once marked ones come again.
    await note(arrived)
    t.deepEqual(await send(replyTo(arrived)), [frameOf(fromService(replyTo(arrived)))])
  })

asRoot(
  'after the first fragment of a marked packet, which a router split, replies leave from the service',
  async (t) => {
    const arrived = newRequest({ content: datagram({ payload: long }) })
    const pieces = fragmentsOf(arrived, 400)
    t.is(pieces.length, 3)
    t.deepEqual(await note(...pieces), pieces.map(frameOf).map(ok))
    t.deepEqual(await send(replyTo(arrived)), [frameOf(fromService(replyTo(arrived)))])
  },
)

asRoot('a flow that comes for another service has its replies leave from there', async (t) => {
  const [otherDscp, otherAddress] = [12, '192.168.25.99']
  await backend.programs.write('services', [[{ dscp: otherDscp }, { address: otherAddress }]])
  t.teardown(() => backend.programs.remove('services', [{ dscp: otherDscp }]))
  const arrived = newRequest()
  await note(arrived, { ...arrived, dscp: otherDscp })
  t.deepEqual(await send(replyTo(arrived)), [frameOf({ ...replyTo(arrived), source: otherAddress })])
})

for (const [what, frame] of Object.entries(oddFrames(marked(request({ source: '172.17.0.9' })))))
  asRoot(`the TC backend takes no notice of a packet ${what}`, async (t) => {
    t.deepEqual(await backend.programs.run('note_flow', [frame]), [ok(frame)])
    const replies = [datagram(), segment()].map((content) =>
      replyTo(marked(request({ source: '172.17.0.9', content }))),
    )
    t.deepEqual(await send(...replies), replies.map(frameOf))
  })

asRoot('odd packets that leave are left as they are', async (t) => {
  const arrived = newRequest()
  await note(arrived, withPort({ ...arrived, content: segment() }, port))
  const frames = Object.values(oddFrames(replyTo(arrived)))
  t.deepEqual(await backend.programs.run('restore_source', frames), frames.map(ok))
})

asRoot('packets cut short are left as they are, wherever they are cut', async (t) => {
  const packet = newRequest({ options: Buffer.alloc(8, 1), content: segment() })
  const arriving = cutShort(frameOf(packet), leastFrameBytes.tc)
  t.deepEqual(await backend.programs.run('note_flow', arriving), arriving.map(ok))
  await note(packet)
  const leaving = cutShort(frameOf(replyTo(packet)), leastFrameBytes.tc)
  t.deepEqual(await backend.programs.run('restore_source', leaving), leaving.map(ok))
})

for (const checksum of ['complete', 'none'] as const)
  asRoot(`all fragments of a reply leave from the service, its checksum ${checksum}`, async (t) => {
    const arrived = newRequest({ content: datagram({ payload: long, checksum }) })
    await note(arrived)
    t.deepEqual(
      await send(...fragmentsOf(replyTo(arrived), 400)),
      // Cut up after the change: the checksum is that of the whole reply.
      fragmentsOf(fromService(replyTo(arrived)), 400).map(frameOf),
    )
  })

asRoot(
  'fragments of another reply are left as they are, though the identification comes again',
  async (t) => {
    const arrived = newRequest({ content: datagram({ payload: long }) })
    const direct = withPort(arrived, newPort())
    await note(arrived)
    const [first, ...later] = fragmentsOf(replyTo(arrived), 400)
    const others = fragmentsOf(replyTo(direct), 400)
    // After one that was sent whole, and after one whose end never left.
    t.deepEqual((await send(first!, ...later, ...others, first!, ...others)).slice(-3), others.map(frameOf))
    t.deepEqual(await send(later.at(-1)!), [frameOf(later.at(-1)!)])
  },
)

asRoot('replies to nobody in particular, and of no flow, are left as they are', async (t) => {
  const packets = Object.values(goodRequests).map((packet) => replyTo(withPort(packet, newPort())))
  t.deepEqual(await send(...packets), packets.map(frameOf))
  t.is(packets[0]!.sourceMac, macs.here)
})
