/** The programs that do nothing, bpf/nop.bpf.c: tried to see what the kernel can, and measured as a floor. */
import { builtObject } from '../host/built.ts'
import { type ProgramType, programTypes } from '../parts/hooks/program-types.ts'
import type { InstanceOrder } from './load-order.ts'

/** The order that loads them, one of each type. @param pins the folder to pin them in */
export const nopOrder = (pins: string, types: readonly ProgramType[] = programTypes): InstanceOrder => ({
  object: builtObject('nop.bpf.o'),
  namespace: null,
  programPins: pins,
  mapPins: `${pins}/maps`,
  pinRoot: `${pins}/by-name`,
  programs: types.map(({ nop, name }) => ({ name: nop, type: name })),
  constants: [],
  entries: [],
  sharedMaps: [],
  mapSizes: {},
  background: {},
})
