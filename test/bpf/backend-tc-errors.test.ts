/** ICMP errors that a backend's own stack sends about requests. */
import { asRoot } from '../netns/as-root.ts'
import { backends, client, datagram, goodRequests, request, segment, servicePort } from './dsr-network.ts'
import { arrived, errorAbout, type ErrorChanges, toService } from './errors-about-requests.ts'
import { cutShort } from './odd-frames.ts'
import { checksumOf, frameOf, type Packet } from './packet.ts'
import { sharedBackend } from './running-backend.ts'
import { leastFrameBytes, tcActions } from './sandboxed-program.ts'

const backend = sharedBackend('dsr-backend-tc')

const ok = (frame: Buffer) => ({ action: tcActions.ok, frame })
const run = (frames: readonly Buffer[]) => backend.programs.run('restore_source', frames)

/** Has the flow of every request known, in which the client's port is the only difference. */
const note = (...packets: readonly Packet[]) => backend.programs.run('note_flow', packets.map(frameOf))

/** As much as Linux quotes, and as little as RFC 792 allows. */
const quotes = { 'all that fits': 548, 'eight bytes': undefined } as const

const headerBytes = ({ options }: Packet): number => 20 + options.length

for (const [how, quoteBytes] of Object.entries(quotes))
  asRoot(`an error about each request that the backend had is the service's, quoting ${how}`, async (t) => {
    for (const [what, good] of Object.entries(goodRequests)) {
      const packet = arrived(good)
      const bytes = quoteBytes ?? headerBytes(packet) + 8
      await note(packet)
      t.deepEqual(
        await run([frameOf(errorAbout(packet, { bytes }))]),
        [ok(frameOf(errorAbout(toService(packet), { bytes })))],
        what,
      )
    }
  })

for (const [what, changes] of Object.entries<ErrorChanges>({
  'that the host is not reached': { code: 1 },
  'that a filter prohibits it': { code: 13 },
  'that fragments are missing': { type: 11, code: 1 },
  'that a parameter is wrong': { type: 12, code: 0 },
  'that has IP options': { options: Buffer.alloc(8, 1) },
}))
  asRoot(`an error ${what} is the service's, about the request as the client sent it`, async (t) => {
    const packet = arrived(request())
    await note(packet)
    t.deepEqual(await run([frameOf(errorAbout(packet, changes))]), [
      ok(frameOf(errorAbout(toService(packet), changes))),
    ])
  })

asRoot('an error about the first fragment of a request is the service’s', async (t) => {
  const packet = { ...arrived(request()), fragment: 0x2000 }
  await note(packet)
  t.deepEqual(await run([frameOf(errorAbout(packet, { type: 11, code: 1 }))]), [
    ok(frameOf(errorAbout(toService(packet), { type: 11, code: 1 }))),
  ])
})

asRoot('a quoted UDP checksum that comes out as zero is written as 65,535', async (t) => {
  const withWord = (word: number) =>
    arrived(request({ content: datagram({ payload: Buffer.from([word >> 8, word & 0xff]) }) }))
  const packets = Array.from({ length: 65_536 }, (_, word) => withWord(word)).filter(
    (packet) => checksumOf(toService(packet)) === 0xffff,
  )
  t.true(packets.length > 0)
  await note(packets[0]!)
  t.deepEqual(
    await run(packets.map((packet) => frameOf(errorAbout(packet)))),
    packets.map((packet) => ok(frameOf(errorAbout(toService(packet))))),
  )
})

asRoot('an error that quotes a segment is changed whether or not it has the checksum', async (t) => {
  const packet = arrived(request({ content: segment() }))
  await note(packet)
  for (const bytes of [28, 36, 38])
    t.deepEqual(await run([frameOf(errorAbout(packet, { bytes }))]), [
      ok(frameOf(errorAbout(toService(packet), { bytes }))),
    ])
})

asRoot('an error that another host sends about a request keeps its source', async (t) => {
  const packet = arrived(request())
  await note(packet)
  const source = '172.19.0.99'
  t.deepEqual(await run([frameOf(errorAbout(packet, { source }))]), [
    ok(frameOf(errorAbout(toService(packet), { source }))),
  ])
})

asRoot('an error about a request to the backend itself is left as it is', async (t) => {
  const direct = [datagram(), segment()].map((content) => ({
    ...arrived(request({ content: { ...content, sourcePort: 41_000 } })),
    dscp: 0,
  }))
  await note(...direct)
  const frames = direct.map((packet) => frameOf(errorAbout(packet)))
  t.deepEqual(await run(frames), frames.map(ok))
})

const packet = arrived(request())
const replies = request({
  source: backends.behindRouter,
  destination: client,
  content: datagram({ sourcePort: servicePort, destinationPort: 40_000 }),
})

for (const [what, error] of Object.entries<Packet>({
  'that is none': errorAbout(packet, { type: 5, code: 0 }),
  'about a later fragment': errorAbout({ ...packet, fragment: 0x0010 }),
  'about a reply': errorAbout(replies),
  'that quotes too little': errorAbout(packet, { bytes: 23 }),
  'that is a fragment': errorAbout(packet, { fragment: 0x2000 }),
}))
  asRoot(`an ICMP message ${what} leaves as it is`, async (t) => {
    await note(packet)
    t.deepEqual(await run([frameOf(error)]), [ok(frameOf(error))])
  })

asRoot('an ICMP error that is cut short leaves as it is, wherever it is cut', async (t) => {
  await note(packet)
  const frames = cutShort(frameOf(errorAbout(packet, { options: Buffer.alloc(8, 1) })), leastFrameBytes.tc)
  t.deepEqual(await run(frames), frames.map(ok))
})
