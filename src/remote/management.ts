/** The link that ssh comes in by at another host: a scenario that names it is refused, as the host might be lost by it. */
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { parseAnswer, runTool } from '../host/tool.ts'
import { devicesOf } from '../scenario/check.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { OpenRemoteSandbox } from './remote-sandbox.ts'

export interface SeenLink {
  readonly ifname: string
  /** The device that it stands on. */
  readonly link?: string | undefined
  /** The bridge or bond that it is a port of. */
  readonly master?: string | undefined
}

const routesSchema = z.array(z.looseObject({ dev: z.string().optional() }))
const linksSchema = z.array(
  z.looseObject({
    ifname: z.string(),
    link: z.string().optional(),
    master: z.string().optional(),
    addr_info: z.array(z.looseObject({ local: z.string().optional() })).default([]),
  }),
)

/** A device, what it stands on, and its ports, all the way down: what the packets of one that is a VLAN or bridge go by. */
export function carriers(devices: readonly string[], links: readonly SeenLink[]): ReadonlySet<string> {
  const found = new Set(devices)
  // A set goes on with what is added to it meanwhile.
  for (const device of found)
    for (const { ifname, link, master } of links) {
      if (ifname === device && link !== undefined) found.add(link)
      if (master === device) found.add(ifname)
    }
  return found
}

/**
 * Refuses scenarios that name the device which ssh comes in by, or one that carries it.
 *
 * @throws BenchError `usage` with what they name; `failed` where it cannot be told which device that is
 */
export async function spareManagement(
  remote: OpenRemoteSandbox,
  scenarios: readonly Pick<Scenario, 'paths'>[],
): Promise<void> {
  const { client, server } = remote.connection
  const what = `find the device that ssh comes in by at host "${remote.host}"`
  const look = 'ip -json route get "$1" && printf "\\n" && ip -json address show'
  const answer = await remote.roundTrips.wait(
    runTool({ command: remote.outside(['sh', '-c', look, 'look', client]), what }),
  )
  const [, routes = '', links = ''] = /^(\[.*?\]\s*?)\n\n?(\[.*)$/s.exec(answer) ?? []
  const seen = parseAnswer(links, 'ip', what, linksSchema)
  const ways = parseAnswer(routes, 'ip', what, routesSchema).flatMap(({ dev }) => dev ?? [])
  const own = seen.filter(({ addr_info }) => addr_info.some(({ local }) => local === server))
  const spared = carriers([...ways, ...own.map(({ ifname }) => ifname)], seen)
  const named = scenarios
    .flatMap(({ paths }) => paths)
    .flatMap(({ topology }) =>
      [...devicesOf(topology)].flatMap(([namespace, devices]) => {
        const { host, existing } = topology.namespaces[namespace] ?? {}
        return host === undefined || existing !== undefined ? [] : devices
      }),
    )
  const refused = [...new Set(named)].filter((device) => spared.has(device))
  if (refused.length === 0) return
  throw new BenchError(
    `Could not use ${refused.join(', ')} of host "${remote.host}": ssh comes in by it, and the host might be lost`,
    { trouble: 'usage', hint: 'let paths lead over other devices than the one that the host is managed by' },
  )
}
