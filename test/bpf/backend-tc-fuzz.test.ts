import { asRoot } from '../netns/as-root.ts'
import { backends, macs, marked, serviceDscp, servicePort, virtualAddress } from './dsr-network.ts'
import { arrived, errorAbout } from './errors-about-requests.ts'
import { goodErrors } from './icmp-errors.ts'
import { onesComplementSum } from './internet-checksum.ts'
import { assertChanges } from './judgement.ts'
import { mutantCount, mutantsOf, smallRequests } from './mutation.ts'
import { frameOf, type Packet } from './packet.ts'
import { isToMac, type ParsedPacket, parsedPacket, type Quote, quoteIn } from './parsed-packet.ts'
import { isSameSum } from './readdressed.ts'
import { fragmentsOf, replyTo } from './replies.ts'
import { wrongInError } from './requoted.ts'
import { sharedBackend } from './running-backend.ts'

const backend = sharedBackend('dsr-backend-tc')
const { behindRouter } = backends

// Long enough for whatever type a damaged frame claims.
const leastBytes = 54

/** The quote in a marked error about the service that is for this host. */
function markedQuote(frame: Buffer): { readonly packet: ParsedPacket; readonly quote: Quote } | undefined {
  const packet = parsedPacket(frame)
  if (packet?.dscp !== serviceDscp || !isToMac(frame, macs.here)) return undefined
  const quote = quoteIn(packet)
  return quote?.source === virtualAddress ? { packet, quote } : undefined
}

/** The quote is now from the backend, and its header, and so the message, adds up to what it did. */
function isRequoted(input: Buffer, output: Buffer, packet: ParsedPacket, quote: Quote): boolean {
  const at = 14 + packet.header.length + quote.at
  const expected = Buffer.from(input)
  expected.set(packet.header.subarray(16, 20), at + 12)
  output.copy(expected, at + 10, at + 10, at + 12)
  const sumIn = (frame: Buffer) => onesComplementSum(frame.subarray(at, at + quote.headerBytes))
  return expected.equals(output) && isSameSum(sumIn(input), sumIn(output))
}

asRoot(
  'whatever comes to the TC backend, it changes marked ICMP errors, rightly, and nothing else',
  async (t) => {
    const errors = Object.values(goodErrors({ destination: behindRouter, dscp: serviceDscp }))
    const inputs = mutantsOf([...smallRequests.map(marked), ...errors, ...errors], leastBytes)
    const outcomes = await backend.programs.run('note_flow', inputs)
    let changed = 0
    const wrong = inputs.filter((input, index) => {
      const output = outcomes[index]!.frame
      const found = markedQuote(input)
      if (found === undefined) return !input.equals(output)
      changed += 1
      return !isRequoted(input, output, found.packet, found.quote)
    })
    t.deepEqual(
      wrong.slice(0, 5).map((frame) => frame.toString('hex')),
      [],
    )
    t.true(changed > mutantCount / 20, `${changed} changed`)
  },
)

/** The flows of requests to the backend's service, by protocol and the client's end. */
const flowsOf = (requests: readonly Packet[]): ReadonlySet<string> =>
  new Set(
    requests.flatMap(({ source, content }) =>
      'bytes' in content ? [] : [`${content.protocol === 'tcp' ? 6 : 17} ${source}:${content.sourcePort}`],
    ),
  )

/** Tells which packets are replies to requests, or later fragments of such as were before them. */
function repliesTo(requests: readonly Packet[]): (packet: ParsedPacket) => boolean {
  const flows = flowsOf(requests)
  const isOfFlow = ({ source, destination, ports, protocol }: ParsedPacket): boolean =>
    source === behindRouter &&
    ports?.source === servicePort &&
    flows.has(`${protocol} ${destination}:${ports.destination}`)
  const fragmented = new Set<string>()
  return (packet) => {
    const { source, destination, identification, protocol, fragmentOffset, hasMoreFragments } = packet
    const name = [source, destination, identification, protocol].join(' ')
    if (fragmentOffset > 0) {
      const isKnown = fragmented.has(name)
      if (!hasMoreFragments) fragmented.delete(name)
      return isKnown
    }
    if (!hasMoreFragments) return packet.isWhole && isOfFlow(packet)
    if (isOfFlow(packet)) fragmented.add(name)
    else fragmented.delete(name)
    return isOfFlow(packet)
  }
}

asRoot(
  'whatever leaves the TC backend, it changes replies of its flows, rightly, and nothing else',
  async (t) => {
    const requests = smallRequests.map(marked)
    const replies = requests.map(replyTo)
    await backend.begin()
    await backend.programs.run('note_flow', requests.map(frameOf))
    const fragments = [24, 16].flatMap((bytes) => fragmentsOf(replies[0]!, bytes))
    const inputs = mutantsOf([...replies, ...fragments], leastBytes)
    const outcomes = await backend.programs.run('restore_source', inputs)
    const isReply = repliesTo(requests)
    assertChanges(
      t,
      inputs,
      outcomes.map(({ frame }) => frame),
      (packet) =>
        isReply(packet)
          ? { source: virtualAddress, hasTransportChecksum: packet.fragmentOffset === 0 }
          : undefined,
    )
  },
)

asRoot(
  'whatever ICMP errors leave the TC backend, it changes those about requests of its flows, rightly, and nothing else',
  async (t) => {
    const requests = smallRequests.map(arrived)
    await backend.begin()
    await backend.programs.run('note_flow', requests.map(frameOf))
    const inputs = mutantsOf(
      requests.map((packet) => errorAbout(packet)),
      leastBytes,
    )
    const outcomes = await backend.programs.run('restore_source', inputs)
    const flows = flowsOf(requests)
    const isOfFlow = ({ protocol, source, destination, ports }: Quote): boolean =>
      destination === behindRouter &&
      ports.destination === servicePort &&
      flows.has(`${protocol} ${source}:${ports.source}`)
    let changed = 0
    const wrong = inputs.flatMap((input, index) => {
      const output = outcomes[index]!.frame
      const packet = parsedPacket(input)
      const quote = packet === undefined ? undefined : quoteIn(packet)
      if (packet === undefined || quote === undefined || !isOfFlow(quote))
        return input.equals(output) ? [] : ['changed, though it was not to be']
      changed += 1
      const what = wrongInError(input, output, packet, quote, virtualAddress)
      return what === undefined ? [] : [`${what}: ${input.toString('hex')} became ${output.toString('hex')}`]
    })
    t.deepEqual(wrong.slice(0, 5), [])
    t.true(changed > mutantCount / 20, `${changed} changed`)
  },
)
