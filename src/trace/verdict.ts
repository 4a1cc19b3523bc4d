/** What a program at a hook returned, and what that does to the packet. Pure. */
import { getSystemErrorName } from 'node:util'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ReturnCode } from '../parts/hooks/program-types.ts'
import type { HookedProgram } from '../scenario/scenario.ts'
import type { ProgramEvent } from './event.ts'

export interface Verdict {
  readonly program: string
  /** The code as the kernel calls it, with where the packet is sent: `TC_ACT_REDIRECT to veth2@1`. */
  readonly words: string
  /** What becomes of the packet; undefined for a code that has no name. */
  readonly packet: ReturnCode['packet'] | undefined
}

const targetWords: Readonly<
  Record<NonNullable<ProgramEvent['way']>, (device: string, target: number) => string>
> = {
  egress: (device) => ` to ${device}`,
  ingress: (device) => ` to the ingress of ${device}`,
  peer: (device) => ` to the peer of ${device}`,
  neighbour: (device) => ` to ${device}, for its neighbour`,
  cpu: (_, target) => ` to CPU ${target}`,
  socket: (_, target) => ` to the socket at ${target} of its map`,
  many: () => ' to all devices of its map',
}

/** @param devices of the program's namespace, by their numbers */
export function verdictOf(
  { hook, program }: Pick<HookedProgram, 'hook' | 'program'>,
  { returned, way, target = 0, error }: ProgramEvent,
  devices: ReadonlyMap<number, string>,
): Verdict | undefined {
  if (returned === undefined) return undefined
  const code = hookNamed(hook).type.codes[returned]
  const to = way === undefined ? '' : targetWords[way](devices.get(target) ?? `device ${target}`, target)
  const words = `${code?.name ?? returned}${to}`
  if (error === undefined) return { program, words, packet: code?.packet }
  return { program, words: `${words}, which failed: ${errorWords(error)}`, packet: 'ends' }
}

/** As xdp_do_redirect() and what it calls have them (net/core/filter.c, kernel/bpf/devmap.c). */
const redirectErrors: Readonly<Record<string, string>> = {
  ENETDOWN: 'the device is down',
  EINVAL: 'there is no such device, or nothing at that place of the map',
  // EOPNOTSUPP is the same number.
  ENOTSUP: 'its driver takes no frames of XDP; a veth does where its peer has a program of XDP, or GRO',
  EMSGSIZE: "longer than the device's MTU",
  ENOSPC: 'the queue there is full',
}

function errorWords(error: number): string {
  const name = getSystemErrorName(-error)
  return redirectErrors[name] === undefined ? name : `${redirectErrors[name]} (${name})`
}
