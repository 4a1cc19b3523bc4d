/** Wrong scenario files, told so that they can be put right: every problem at once, with its line. */
import type { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import type { FilePath, Issue, YamlFile } from './yaml-file.ts'

/** `paths.redirect.programs[0].device`, or `(top)`. */
export function showPath(path: FilePath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return text === '' ? '(top)' : text.replace(/^\./, '')
}

/**
 * What zod found, one issue a problem, in the words of the file.
 *
 * @param schema what `value` was parsed with; `prefix` leads to it in the file
 */
export function issuesOf(
  error: z.ZodError,
  value: unknown,
  schema: z.ZodType,
  prefix: FilePath = [],
): Issue[] {
  return error.issues.flatMap((issue) => fromZod(issue, value, schema, prefix))
}

function fromZod(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType, prefix: FilePath): Issue[] {
  const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  const path = [...prefix, ...inside]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(inside, value, schema)
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key "${key}"${didYouMean(key, known) || expectedKeys(known)}`,
      }))
    }
    case 'invalid_key':
      return [{ path, message: `expected ${issue.issues[0]?.message ?? 'another key'}` }]
    case 'invalid_type':
      if (valueAt(value, inside) === undefined) return [{ path, message: 'missing' }]
      return [{ path, message: `expected ${expectedType(issue)}, found ${show(valueAt(value, inside))}` }]
    default:
      return [{ path, message: `expected ${issue.message}, found ${show(valueAt(value, inside))}` }]
  }
}

/** In the schema's own words where it has any, else the name of the type. */
const expectedType = ({ message, expected }: z.core.$ZodIssueInvalidType): string =>
  message.startsWith('Invalid input') ? expected : message

const expectedKeys = (known: readonly string[]): string =>
  known.length === 0 ? '' : ` (known here: ${known.join(', ')})`

const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function valueAt(value: unknown, path: FilePath): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  )
}

/** JSON Schema, as far as it is needed to list the keys that an object may have. */
interface ObjectSchema {
  properties?: Record<string, ObjectSchema>
  additionalProperties?: ObjectSchema | boolean
  items?: ObjectSchema
  anyOf?: ObjectSchema[]
  oneOf?: ObjectSchema[]
}

/** The keys that the schema knows at `path`; of alternatives, those of the kind that stands there. */
function keysAt(path: FilePath, value: unknown, schema: z.ZodType): string[] {
  let schemas: ObjectSchema[] = [schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as ObjectSchema]
  const alternatives = (schema: ObjectSchema): ObjectSchema[] => schema.anyOf ?? schema.oneOf ?? [schema]
  for (const step of path)
    schemas = schemas.flatMap(alternatives).flatMap((schema) => {
      if (typeof step === 'number') return schema.items === undefined ? [] : [schema.items]
      const inner = schema.properties?.[step] ?? schema.additionalProperties
      return typeof inner === 'object' ? [inner] : []
    })
  const kind = (valueAt(value, path) as { kind?: unknown } | undefined)?.kind
  const matching = schemas
    .flatMap(alternatives)
    .filter(
      (schema) =>
        kind === undefined || (schema.properties?.kind as { const?: unknown } | undefined)?.const === kind,
    )
  return [...new Set(matching.flatMap((schema) => Object.keys(schema.properties ?? {})))]
}

/** One error with every issue of a file, in the order of its lines. */
export function scenarioError(file: string, yaml: YamlFile, issues: readonly Issue[]): BenchError {
  const placed = issues
    .map((issue) => ({ ...issue, position: issue.position ?? yaml.positionOf(issue.path) }))
    .toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
  const lines = placed.map(
    ({ path, message, position }) =>
      `${file}:${position.line}:${position.column}${path.length === 0 ? '' : `  ${showPath(path)}`}: ${message}`,
  )
  const count = lines.length === 1 ? 'a problem' : `${lines.length} problems`
  return new BenchError(`Could not use scenario ${file}: ${count}`, {
    trouble: 'usage',
    details: lines.join('\n'),
    hint: '`bench schema scenario` prints what may stand in a scenario file',
  })
}
