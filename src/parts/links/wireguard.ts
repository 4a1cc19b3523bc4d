/** wireguard: an encrypted tunnel (drivers/net/wireguard). */
import { z } from 'zod'
import { wireguard as wireguardNeed } from '../needs/wireguard.ts'
import { ipAddress, port, prefix } from '../words.ts'
import type { LinkEnd, LinkKind, NamespaceFile, TwoEnds } from './link.ts'
import { newDevice } from './new-device.ts'

const pairOf = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item)
    .length(2, what)
    .transform((both) => both as [z.infer<Item>, z.infer<Item>])

const shape = {
  endpoints: pairOf(ipAddress, 'two addresses').describe(
    'Where the ends send to each other, in their order: an address of the namespace of each.',
  ),
  port: port.default(51_820).describe('The UDP port at both ends.'),
  allowed: pairOf(z.array(prefix), 'two lists of prefixes')
    .optional()
    .describe('Which addresses are behind each end; without it, all.'),
}

export const wireguard: LinkKind<typeof shape, TwoEnds> = {
  name: 'wireguard',
  words:
    'An encrypted tunnel of IP packets, with keys that are made anew each time. What it carries is 60 bytes shorter over IPv4, 80 over IPv6.',
  need: wireguardNeed,
  endCount: 2,
  shape,
  check: ({ endpoints: [one, other] }) =>
    one.includes(':') === other.includes(':')
      ? []
      : [{ at: ['endpoints', 1], message: `${one} and ${other} are not of one family of addresses` }],
  underlay: ({ ends, endpoints }) =>
    ends.map(({ namespace }, index) => ({
      namespace,
      address: endpoints[index] ?? '',
      at: ['endpoints', index],
    })),
  // Inside: what it encrypts is sent in the namespace that it was made in.
  createLines: ({ ends }, fileOf) =>
    ends.map((end) => ({
      namespace: end.namespace,
      line: `link add ${newDevice(end, fileOf)} type wireguard`,
    })),
  configure: ({ ends: [one, other], endpoints, port: number, allowed }, fileOf) => ({
    command: [
      'sh',
      '-c',
      exchangeKeys,
      'sh',
      String(number),
      ...endWords(one, fileOf, endpoints[0], allowed?.[0]),
      ...endWords(other, fileOf, endpoints[1], allowed?.[1]),
    ],
  }),
}

/** Of one end, and of what is sent to it. */
const endWords = (
  { namespace, device }: LinkEnd,
  fileOf: NamespaceFile,
  endpoint: string,
  allowed: readonly string[] = ['0.0.0.0/0', '::/0'],
): string[] => [
  fileOf(namespace),
  device,
  endpoint.includes(':') ? `[${endpoint}]` : endpoint,
  allowed.join(','),
]

// Private keys go by a pipe: in an argument every user of the machine could read them.
const exchangeKeys = `set -e
port=$1
shift
one=$(wg genkey) other=$(wg genkey)
# set_up PRIVATE NAMESPACE DEVICE, then the other end's KEY ENDPOINT ALLOWED
set_up() {
  printf '%s\\n' "$1" | nsenter --net="/run/netns/$2" wg set "$3" private-key /dev/stdin \\
    listen-port "$port" peer "$4" endpoint "$5:$port" allowed-ips "$6"
}
set_up "$one" "$1" "$2" "$(printf '%s\\n' "$other" | wg pubkey)" "$7" "$8"
set_up "$other" "$5" "$6" "$(printf '%s\\n' "$one" | wg pubkey)" "$3" "$4"`
