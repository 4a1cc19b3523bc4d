/** A laid-out topology as SVG. Colours come from the page's style sheet. */
import { markup, type Html } from '../escape.ts'
import { fitText } from '../fit-text.ts'
import { colour } from '../palette.ts'
import type { TopologyView } from './layout.ts'
import type { PlacedDevice, PlacedProgram, PlacedStation } from './place-station.ts'
import type { Box, Point } from './shapes.ts'
import type { Arrow } from './way-line.ts'

const rect = ({ x, y, width, height }: Box, className: string, radius: number): Html =>
  markup`<rect class="${className}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`

/** The whole of a text that was cut is in `<title>` and in the table behind. */
const label = (
  text: string,
  { x, y }: Point,
  className: string,
  width: number,
  characterWidth: number,
): Html => markup`<text class="${className}" x="${x}" y="${y}">${fitText(text, width, characterWidth)}</text>`

const deviceSvg = ({ device, addresses, box }: PlacedDevice): Html => {
  const x = box.x + box.width / 2
  const inside = box.width - 8
  return markup`<g><title>${device} ${addresses.join(', ')}</title>${rect(box, 'device', 4)}${label(device, { x, y: box.y + 15 }, 'device-name', inside, 7)}${addresses.map((address, index) => label(address, { x, y: box.y + 28 + 13 * index }, 'address', inside, 6.4))}</g>`
}

const programSvg = ({ program, hook, box }: PlacedProgram, pathColour: string): Html => {
  const x = box.x + box.width / 2
  const inside = box.width - 12
  return markup`<g style="--way:${pathColour}"><title>${program} at ${hook}</title>${rect(box, 'program', 18)}${label(program, { x, y: box.y + 15 }, 'program-name', inside, 6.8)}${label(hook, { x, y: box.y + 28 }, 'address', inside, 6.4)}</g>`
}

const stackSvg = ({ stack, passesStack }: PlacedStation): Html => {
  const text = { x: stack.x + stack.width / 2, y: stack.y + 18 }
  const kind = passesStack ? 'stack' : 'stack stack-left-out'
  return markup`<g>${rect(stack, kind, 4)}${label('network stack', text, 'stack-name', stack.width, 6)}</g>`
}

const stationSvg = (station: PlacedStation): Html => {
  const { box, namespace, part } = station
  const title = { x: box.x + 10, y: box.y + 17 }
  const partLabel =
    part && markup`<text class="part" x="${box.x + box.width - 10}" y="${title.y}">${part}</text>`
  return markup`<g><title>${namespace}</title>${rect(box, 'namespace', 8)}${label(namespace, title, 'namespace-name', box.width - 70, 7.4)}${partLabel}</g>`
}

const arrowSvg = ({ x, y, isDown }: Arrow): Html => {
  const tip = isDown ? 6 : -6
  return markup`<path class="arrow" d="M${x - 6} ${y - tip}H${x + 6}L${x} ${y + tip}Z"/>`
}

/** The drawing; its text alternative is the caller's to give. */
export const topologySvg = ({ style, width, height, stations, links, way }: TopologyView): Html => {
  const pathColour = colour(style.colour)
  const line =
    way &&
    markup`<g style="--way:${pathColour}"><path class="way" d="${way.line}"/>${way.arrows.map(arrowSvg)}</g>`
  return markup`<svg class="topology" viewBox="-1 -1 ${width + 2} ${height + 2}" width="${width + 2}" height="${height + 2}" aria-hidden="true">${stations.map(stationSvg)}${links.map((link) => markup`<path class="link" d="${link}"/>`)}${line}${stations.map((station) => [stackSvg(station), station.devices.map(deviceSvg), station.programs.map((program) => programSvg(program, pathColour))])}</svg>`
}
