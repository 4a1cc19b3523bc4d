/** Puts one namespace's devices, programs and network stack into a box, from top to bottom. */
import type { Box } from './shapes.ts'
import { deviceKey, programKey, type Device, type Program, type Station } from './stations.ts'

const padding = 10
const gap = 16
const titleHeight = 26
const lineHeight = 13
const stackHeight = 28
const programHeight = 36

export interface PlacedDevice extends Device {
  readonly box: Box
}

export interface PlacedProgram extends Program {
  readonly box: Box
}

export interface PlacedStation {
  readonly namespace: string
  readonly part: Station['part']
  readonly box: Box
  readonly devices: readonly PlacedDevice[]
  readonly programs: readonly PlacedProgram[]
  readonly stack: Box
  readonly passesStack: boolean
}

const deviceHeight = ({ addresses }: Device): number => 22 + lineHeight * addresses.length
const rowHeight = (devices: readonly Device[]): number => Math.max(0, ...devices.map(deviceHeight))

/** Devices side by side, centred, each as wide as `mostDeviceWidth` allows. */
const mostDeviceWidth = 126

/** Width that the fullest row of a station needs. */
export const stationWidth = ({ upper, lower, inner }: Station): number =>
  Math.max(upper.length, lower.length, inner.length) * (mostDeviceWidth + padding) + padding

const placeRow = (devices: readonly Device[], y: number, width: number): PlacedDevice[] =>
  devices.map((device, index) => {
    const centre = ((index + 0.5) * (width - padding)) / devices.length + padding / 2
    const box = { x: centre - mostDeviceWidth / 2, y, width: mostDeviceWidth, height: deviceHeight(device) }
    return { ...device, box }
  })

const isAtLowerDevice = (program: Program, station: Station): boolean =>
  station.lower.some((device) => deviceKey(device) === deviceKey(program))

/** Programs stand between their device and the stack, below one another. */
const placePrograms = (
  programs: readonly Program[],
  devices: readonly PlacedDevice[],
  y: number,
  width: number,
): PlacedProgram[] =>
  programs.map((program, index) => {
    const device = devices.find((each) => deviceKey(each) === deviceKey(program))
    const centre = device ? device.box.x + device.box.width / 2 : width / 2
    const x = Math.max(padding / 2, Math.min(width - padding / 2 - 150, centre - 75))
    return { ...program, box: { x, y: y + index * (programHeight + 6), width: 150, height: programHeight } }
  })

const programsHeight = (programs: readonly Program[]): number =>
  programs.length === 0 ? 0 : programs.length * (programHeight + 6) - 6

/** Places a station with its upper edge at `top`; a stack that the way leaves out stands aside. */
export const placeStation = (station: Station, top: number, width: number): PlacedStation => {
  let y = top + titleHeight
  const below = (height: number): number => {
    const start = y
    if (height > 0) y += height + gap
    return start
  }
  const lowerPrograms = station.programs.filter((program) => isAtLowerDevice(program, station))
  const upperPrograms = station.programs.filter((program) => !lowerPrograms.includes(program))
  const upper = placeRow(station.upper, below(rowHeight(station.upper)), width)
  const first = placePrograms(upperPrograms, upper, below(programsHeight(upperPrograms)), width)
  const inner = placeRow(station.inner, below(rowHeight(station.inner)), width)
  const stackWidth = 112
  const stackX = station.passesStack ? (width - stackWidth) / 2 : padding
  const stack = { x: stackX, y: below(stackHeight), width: stackWidth, height: stackHeight }
  const lowerProgramsY = below(programsHeight(lowerPrograms))
  const lower = placeRow(station.lower, below(rowHeight(station.lower)), width)
  return {
    namespace: station.namespace,
    part: station.part,
    box: { x: 0, y: top, width, height: y - gap + padding - top },
    devices: [...upper, ...inner, ...lower],
    programs: [...first, ...placePrograms(lowerPrograms, lower, lowerProgramsY, width)],
    stack,
    passesStack: station.passesStack,
  }
}

/** Finds the box of a program. */
export const programBox = (station: PlacedStation, program: Program): Box | undefined =>
  station.programs.find((each) => programKey(each) === programKey(program))?.box
