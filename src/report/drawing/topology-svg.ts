/** A laid-out topology as SVG. Colours come from the page's style sheet. */
import { markup, type Html } from '../../page/escape.ts'
import { fitText } from '../../page/fit-text.ts'
import { colour } from '../../page/palette.ts'
import type { Bar } from './bars.ts'
import { portProgramWidth, type PortProgram } from './port-programs.ts'
import type { TopologyView } from './layout.ts'
import type { PlacedDevice, PlacedProgram, PlacedStation } from './place-station.ts'
import type { Box, Point } from './shapes.ts'
import { deviceLines } from './stations.ts'
import type { TrackLine } from './track-lines.ts'
import type { Arrow } from './way-line.ts'

const rect = ({ x, y, width, height }: Box, className: string, radius: number): Html =>
  markup`<rect class="${className}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`

const words = (text: string, { x, y }: Point, className: string): Html =>
  markup`<text class="${className}" x="${x}" y="${y}">${text}</text>`

/** The whole of a text that was cut is in `<title>` and in the table behind. */
const label = (text: string, at: Point, className: string, width: number, characterWidth: number): Html =>
  words(fitText(text, width, characterWidth), at, className)

const deviceSvg = (placed: PlacedDevice): Html => {
  const { device, box } = placed
  const lines = deviceLines(placed)
  const x = box.x + box.width / 2
  const inside = box.width - 8
  return markup`<g><title>${device} ${lines.join(', ')}</title>${rect(box, 'device', 4)}${label(device, { x, y: box.y + 15 }, 'device-name', inside, 7)}${lines.map((line, index) => label(line, { x, y: box.y + 28 + 13 * index }, 'address', inside, 6.4))}</g>`
}

const programSvg = ({ program, hook, box, lines }: PlacedProgram, pathColour: string): Html => {
  const x = box.x + box.width / 2
  const name = lines.map((line, index) => words(line, { x, y: box.y + 15 + 13 * index }, 'program-name'))
  const at = { x, y: box.y + box.height - 8 }
  return markup`<g style="--way:${pathColour}"><title>${program} at ${hook}</title>${rect(box, 'program', 18)}${name}${label(hook, at, 'address', box.width - 12, 6.4)}</g>`
}

const stackSvg = ({ stack, passesStack }: PlacedStation): Html => {
  const text = { x: stack.x + stack.width / 2, y: stack.y + 18 }
  const kind = passesStack ? 'stack' : 'stack stack-left-out'
  return markup`<g>${rect(stack, kind, 4)}${label('network stack', text, 'stack-name', stack.width, 6)}</g>`
}

const stationSvg = (station: PlacedStation): Html => {
  const { box, title, namespace, part } = station
  const partLabel =
    part && markup`<text class="part" x="${box.x + box.width - 10}" y="${title.y}">${part}</text>`
  return markup`<g><title>${namespace}</title>${rect(box, 'namespace', 8)}${label(namespace, { x: box.x + 10, y: title.y }, 'namespace-name', title.width, 7.4)}${partLabel}</g>`
}

const arrowSvg = ({ x, y, isDown }: Arrow): Html => {
  const tip = isDown ? 6 : -6
  return markup`<path class="arrow" d="M${x - 6} ${y - tip}H${x + 6}L${x} ${y + tip}Z"/>`
}

const portProgramSvg = ({ at, program, hook, port }: PortProgram): Html =>
  markup`<g><title>${program} at ${hook} of the port ${port}</title><circle class="program" cx="${at.x}" cy="${at.y}" r="4"/><text class="port-program" x="${at.x + 6}" y="${at.y + 3.5}">${fitText(program, portProgramWidth, 5.8)}</text></g>`

const barSvg = ({ name, box, label: at, labelWidth }: Bar): Html =>
  markup`<g><title>${name}</title>${rect(box, 'bar', 6)}${label(name, at, 'bar-name', labelWidth, 7)}</g>`

const wayClass = ({ direction, isLikewise }: TrackLine): string =>
  ['way', ...(direction === 'reply' ? ['way-reply'] : []), ...(isLikewise ? ['way-likewise'] : [])].join(' ')

const waySvg = (way: TrackLine): Html =>
  markup`<path class="${wayClass(way)}" d="${way.line}"/>${way.arrows.map(arrowSvg)}`

/** The drawing; its text alternative is the caller's to give. */
export const topologySvg = ({
  style,
  width,
  height,
  stations,
  bars,
  portPrograms,
  links,
  ways,
}: TopologyView): Html => {
  const pathColour = colour(style.colour)
  const marks =
    portPrograms.length > 0 && markup`<g style="--way:${pathColour}">${portPrograms.map(portProgramSvg)}</g>`
  const lines = ways.length > 0 && markup`<g style="--way:${pathColour}">${ways.map(waySvg)}</g>`
  return markup`<svg class="topology" viewBox="-1 -1 ${width + 2} ${height + 2}" width="${width + 2}" height="${height + 2}" aria-hidden="true">${bars.map(barSvg)}${stations.map(stationSvg)}${links.map((link) => markup`<path class="link" d="${link}"/>`)}${lines || undefined}${stations.map((station) => [stackSvg(station), station.devices.map(deviceSvg), station.programs.map((program) => programSvg(program, pathColour))])}${marks || undefined}</svg>`
}
