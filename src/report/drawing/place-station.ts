/** Puts one namespace's devices, programs and network stack into a box, from top to bottom. */
import { wrapName } from '../../page/fit-text.ts'
import { centred, padding, type Arrangement } from './arrangement.ts'
import type { Box } from './shapes.ts'
import { deviceKey, deviceLines, type Device, type Program, type Station } from './stations.ts'

const gap = 16
const titleHeight = 26
const lineHeight = 13
const stackHeight = 28
const programHeight = 36
const betweenPrograms = 6
const programCharacter = 6.8

export interface PlacedDevice extends Device {
  readonly box: Box
}

export interface PlacedProgram extends Program {
  readonly box: Box
  /** Its name, in as many lines as the box has room for. */
  readonly lines: readonly string[]
}

export interface PlacedStation {
  readonly namespace: string
  readonly part: Station['part']
  readonly box: Box
  /** The baseline of its name, and how much room there is for that. */
  readonly title: { readonly y: number; readonly width: number }
  readonly devices: readonly PlacedDevice[]
  readonly programs: readonly PlacedProgram[]
  readonly stack: Box
  readonly passesStack: boolean
}

const deviceHeight = (device: Device): number => 22 + lineHeight * deviceLines(device).length
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

/** Programs stand between their device and the stack, below one another from `y` down. */
const placePrograms = (
  programs: readonly Program[],
  devices: readonly PlacedDevice[],
  y: number,
  width: number,
  { ofProgram }: Arrangement,
): PlacedProgram[] => {
  let top = y
  return programs.map((program) => {
    const device = devices.find((each) => deviceKey(each) === deviceKey(program))
    const centre = device ? device.box.x + device.box.width / 2 : width / 2
    const span = ofProgram(program, centre, width)
    const lines = wrapName(program.program, span.width - 12, programCharacter)
    const height = programHeight + (lines.length - 1) * lineHeight
    const box = { ...span, y: top, height }
    top += height + betweenPrograms
    return { ...program, box, lines }
  })
}

const heightOf = (programs: readonly PlacedProgram[]): number => {
  const [first, last] = [programs[0], programs.at(-1)]
  return first && last ? last.box.y + last.box.height - first.box.y : 0
}

/** Places a station with its upper edge at `top`. */
export const placeStation = (
  station: Station,
  top: number,
  width: number,
  arrangement: Arrangement = centred,
): PlacedStation => {
  const { isBelow, width: titleWidth } = arrangement.title(station, width)
  let y = top + (isBelow ? padding : titleHeight)
  const below = (height: number): number => {
    const start = y
    if (height > 0) y += height + gap
    return start
  }
  const programsBy = (devices: readonly PlacedDevice[], programs: readonly Program[]): PlacedProgram[] => {
    const placed = placePrograms(programs, devices, y, width, arrangement)
    below(heightOf(placed))
    return placed
  }
  const lowerPrograms = station.programs.filter((program) => isAtLowerDevice(program, station))
  const upperPrograms = station.programs.filter((program) => !lowerPrograms.includes(program))
  const upper = placeRow(station.upper, below(rowHeight(station.upper)), width)
  const first = programsBy(upper, upperPrograms)
  const inner = placeRow(station.inner, below(rowHeight(station.inner)), width)
  const stack = { ...arrangement.ofStack(station, width), y: below(stackHeight), height: stackHeight }
  const second = programsBy(placeRow(station.lower, y, width), lowerPrograms)
  const lower = placeRow(station.lower, below(rowHeight(station.lower)), width)
  const bottom = y - gap + (isBelow ? titleHeight : padding)
  return {
    namespace: station.namespace,
    part: station.part,
    box: { x: 0, y: top, width, height: bottom - top },
    title: { y: isBelow ? bottom - 9 : top + 17, width: titleWidth },
    devices: [...upper, ...inner, ...lower],
    programs: [...first, ...second],
    stack,
    passesStack: station.passesStack,
  }
}

/** The same station elsewhere. */
export const movedStation = (station: PlacedStation, byX: number, byY: number): PlacedStation => {
  const moved = (box: Box): Box => ({ ...box, x: box.x + byX, y: box.y + byY })
  return {
    ...station,
    box: moved(station.box),
    title: { ...station.title, y: station.title.y + byY },
    devices: station.devices.map((device) => ({ ...device, box: moved(device.box) })),
    programs: station.programs.map((program) => ({ ...program, box: moved(program.box) })),
    stack: moved(station.stack),
  }
}
