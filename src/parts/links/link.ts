/** A kind of link: all there is to say of it, in one file of this folder. `links.ts` lists them. */
import type { z } from 'zod'
import type { Call } from '../call.ts'
import type { Need } from '../needs/need.ts'

/** One end: what making it depends on. */
export interface LinkEnd {
  readonly namespace: string
  readonly device: string
  /** Without one the kernel makes one up. */
  readonly mac?: string | undefined
  readonly mtu?: number | undefined
  readonly queues?: { readonly tx?: number | undefined; readonly rx?: number | undefined } | undefined
  readonly txQueueLength?: number | undefined
}

/** Of a device by itself, which may stand on another. */
export type OneEnd = readonly [LinkEnd]
/** Of a pair of devices, each of which receives what the other sends. */
export type TwoEnds = readonly [LinkEnd, LinkEnd]

/** A link as a scenario has it: its kind, its ends, and its kind's own keys. */
export type Link<
  Shape extends z.ZodRawShape = z.ZodRawShape,
  Ends extends readonly LinkEnd[] = readonly LinkEnd[],
> = {
  readonly kind: string
  readonly ends: Ends
} & z.infer<z.ZodObject<Shape>>

/** The name that a namespace has under /run/netns: several paths have a netns-1 each. */
export type NamespaceFile = (namespace: string) => string

/** A line for `ip -batch`. */
export interface CreateLine {
  /** Where it is run; without one, outside of all namespaces. */
  readonly namespace?: string
  readonly line: string
}

/** What is wrong with a link, beside the shape of its keys. */
export interface LinkFault {
  /** Leads to it from the link. */
  readonly at: readonly (string | number)[]
  readonly message: string
}

/** An address that a namespace must have for the link to work. */
export interface UnderlayAddress {
  readonly namespace: string
  readonly address: string
  /** Leads to it from the link. */
  readonly at: readonly (string | number)[]
}

export interface LinkKind<
  Shape extends z.ZodRawShape = z.ZodRawShape,
  Ends extends OneEnd | TwoEnds = OneEnd | TwoEnds,
> {
  /** As scenarios call it. */
  readonly name: string
  /** What it is, for the documentation of scenario files. */
  readonly words: string
  /** What the kernel must be able to do: a path with such a link is skipped where it is not. */
  readonly need: Need
  /** One: a device by itself; it may stand on another, which a key `parent` names. Two: a pair. */
  readonly endCount: Ends['length']
  /** Keys of its own, beyond `kind` and `ends`. */
  readonly shape: Shape
  // Methods, so that the list can hold kinds of several shapes: the schema has seen to each link's keys.
  /** What keys mean together, where they do not fit. Pure. */
  check?(link: Link<Shape, Ends>): readonly LinkFault[]
  /** Its own addresses on the network below. Pure. */
  underlay?(link: Link<Shape, Ends>): readonly UnderlayAddress[]
  /** The lines for `ip -batch` that make it. Pure. */
  createLines(link: Link<Shape, Ends>, fileOf: NamespaceFile, name: string): readonly CreateLine[]
  /** What makes it where ip(8) cannot, outside of all namespaces. @param index of its first device. Pure. */
  createCall?(link: Link<Shape, Ends>, fileOf: NamespaceFile, index: number): Call
  /** What sets it up once its devices are made, before they are up; outside of all namespaces. Pure. */
  configure?(link: Link<Shape, Ends>, fileOf: NamespaceFile): Call
}
