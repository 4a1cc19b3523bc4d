/** How a station is arranged, and the arrangement of hosts in a column. */
import type { Box } from './shapes.ts'
import type { Program, Station } from './stations.ts'

/** From a station's edge to what is in it. */
export const padding = 10

export type Span = Pick<Box, 'x' | 'width'>

/** Where things stand in a station: how far programs and network stacks reach, and where its name is. */
export interface Arrangement {
  readonly ofProgram: (program: Program, deviceCentre: number, stationWidth: number) => Span
  readonly ofStack: (station: Station, stationWidth: number) => Span
  readonly title: (station: Station, stationWidth: number) => { isBelow: boolean; width: number }
}

const programWidth = 150
const stackWidth = 112

/** Room beside a name for `client` or `server`. */
export const partWidth = 70

/** One way through the middle: a stack that it leaves out stands aside. */
export const centred: Arrangement = {
  ofProgram: (_, centre, width) => ({
    x: Math.max(padding / 2, Math.min(width - padding / 2 - programWidth, centre - programWidth / 2)),
    width: programWidth,
  }),
  ofStack: ({ passesStack }, width) => ({
    x: passesStack ? (width - stackWidth) / 2 : padding,
    width: stackWidth,
  }),
  title: (_, width) => ({ isBelow: false, width: width - partWidth }),
}
