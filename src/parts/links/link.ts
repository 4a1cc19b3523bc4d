/** A kind of link: all there is to say of it, in one file of this folder. `links.ts` lists them. */
import type { z } from 'zod'
import type { Need } from '../needs/need.ts'

/** One end: what making it depends on. */
export interface LinkEnd {
  readonly namespace: string
  readonly device: string
  /** Without one the kernel makes one up. */
  readonly mac?: string | undefined
}

/** A link as a scenario has it: its kind, its ends, and its kind's own keys. */
export type Link<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  readonly kind: string
  readonly ends: readonly [LinkEnd, LinkEnd]
} & z.infer<z.ZodObject<Shape>>

/** The name that a namespace has under /run/netns: several paths have a netns-1 each. */
export type NamespaceFile = (namespace: string) => string

export interface LinkKind<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** As scenarios call it. */
  readonly name: string
  /** What it is, for the documentation of scenario files. */
  readonly words: string
  /** What the kernel must be able to do: a path with such a link is skipped where it is not. */
  readonly need: Need
  /** Keys of its own, beyond `kind` and `ends`. */
  readonly shape: Shape
  // A method, so that the list can hold kinds of several shapes: the schema has seen to each link's keys.
  /** The lines for `ip -batch`, outside of all namespaces, that make it. Pure. */
  createLines(link: Link<Shape>, fileOf: NamespaceFile, name: string): readonly string[]
}
