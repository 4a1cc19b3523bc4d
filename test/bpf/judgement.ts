/** Many frames that went through a program, held against what was to become of each. */
import type { ExecutionContext } from 'ava'
import { mutantCount } from './mutation.ts'
import { type ParsedPacket, parsedPacket } from './parsed-packet.ts'
import { type Change, wrongIn } from './readdressed.ts'

/** Tells the change that a packet is to see; undefined where none. It is asked in the frames' order. */
export type ChangeOf = (packet: ParsedPacket, input: Buffer) => Change | undefined

/**
 * Asserts that every frame saw the change that it was to see, or none, and that many did and many did not.
 *
 * @returns how many were to be changed
 */
export function assertChanges(
  t: ExecutionContext,
  inputs: readonly Buffer[],
  outputs: readonly Buffer[],
  changeOf: ChangeOf,
): number {
  let changed = 0
  const wrong = inputs.flatMap((input, index) => {
    const packet = parsedPacket(input)
    const change = packet === undefined ? undefined : changeOf(packet, input)
    if (change !== undefined) changed += 1
    const what = wrongOf(input, outputs[index]!, change)
    return what === undefined
      ? []
      : [`${what}: ${input.toString('hex')} became ${outputs[index]!.toString('hex')}`]
  })
  t.deepEqual(wrong.slice(0, 5), [])
  t.true(
    Math.min(changed, inputs.length - changed) > mutantCount / 20,
    `${changed} of ${inputs.length} were to be changed`,
  )
  return changed
}

function wrongOf(input: Buffer, output: Buffer, change: Change | undefined): string | undefined {
  if (change !== undefined) return wrongIn(input, output, change)
  return input.equals(output) ? undefined : 'changed, though it was not to be'
}
