/**
 * What a program redirects to: a device of a device map, a CPU of a CPU map. The kernel lays out their values
 * whatever a program calls them: 4 bytes, or with a program 8 (struct bpf_devmap_val, struct bpf_cpumap_val in
 * include/uapi/linux/bpf.h). Pure.
 */
import { orThere } from '../parts/not-there.ts'
import type { Values } from '../scenario/schema.ts'
import type { BtfType } from './btf-type.ts'
import type { Resolve } from './encode.ts'
import { EncodeError, problemsOf, requireNone } from './encode-error.ts'
import { encodeNumber } from './encode-number.ts'

export interface TargetLayout {
  /** The first 4 bytes: the number of a device, or the length of a CPU's queue. */
  readonly field: 'ifindex' | 'qsize'
  readonly bytes: number
}

const numberBytes = 4
const withProgramBytes = 8
const number: BtfType = { id: 0, kind: 'INT', name: 'unsigned int', size: numberBytes, encoding: '(none)' }
const structs = { ifindex: 'bpf_devmap_val', qsize: 'bpf_cpumap_val' } as const

/** @throws EncodeError if it does not fit. @param requireProgram gives a name that is one of a program */
export function encodeTarget(
  { field, bytes }: TargetLayout,
  written: Values,
  resolve: Resolve,
  requireProgram: (name: Values) => string,
): { readonly value: Uint8Array; readonly program?: string } {
  const given: Readonly<Record<string, Values>> = isRecord(written) ? written : { [field]: written }
  const value = new Uint8Array(bytes)
  let program: string | undefined
  requireNone([
    ...Object.keys(given)
      .filter((name) => name !== field && name !== 'program')
      .map((name) => ({ path: [name], message: noField(name, field) })),
    ...problemsOf(isRecord(written) ? [field] : [], () => {
      value.set(numberOf(given[field], field, resolve))
    }),
    ...problemsOf(['program'], () => {
      if (given.program === undefined) return
      program = requireProgram(given.program)
      if (bytes !== withProgramBytes) throw new EncodeError(noRoom(field, bytes))
    }),
  ])
  return { value, ...(program === undefined ? {} : { program }) }
}

const isRecord = (value: Values): value is Readonly<Record<string, Values>> =>
  typeof value === 'object' && !Array.isArray(value)

/** The kernel has the program's descriptor as `bpf_prog`, which is no name of a program. */
const noField = (name: string, field: TargetLayout['field']): string =>
  `no field "${name}" in such a value${name === 'bpf_prog' ? '; did you mean "program"?' : orThere(name, [field, 'program'])}`

const noRoom = (field: TargetLayout['field'], bytes: number): string =>
  `a value of ${bytes} bytes has no room for a program: declare the map with struct ${structs[field]} as its value`

function numberOf(value: Values | undefined, field: string, resolve: Resolve): Uint8Array {
  if (value === undefined) throw new EncodeError(`missing: a value has its ${field}`)
  if (typeof value === 'object') throw new EncodeError('expected a number')
  return encodeNumber(number, resolve(value), false)
}
