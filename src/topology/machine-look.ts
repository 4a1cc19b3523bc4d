/** What is known of a machine's devices before any of them is moved: one script, and what it says. */
import { z } from 'zod'
import { parseAnswer, type Command } from '../host/tool.ts'

const addressSchema = z.looseObject({
  family: z.string(),
  local: z.string(),
  /** The other end of a link between two. */
  address: z.string().optional(),
  prefixlen: z.int(),
  broadcast: z.string().optional(),
  scope: z.string().optional(),
  label: z.string().optional(),
  dynamic: z.boolean().optional(),
  temporary: z.boolean().optional(),
  noprefixroute: z.boolean().optional(),
  /** Seconds; the largest number is for ever. */
  valid_life_time: z.number().optional(),
  preferred_life_time: z.number().optional(),
})

const linksSchema = z.array(
  z.looseObject({
    ifname: z.string(),
    flags: z.array(z.string()).default([]),
    mtu: z.int().optional(),
    operstate: z.string().optional(),
    /** The device that it stands on. */
    link: z.string().optional(),
    /** The bridge or bond that it is a port of. */
    master: z.string().optional(),
    linkinfo: z.looseObject({ info_kind: z.string().optional() }).optional(),
    // iproute2 6.1 writes an empty object for an address that it was asked not to show.
    addr_info: z
      .array(z.union([addressSchema, z.object({}).transform(() => undefined)]))
      .default([])
      .transform((all) => all.flatMap((one) => one ?? [])),
  }),
)

const waySchema = z.array(z.looseObject({ dev: z.string().optional() }))

export type SeenLink = z.infer<typeof linksSchema>[number]
export type SeenAddress = z.infer<typeof addressSchema>

/** A device's setting under /proc/sys/net. */
export interface SeenSysctl {
  readonly file: string
  readonly value: string
}

export interface MachineLook {
  readonly links: readonly SeenLink[]
  /** The devices by which packets to the address leave that was asked for. */
  readonly ways: readonly string[]
  /** As `ip route` writes them, of all tables and both families. */
  readonly routes: readonly string[]
  /** Permanent neighbours, as `ip neigh` writes them. */
  readonly neighbours: readonly string[]
  /** Addresses of this end of ssh's connections. */
  readonly sshAddresses: readonly string[]
  readonly sysctls: readonly SeenSysctl[]
  /** Of the files that were named, those of the namespace that the look was taken in. */
  readonly own: readonly string[]
}

const script = `peer=$1
shift
echo '== own'
here=$(stat -L -c %d:%i /proc/self/ns/net)
while [ "$1" != -- ]; do
  if [ "$(stat -L -c %d:%i "$1" 2>/dev/null)" = "$here" ]; then printf '%s\\n' "$1"; fi
  shift
done
shift
echo '== links'
ip -json -details address show || exit
echo '== way'
if [ -n "$peer" ]; then ip -json route get "$peer" || exit; fi
echo '== routes'
for family in -4 -6; do ip $family -oneline -details route show table all 2>/dev/null; done
echo '== neighbours'
ip neigh show nud permanent
echo '== sockets'
ss -Htnp state established 2>/dev/null
echo '== sysctls'
for device; do
  grep -s . /proc/sys/net/ipv[46]/conf/"$device"/* /proc/sys/net/ipv[46]/neigh/"$device"/*
done
:`

export interface LookOrder {
  /** The devices whose settings are read. */
  readonly devices: readonly string[]
  /** Files of namespaces, which may be the machine's own. */
  readonly files?: readonly string[]
  /** The address that packets go to whose way is asked for. */
  readonly peer?: string
}

/** The command that looks, to be run on the machine and beside its sandbox. */
export const lookCommand = ({ devices, files = [], peer = '' }: LookOrder): Command =>
  [...['sh', '-c', script, 'look', peer], ...files, '--', ...devices] as unknown as Command

/** @param what completes `Could not …` @throws BenchError `machine` where ip says something else than it should */
export function readLook(text: string, what: string): MachineLook {
  const parts = new Map(
    text
      .split(/^== /m)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const),
  )
  const linesOf = (name: string): string[] =>
    (parts.get(name) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const way = parts.get('way')?.trim() ?? ''
  return {
    links: parseAnswer(parts.get('links') ?? '', 'ip', what, linksSchema),
    ways: way === '' ? [] : parseAnswer(way, 'ip', what, waySchema).flatMap(({ dev }) => dev ?? []),
    routes: linesOf('routes'),
    neighbours: linesOf('neighbours'),
    sshAddresses: linesOf('sockets').flatMap(sshAddress),
    sysctls: linesOf('sysctls').map((line) => {
      const [file = '', ...value] = line.split(':')
      return { file, value: value.join(':') }
    }),
    own: linesOf('own'),
  }
}

/** Of a line of ss(8): the address of this end, where it is a connection of ssh's. */
function sshAddress(line: string): string[] {
  if (!/"(ssh|sshd|sshd-session)"/.test(line)) return []
  const [, , end = ''] = line.split(/\s+/)
  const address = end
    .replace(/:\d+$/, '')
    .replaceAll(/[[\]]/g, '')
    .replace(/%.*$/, '')
    .replace(/^::ffff:/, '')
  return address === '' ? [] : [address]
}
