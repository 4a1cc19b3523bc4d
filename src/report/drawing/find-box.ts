/** Finds what was placed. */
import type { WayStep } from '../../record/record.ts'
import type { PlacedStation } from './place-station.ts'
import type { Box } from './shapes.ts'
import { deviceKey, programKey } from './stations.ts'

/** The boxes of devices by their keys, of those that are drawn. */
export const deviceBoxes = (
  stations: readonly PlacedStation[],
  keys: readonly (string | undefined)[],
): Box[] => {
  const devices = stations.flatMap((station) => station.devices)
  return keys.flatMap((key) => devices.find((device) => deviceKey(device) === key)?.box ?? [])
}

/** The box of one device. */
export const deviceBox = (
  stations: readonly PlacedStation[],
  end: { namespace: string; device: string },
): Box | undefined => deviceBoxes(stations, [deviceKey(end)])[0]

/** The box of a step of a way, on the station where it is. */
export const stepBox = (step: WayStep, station: PlacedStation): Box | undefined => {
  if (step.through === 'stack') return station.stack
  if (step.through === 'device') return deviceBox([station], step)
  return station.programs.find((each) => programKey(each) === programKey(step))?.box
}
