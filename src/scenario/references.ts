/** Values of map entries that are looked up in the built topology: `ifindex(veth2@1)`, `mac(netns-3/veth2@2)`. */

export interface DeviceReference {
  readonly what: 'ifindex' | 'mac'
  readonly namespace: string
  readonly device: string
}

/**
 * The reference that `text` makes, or undefined if it makes none.
 *
 * @param home the namespace of the program, meant where none is named.
 */
export function parseReference(text: string, home: string): DeviceReference | undefined {
  const match = /^(ifindex|mac)\((?:([^/()]+)\/)?([^/()]+)\)$/.exec(text)
  if (match === null) return undefined
  const [, what, namespace = home, device = ''] = match
  return { what: what as 'ifindex' | 'mac', namespace, device }
}
