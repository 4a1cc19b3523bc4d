/** Several machines as one place: each path is in one of them. */
import type { Sandbox } from '../topology/sandbox.ts'

/**
 * @param machines at least one; what is of no path is done in the first
 * @param machineOf the place in the list of a path's
 */
export function sandboxOf(machines: readonly Sandbox[], machineOf: (path: string) => number): Sandbox {
  const [first] = machines
  if (first === undefined) throw new Error('no machine')
  return machines.length === 1 ? first : { ...first, at: (path) => machines[machineOf(path)] ?? first }
}
