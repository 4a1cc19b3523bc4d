/** Devices that a scenario names and that are left alone. Pure. */
import { BenchError } from '../host/errors.ts'
import type { MachineLook } from '../topology/machine-look.ts'
import { hindranceOf } from '../topology/spared-devices.ts'

export interface NamedDevices {
  readonly device: string
  readonly where: string
  readonly why: string
}

/** Those of `devices` that cannot be moved. @param management what the machine is reached by, and why */
export const hindrances = (
  devices: readonly string[],
  where: string,
  look: MachineLook,
  management: ReadonlyMap<string, string>,
): NamedDevices[] =>
  devices.flatMap((device) => {
    const why = management.get(device) ?? hindranceOf(device, look)
    return why === undefined ? [] : [{ device, where, why }]
  })

/** @throws BenchError `usage` with all that are refused */
export function requireFree(refused: readonly NamedDevices[]): void {
  const told = [...new Set(refused.map(({ device, where, why }) => `${device} of ${where}: ${why}`))]
  const [first, ...others] = told
  if (first === undefined) return
  throw new BenchError(`Could not use ${first}`, {
    trouble: 'usage',
    details: others.map((one) => `nor ${one}`).join('\n'),
    hint: 'let paths lead over other devices: those that are moved go into a namespace of their own for the run',
  })
}
