import type { Family } from '../../src/parts/ip-address.ts'
import { sendReply, sendRequest } from './arrival.ts'
import { asRoot, sharedAsRoot } from './as-root.ts'
import { bringUpAll, type LivePath, type LiveScenario } from './live-path.ts'

const families = [4, 6] as const
const live = new Map<Family, LiveScenario>()

sharedAsRoot(
  async (t) => {
    t.timeout(5 * 60 * 1000)
    for (const family of families) live.set(family, await bringUpAll('redirect-family', family))
  },
  async () => {
    for (const { close } of live.values()) await close()
  },
)

const [client, router, routerBack, server] = [
  '02:00:0a:0a:02:0b',
  '02:00:0a:0a:02:0a',
  '02:00:0a:0a:03:0a',
  '02:00:0a:0a:03:0b',
]
const noMac = '00:00:00:00:00:00'
const [sent, forwarded] = [64, 63]

/** A datagram as the server or the client has it, and how many the router's stack has forwarded for that. */
interface Passage {
  readonly from: string
  readonly to: string
  readonly ttl: number
  readonly byStack: number
}

const byStack: Passage = { from: routerBack, to: server, ttl: forwarded, byStack: 1 }
const past: Passage = { ...byStack, ttl: sent, byStack: 0 }
const pastAsRouter: Passage = { ...byStack, byStack: 0 }
const backByStack: Passage = { from: router, to: client, ttl: forwarded, byStack: 1 }
const backPast: Passage = { ...backByStack, ttl: sent, byStack: 0 }

/** Client and server reach each other, nobody routes. @param mac of the server's device */
const oneSegment = (mac: string): [Passage, Passage] => [
  { ...past, from: client, to: mac },
  { ...backPast, from: mac },
]

const passages: Readonly<Record<string, readonly [request: Passage, reply: Passage]>> = {
  stack: [byStack, backByStack],
  'stack-conntrack': [byStack, backByStack],
  // Two datagrams are no more than what its flow table begins with.
  flowtable: [byStack, backByStack],
  redirect: [past, backByStack],
  'redirect-both-ways': [past, backPast],
  'redirect-fib': [pastAsRouter, backByStack],
  'redirect-neigh': [pastAsRouter, backByStack],
  'redirect-peer': [past, backByStack],
  'tcx-redirect': [past, backByStack],
  // The client's device has no MAC address.
  netkit: [past, { ...backByStack, from: noMac, to: noMac }],
  'xdp-generic': [past, backByStack],
  'xdp-native-devmap': [past, backByStack],
  afxdp: [pastAsRouter, backByStack],
  // The stack has a request twice.
  tun: [{ ...byStack, ttl: forwarded - 1, byStack: 2 }, backByStack],
  'nft-fwd': [past, backByStack],
  mirred: [{ ...past, from: client, to: router }, { ...backByStack }],
  bridge: oneSegment(server),
  macvlan: oneSegment(server),
  // It has its parent's address.
  ipvlan: oneSegment(router),
}

const forwardedBy = { 4: 'Ip.ForwDatagrams', 6: 'Ip6.OutForwDatagrams' } as const

async function passageOf(path: LivePath, send: typeof sendRequest, family: Family): Promise<Passage> {
  // The first may have to wait for its neighbour's address, or have its way learnt.
  await send(path, family)
  let arrival: Awaited<ReturnType<typeof sendRequest>> | undefined
  const counters = await path.counted('netns-2', async () => {
    arrival = await send(path, family)
  })
  const { sourceMac: from = '', destinationMac: to = '', ttl = 0 } = arrival ?? {}
  return { from, to, ttl, byStack: counters.get(forwardedBy[family]) ?? 0 }
}

/** Nobody listens: the error about that is no datagram of the test's. */
const dropErrors =
  'table inet quiet { chain out { type filter hook output priority 0; ip protocol icmp drop; icmpv6 type destination-unreachable drop; }; }'

for (const family of families) {
  for (const [name, expected] of Object.entries(passages))
    asRoot(
      `path ${name} of redirect-family passes requests and replies of IPv${family} on as it says`,
      async (t) => {
        const { paths, skipped } = live.get(family)!
        const path = paths.get(name)
        // The kernel's word for what it does not have.
        if (path === undefined) t.not(skipped.get(name) ?? '', '')
        else {
          for (const end of ['netns-1', 'netns-3']) await path.run(end, ['nft', dropErrors])
          const closed = { ...path, close: () => Promise.resolve() }
          const passage = (send: typeof sendRequest) => passageOf(closed, send, family)
          t.deepEqual([await passage(sendRequest), await passage(sendReply)], expected)
        }
      },
    )

  asRoot(`every path of redirect-family over IPv${family} is one of these, its control or its floor`, (t) => {
    const { paths, skipped } = live.get(family)!
    t.deepEqual(
      [...paths.keys(), ...skipped.keys()].toSorted(),
      [...Object.keys(passages), 'control', 'floor'].toSorted(),
    )
  })
}
