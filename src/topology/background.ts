/** What a machine in use has beside what a run needs: routes and rules that its packets meet, and none is for. Pure. */
import { isIPv4 } from 'node:net'
import type { Topology } from '../scenario/schema.ts'

const prefixes = 2 ** 24
/** An odd number near 2^24 divided by the golden ratio: its multiples are spread evenly, and none comes twice. */
const stride = 10_368_889

/**
 * /24 prefixes over the whole range of addresses to have routes to, so that the kernel's tree is as deep near the run's own
 * prefixes as elsewhere. What goes there would be thrown away.
 *
 * @param topology whose addresses and routes are left alone
 */
export function backgroundRoutes(count: number, topology: Topology): string[] {
  if (count === 0) return []
  const used = usedPrefixes(topology).map(rangeOf)
  const found: string[] = []
  for (let step = 1; found.length < count && step < prefixes; step += 1) {
    const prefix = (step * stride) % prefixes
    if (isUnicast(prefix) && !used.some(([first, last]) => first <= prefix && prefix <= last))
      found.push(`${addressOf(prefix)}/24`)
  }
  return found
}

/** A ruleset of so many rules at the forward hook, each for a source that no packet has; empty for none. */
export function backgroundRules(count: number): string {
  if (count === 0) return ''
  const rules = Array.from({ length: count }, (_, index) => `ip saddr ${unusedSource(index)} drop`)
  return `table ip background {\n  chain forward {\n    type filter hook forward priority 0\n${rules.map((rule) => `    ${rule}\n`).join('')}  }\n}\n`
}

/** 240.0.0.0/4 is reserved (RFC 1112, section 4): nobody sends from there. */
const unusedSource = (index: number): string => {
  const address = 0xf0000001 + index
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
}

const addressOf = (prefix: number): string => `${prefix >>> 16}.${(prefix >>> 8) & 255}.${prefix & 255}.0`

/** 0.0.0.0/8, 127.0.0.0/8 and what is from 224.0.0.0 on are no unicast addresses. */
const isUnicast = (prefix: number): boolean => {
  const first = prefix >>> 16
  return first !== 0 && first !== 127 && first < 224
}

/** An IPv4 prefix: its address as a number, and its length in bits. */
interface Prefix {
  readonly address: number
  readonly length: number
}

/** The first and the last /24 that hold an address of a prefix. */
function rangeOf({ address, length }: Prefix): readonly [first: number, last: number] {
  const size = 2 ** (24 - Math.min(length, 24))
  const first = Math.floor(address / 256 / size) * size
  return [first, first + size - 1]
}

/** The addresses of links and loopbacks with their networks, and where routes lead to. */
function usedPrefixes({ links, namespaces }: Topology): Prefix[] {
  return [
    ...Object.values(links).flatMap(({ ends }) => ends.flatMap(({ addresses }) => addresses)),
    ...Object.values(namespaces).flatMap(({ loopback, routes }) => [
      ...loopback,
      ...routes.map(({ to }) => to).filter((to) => to !== 'default'),
    ]),
  ].flatMap(parsePrefix)
}

function parsePrefix(text: string): Prefix[] {
  const [address = '', length = '32'] = text.split('/')
  if (!isIPv4(address)) return []
  return [
    {
      address: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
      length: Number(length),
    },
  ]
}
