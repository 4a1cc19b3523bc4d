/** Programs attached by a link of the kernel's: making one, and finding those that are there. */
import { z } from 'zod'
import { builtProgram } from '../../host/built.ts'
import { parseAnswer } from '../../host/tool.ts'
import type { Attachment, Hook, HeldByLink, Listing } from './hook.ts'

/** Places for programs, as the kernel numbers them (enum bpf_attach_type in include/uapi/linux/bpf.h). */
export const linkTypes = {
  cgroupConnect4: 10,
  cgroupConnect6: 11,
  cgroupSendmsg4: 14,
  cgroupSendmsg6: 15,
  cgroupRecvmsg4: 19,
  cgroupRecvmsg6: 20,
  xdp: 37,
  tcxIngress: 46,
  tcxEgress: 47,
  netkitPrimary: 54,
  netkitPeer: 55,
} as const
export type LinkType = (typeof linkTypes)[keyof typeof linkTypes]

/** BPF_F_BEFORE, without another program: before all that are there. */
const beforeOthers = 1 << 3

/** How a program gets to a place that has room for several, before those of others. */
export const linkBeforeOthers = (type: LinkType): HeldByLink => ({
  by: 'link',
  type,
  flags: beforeOthers,
})

/** Programs run in the order in which their links are made. The link is there for as long as its pin. */
export const attachLink =
  (type: LinkType) =>
  ({ device, pin, linkPin }: Pick<Attachment, 'device' | 'pin' | 'linkPin'>): ReturnType<Hook['attach']> => ({
    command: [builtProgram('bpfload'), 'link', device, String(type), pin, linkPin],
  })

export const listLinks = (type: LinkType, device: string): Listing => ({
  call: { command: [builtProgram('bpfload'), 'programs', device, String(type)] },
  idsIn: (answer) => parseAnswer(answer, 'bpfload', 'list programs', z.array(z.int())),
})
