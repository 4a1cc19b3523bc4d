/** An XDP program on a device, which has room for one: attaching it, and finding the one that is there. */
import { z } from 'zod'
import { parseAnswer } from '../../host/tool.ts'
import type { Call } from '../call.ts'
import { linkTypes } from './attach-link.ts'
import type { Attachment, Hook, HeldByLink } from './hook.ts'

/** The modes of XDP, as ip(8) calls them. */
export type XdpMode = 'xdpgeneric' | 'xdpdrv'

export const attachXdp =
  (mode: XdpMode) =>
  ({ device, pin }: Pick<Attachment, 'device' | 'pin'>): Call => ({
    command: ['ip', 'link', 'set', 'dev', device, mode, 'pinned', pin],
    hintFor,
  })

/** A program takes a packet that is in one page, unless it says that it takes several pieces (BPF_F_XDP_HAS_FRAGS, Linux 5.18). */
const hintFor = (stderr: string): string | undefined =>
  /MTU is too large/i.test(stderr)
    ? 'lower the MTU, or let the program take packets in several pieces: SEC("xdp.frags")'
    : undefined

/** XDP_FLAGS_SKB_MODE and XDP_FLAGS_DRV_MODE of include/uapi/linux/if_link.h. */
const modeFlags = { xdpgeneric: 1 << 1, xdpdrv: 1 << 2 } as const

export const linkXdp = (mode: XdpMode): HeldByLink => ({
  by: 'link',
  type: linkTypes.xdp,
  flags: modeFlags[mode],
})

/** As the kernel numbers modes (XDP_ATTACHED_DRV and XDP_ATTACHED_SKB). */
const modeNumbers = { xdpdrv: 1, xdpgeneric: 2 } as const

const links = z.array(
  z.looseObject({
    xdp: z.looseObject({ mode: z.int(), prog: z.looseObject({ id: z.int() }).optional() }).optional(),
  }),
)

export const listXdp =
  (mode: XdpMode): Hook['listings'] =>
  (device) => [
    {
      call: { command: ['ip', '-json', '-details', 'link', 'show', 'dev', device] },
      idsIn: (answer) =>
        parseAnswer(answer, 'ip', 'list XDP programs', links).flatMap(({ xdp }) =>
          xdp?.mode === modeNumbers[mode] ? (xdp.prog?.id ?? []) : [],
        ),
    },
  ]
