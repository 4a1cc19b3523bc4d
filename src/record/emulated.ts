/** Whether a processor was played by a program: what takes how long there means nothing elsewhere. */
import type { Environment } from './record.ts'

export const isEmulated = ({ machines }: Pick<Environment, 'machines'>): boolean =>
  (machines ?? []).some(({ accelerator }) => accelerator === 'tcg')

/** Why a time of such a run is not used; fits behind `no verdict: `. */
export const emulatedReason = 'its kernel ran by emulation, whose timings mean nothing'
