/** The programs that do nothing, bpf/nop.bpf.c: tried to see what the kernel can, and measured as a floor. */
import { type ProgramType, programTypes } from '../parts/hooks/program-types.ts'
import type { InstanceOrder } from './load-order.ts'
import { ownOrder } from './own-programs.ts'

/** The order that loads them, one of each type. @param pins the folder to pin them in */
export const nopOrder = (pins: string, types: readonly ProgramType[] = programTypes): InstanceOrder =>
  ownOrder(
    'nop.bpf.o',
    pins,
    types.map(({ nop, name }) => ({ name: nop, type: name })),
  )
