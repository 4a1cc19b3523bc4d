/** Values that a scenario gives a name: where `${rules}` stands, the value of `parameters.rules` is meant. Pure. */
import { z } from 'zod'
import { didYouMean } from '../host/nearest.ts'
import type { FilePath, Issue } from './yaml-file.ts'

export type ParameterValue = number | string | boolean

/** Of texts of these keys the shell is the reader, which has variables of its own. */
const commandKeys = new Set(['setup', 'agent', 'teardown'])
/** Keys whose texts are about the file itself. */
const untouchedKeys = new Set(['parameters', 'matrix', '$schema'])

const declared = z
  .object({ parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])) })
  .transform(({ parameters }) => new Map(Object.entries(parameters)))

/**
 * The value of a file, with the values of its parameters where their names stand. A text that is nothing but a name
 * becomes the value itself: a number stays one.
 *
 * @returns also an issue for each name that is no parameter's; none in a file that has no parameters
 */
export function withParameters(value: unknown): { readonly value: unknown; readonly issues: Issue[] } {
  const parsed = declared.safeParse(value)
  if (!parsed.success) return { value, issues: [] }
  const issues: Issue[] = []
  return { value: replaced(value, [], { parameters: parsed.data, issues, isCommand: false }), issues }
}

interface Reading {
  readonly parameters: ReadonlyMap<string, ParameterValue>
  readonly issues: Issue[]
  readonly isCommand: boolean
}

function replaced(value: unknown, path: FilePath, reading: Reading): unknown {
  if (typeof value === 'string') return replacedText(value, path, reading)
  if (Array.isArray(value)) return value.map((one, index) => replaced(one, [...path, index], reading))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      path.length === 0 && untouchedKeys.has(key)
        ? one
        : replaced(one, [...path, key], {
            ...reading,
            isCommand: reading.isCommand || commandKeys.has(key),
          }),
    ]),
  )
}

function replacedText(text: string, path: FilePath, { parameters, issues, isCommand }: Reading): unknown {
  const whole = /^\$\{([\w.-]+)\}$/.exec(text)?.[1]
  const known = whole === undefined ? undefined : parameters.get(whole)
  if (known !== undefined) return known
  return text.replaceAll(/\$\{([\w.-]+)\}/g, (written, name: string) => {
    const value = parameters.get(name)
    if (value !== undefined) return String(value)
    if (!isCommand)
      issues.push({
        path,
        message: `no parameter "${name}"${didYouMean(name, [...parameters.keys()])}; there are: ${[...parameters.keys()].join(', ')}`,
      })
    return written
  })
}
