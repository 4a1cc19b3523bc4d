/** The catalogue of engines: a line here for each. */
import { byName } from '../by-name.ts'
import type { Engine } from './engine.ts'
import { gso } from './gso.ts'
import { packet } from './packet.ts'
import { socket } from './socket.ts'
import { xdp } from './xdp.ts'

const parts = [socket, gso, packet, xdp] as const

export type EngineName = (typeof parts)[number]['name']

export const engines: readonly Engine[] = parts
export const engineNames = parts.map(({ name }) => name) as [EngineName, ...EngineName[]]
export const defaultEngine: EngineName = socket.name

/** The engine called `name`: once its file is read, there is one. */
export const engineNamed = byName(engines, ({ name }) => name, 'engine')

/** The engine of a trial; records of earlier versions do not say, and had sockets. */
export const engineOf = ({ engine = defaultEngine }: { readonly engine?: string | undefined }): string =>
  engine
