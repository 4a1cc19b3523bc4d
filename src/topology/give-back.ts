/** How a device that was moved into a namespace is given back as it was. Pure. */
import { quoted } from '../host/shell-word.ts'
import type { MachineLook, SeenAddress, SeenLink } from './machine-look.ts'

/** A device, and the descriptor of the namespace that it is moved into. */
export interface MovedDevice {
  readonly device: string
  readonly descriptor: number
}

/** A lifetime that does not end, s. */
const forEver = 2 ** 32 - 1

/** The lines for `ip -batch` that set a device up again: MTU, addresses, whether it is up, routes, neighbours. */
export function restoringLines(device: string, look: MachineLook): string[] {
  const link = look.links.find(({ ifname }) => ifname === device)
  if (link === undefined) return []
  const isUp = link.flags.includes('UP')
  return [
    ...(link.mtu === undefined ? [] : [`link set dev ${device} mtu ${link.mtu}`]),
    ...link.addr_info.filter(isOfSomebody).map((address) => addressLine(link, address)),
    ...(isUp ? [`link set dev ${device} up`] : []),
    ...look.routes.flatMap((line) => routeLine(device, line)),
    ...look.neighbours
      .filter((line) => line.includes(` dev ${device} `))
      .map(
        (line) =>
          `neighbour replace ${line.replace(/ (router|proxy|extern_learn)\b/g, '').replace('PERMANENT', 'nud permanent')}`,
      ),
  ]
}

/** What the kernel makes of a router's advertisements, it makes again. */
const isOfSomebody = ({ family, dynamic, temporary }: SeenAddress): boolean =>
  family === 'inet' || (dynamic !== true && temporary !== true)

function addressLine({ ifname }: SeenLink, one: SeenAddress): string {
  const { family, local, address, prefixlen, broadcast, scope, label, noprefixroute } = one
  const { valid_life_time: valid = forEver, preferred_life_time: preferred = forEver } = one
  return [
    `address add ${local}`,
    ...(address === undefined ? [`/${prefixlen}`] : [` peer ${address}/${prefixlen}`]),
    ...(broadcast === undefined ? [] : [` broadcast ${broadcast}`]),
    ` dev ${ifname}`,
    ...(label === undefined ? [] : [` label ${label}`]),
    ...(scope === undefined || family === 'inet6' ? [] : [` scope ${scope}`]),
    ...(valid === forEver ? [] : [` valid_lft ${valid} preferred_lft ${preferred}`]),
    ...(family === 'inet6' ? [' nodad'] : []),
    ...(noprefixroute === true ? [' noprefixroute'] : []),
  ].join('')
}

/** What is told of a route and is none of its words. */
const states = /\b(linkdown|dead|pervasive|offload|trap|rt_offload|rt_trap|rt_offload_failed)\b/g

/** The kernel makes its own routes again, and those that routers advertise. */
function routeLine(device: string, line: string): string[] {
  if (!`${line} `.includes(` dev ${device} `) || / proto (kernel|ra) /.test(`${line} `)) return []
  const words = line.replaceAll('\\', ' ').replaceAll(states, '').replaceAll(/\s+/g, ' ').trim()
  return [`route ${words.includes('nexthop') ? 'replace' : 'add'} ${words}`]
}

// /proc/$$ is the guard, in the namespace that devices come from.
const functions = `lost=0
take() {
  nsenter --net=/proc/self/fd/$1 ip link set dev "$2" down
  nsenter --net=/proc/self/fd/$1 ip link set dev "$2" netns "/proc/$$/ns/net"
  ip link show dev "$2" || lost=1
}
set_again() {
  while IFS='\t' read -r file value; do printf '%s\\n' "$value" >"$file"; done
}`

/** The shell script that gives devices back; it fails where one of them is not there after it. */
export const giveBackScript = (moved: readonly MovedDevice[], look: MachineLook): string =>
  [
    functions,
    ...moved.map(({ device, descriptor }) => `take ${descriptor} ${quoted(device)}`),
    ...moved.flatMap(({ device }) => [
      hereDocument('set_again', sysctlLines(device, look)),
      hereDocument('ip -force -batch -', restoringLines(device, look)),
    ]),
    '[ $lost = 0 ]',
  ].join('\n')

const sysctlLines = (device: string, { sysctls }: MachineLook): string[] =>
  sysctls
    .filter(({ file }) => file.split('/').at(-2) === device)
    .map(({ file, value }) => `${file}\t${value}`)

const hereDocument = (command: string, lines: readonly string[]): string =>
  [`${command} <<'end'`, ...lines, 'end'].join('\n')

/** The shell script that moves them; it stops at the first that the kernel does not let go. */
export const moveScript = (moved: readonly MovedDevice[]): string =>
  moved
    .map(({ device, descriptor }) => `ip link set dev ${quoted(device)} netns /proc/self/fd/${descriptor}`)
    .join(' &&\n')
