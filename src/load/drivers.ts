/** The drivers of load: a line here for each. */
import type { DriverName } from '../parts/loads/load.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import { loadOf } from '../parts/loads/loads.ts'
import type { Driver, DriverKind, DriverTools } from './driver.ts'
import { h2load } from './http-driver.ts'
import { udpgen } from './udp-driver.ts'

const kinds: Readonly<Record<DriverName, DriverKind>> = { udpgen, h2load }

export const driverNames = Object.keys(kinds) as DriverName[]

/** Which driver runs a trial. */
export const driverOf = ({ kind }: Pick<LoadTrial, 'kind'>): DriverName => loadOf(kind).driver

export const driverKind = (name: DriverName): DriverKind => kinds[name]

/** All drivers, by name: one that a scenario has no load for has nothing to do. */
export const startDrivers = (tools: DriverTools): ReadonlyMap<DriverName, Driver> =>
  new Map(driverNames.map((name) => [name, kinds[name].start(tools)]))
