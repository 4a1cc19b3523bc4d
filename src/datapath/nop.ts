/** The programs that do nothing, bpf/nop.bpf.c: tried to see what the kernel can, and measured as a floor. */
import { builtObject } from '../host/built.ts'
import { programTypes } from '../parts/hooks/program-types.ts'
import type { InstanceOrder } from './load-order.ts'

/** The order that loads them, one of each type. @param pins the folder to pin them in */
export const nopOrder = (pins: string): InstanceOrder => ({
  object: builtObject('nop.bpf.o'),
  namespace: null,
  programPins: pins,
  mapPins: `${pins}/maps`,
  pinRoot: `${pins}/by-name`,
  programs: programTypes.map(({ nop, name }) => ({ name: nop, type: name })),
  constants: [],
  entries: [],
  sharedMaps: [],
  mapSizes: {},
  background: {},
})
