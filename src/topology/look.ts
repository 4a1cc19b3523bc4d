/** Looks into a namespace that is there already: its devices with their addresses, and its routes. */
import { z } from 'zod'
import { parseAnswer, runTool } from '../host/tool.ts'

export interface SeenDevice {
  readonly device: string
  readonly ifindex: number
  /** The other end's number where it is one of a pair, in its own namespace. */
  readonly peerIfindex: number | undefined
  /** `veth`, `bridge` and the like; undefined of hardware. */
  readonly kind: string | undefined
  readonly mac: string
  /** With prefix lengths. */
  readonly addresses: readonly string[]
}

export interface SeenNamespace {
  readonly devices: readonly SeenDevice[]
  /** A line each, as ip(8) has them. */
  readonly routes: readonly string[]
}

const devicesSchema = z.array(
  z.looseObject({
    ifname: z.string(),
    ifindex: z.int(),
    link_index: z.int().optional(),
    address: z.string().default(''),
    linkinfo: z.looseObject({ info_kind: z.string().optional() }).optional(),
    addr_info: z
      .array(z.looseObject({ local: z.string(), prefixlen: z.int(), scope: z.string() }))
      .default([]),
  }),
)

const inNamespace = (file: string, words: readonly string[], what: string): Promise<string> =>
  runTool({ command: ['nsenter', `--net=${file}`, ...words], what })

/** @param file of the namespace, as the host has it. @throws BenchError `failed` if it is not there */
export async function lookInto(file: string): Promise<SeenNamespace> {
  const what = `look into namespace ${file}`
  const json = await inNamespace(file, ['ip', '-json', '-details', 'address', 'show'], what)
  const devices = parseAnswer(json, 'ip', what, devicesSchema)
  const routes = await inNamespace(file, ['ip', 'route', 'show'], what)
  return {
    devices: devices
      .filter(({ ifname }) => ifname !== 'lo')
      .map(({ ifname, ifindex, link_index, address, linkinfo, addr_info }) => ({
        ...{ device: ifname, ifindex, peerIfindex: link_index, kind: linkinfo?.info_kind, mac: address },
        addresses: addr_info
          .filter(({ scope }) => scope === 'global')
          .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
      })),
    routes: routes.split('\n').filter((line) => line.trim() !== ''),
  }
}

/** Whether a namespace has a way to an address that is not its own. */
export async function reaches(file: string, address: string): Promise<boolean> {
  try {
    const route = await inNamespace(file, ['ip', 'route', 'get', address], 'look for a route')
    return !route.startsWith('local ')
  } catch {
    return false
  }
}
