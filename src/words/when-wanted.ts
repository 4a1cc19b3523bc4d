/** Makes a value when it is first wanted: what all commands load is not to make at their start what few of them use. */
export function whenWanted<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
