/** Attaches an XDP program to a device, which has room for one. */
import type { Call } from '../call.ts'
import type { Attachment } from './hook.ts'

/** The modes of XDP, as ip(8) calls them. */
export type XdpMode = 'xdpgeneric' | 'xdpdrv'

export const attachXdp =
  (mode: XdpMode) =>
  ({ device, pin }: Pick<Attachment, 'device' | 'pin'>): Call => ({
    command: ['ip', 'link', 'set', 'dev', device, mode, 'pinned', pin],
  })
