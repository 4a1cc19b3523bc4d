/** Looks up names that come from a file. */

/** What an object has itself under a name: not what every object inherits, such as `constructor`. */
export function ownValue(object: unknown, name: string | number): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined
  return (object as Record<string | number, unknown>)[name]
}

/** What `path` leads to, or undefined where it leads nowhere. */
export const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => ownValue(inner, step), value)
