/** The catalogue of sinks: a line here for each. */
import { byName } from '../by-name.ts'
import type { Sink } from './sink.ts'
import { socket } from './socket.ts'
import { xdp } from './xdp.ts'

const parts = [socket, xdp] as const

export type SinkName = (typeof parts)[number]['name']

export const sinks: readonly Sink[] = parts
export const sinkNames = parts.map(({ name }) => name) as [SinkName, ...SinkName[]]
export const defaultSink: SinkName = socket.name

/** The sink called `name`: once its file is read, there is one. */
export const sinkNamed = byName(sinks, ({ name }) => name, 'sink')

/** The sink of a trial; records of earlier versions do not say, and had sockets. */
export const sinkOf = ({ sink = defaultSink }: { readonly sink?: string | undefined }): string => sink
