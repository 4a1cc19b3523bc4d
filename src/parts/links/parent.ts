/** The device that a link stands on. Pure. */
import { z } from 'zod'
import { deviceName, plainName } from '../words.ts'

/** A link, as far as it matters here. */
interface Standing {
  readonly ends: readonly { readonly namespace: string }[]
  readonly [key: string]: unknown
}

export interface Parent {
  readonly namespace: string
  readonly device: string
}

const isReference = (text: string): boolean => {
  const [device = '', namespace, ...more] = text.split('/').toReversed()
  const isNamespace = namespace === undefined || plainName.safeParse(namespace).success
  return more.length === 0 && isNamespace && deviceName.safeParse(device).success
}

/** The key `parent`. */
export const parentKey = z
  .string()
  .refine(isReference, { error: 'a device, as in eth0, or NAMESPACE/DEVICE' })
  .meta({ title: 'device, or NAMESPACE/DEVICE' })

/** What a link stands on, in its end's namespace where it names no other; undefined of one that stands by itself. */
export function parentOf({ parent, ends }: Standing): Parent | undefined {
  if (typeof parent !== 'string') return undefined
  const [device = '', namespace = ends[0]?.namespace ?? ''] = parent.split('/').toReversed()
  return { namespace, device }
}

/** The namespace in which a device by itself is made, and in which what it wraps is sent. */
export const homeOf = (link: Standing): string => parentOf(link)?.namespace ?? link.ends[0]?.namespace ?? ''
