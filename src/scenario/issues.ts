/** Wrong scenario files, told so that they can be put right: every problem at once, with its line. */
import type { z } from 'zod'
import { didYouMean } from '../host/nearest.ts'
import { ownValue, valueAt } from './own-value.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** `paths.redirect.programs[0].device`, or `(top)`. */
export function showPath(path: FilePath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${cut(step)}`)).join('')
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
  const found = error.issues.flatMap(ofItsAlternative)
  // What is of another type fails checks of its value too.
  const mistyped = new Set(
    found.filter(({ code }) => code === 'invalid_type').map(({ path }) => JSON.stringify(path)),
  )
  const issues = found
    .filter(({ code, path }) => code === 'invalid_type' || !mistyped.has(JSON.stringify(path)))
    .flatMap((issue) => fromZod(issue, value, schema, prefix))
  // One value may fail two checks that have the same words.
  return distinctIssues(issues)
}

/** Each once that says the same of the same place. */
export const distinctIssues = (issues: readonly Issue[]): Issue[] => [
  ...new Map(issues.map((issue) => [JSON.stringify([issue.path, issue.message]), issue])).values(),
]

/** Where alternatives have no words for all of them: what is wrong with the one that is of the value's type. */
function ofItsAlternative(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || hasOwnWords(issue)) return [issue]
  const isOfType = (issues: readonly z.core.$ZodIssue[]) =>
    !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0)
  const chosen = issue.errors.find(isOfType) ?? issue.errors[0]
  if (chosen === undefined) return [issue]
  return chosen.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(ofItsAlternative)
}

function fromZod(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType, prefix: FilePath): Issue[] {
  const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  const path = [...prefix, ...inside]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(inside, value, schema)
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key "${cut(key)}"${didYouMean(cut(key), known) || expectedKeys(known)}`,
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
const expectedType = (issue: z.core.$ZodIssueInvalidType): string =>
  hasOwnWords(issue) ? issue.message : issue.expected

const hasOwnWords = ({ message }: z.core.$ZodIssue): boolean => !message.startsWith('Invalid input')

const expectedKeys = (known: readonly string[]): string =>
  known.length === 0 ? '' : ` (known here: ${known.join(', ')})`

const show = (value: unknown): string => {
  // Infinity and NaN, which JSON does not have.
  if (typeof value === 'number') return String(value)
  return cut(value === undefined ? 'nothing' : JSON.stringify(value))
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** JSON Schema, as far as it is needed to list the keys that an object may have. */
interface ObjectSchema {
  properties?: Record<string, ObjectSchema>
  additionalProperties?: ObjectSchema | boolean
  items?: ObjectSchema
  anyOf?: ObjectSchema[]
  oneOf?: ObjectSchema[]
}

const jsonSchemas = new WeakMap<z.ZodType, ObjectSchema>()

/** The schema as JSON Schema: made once, as a file may have thousands of wrong keys. */
function jsonSchemaOf(schema: z.ZodType): ObjectSchema {
  const made =
    jsonSchemas.get(schema) ?? (schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as ObjectSchema)
  jsonSchemas.set(schema, made)
  return made
}

/** The keys that the schema knows at `path`; of alternatives, those of the kind that stands there. */
function keysAt(path: FilePath, value: unknown, schema: z.ZodType): string[] {
  let schemas: ObjectSchema[] = [jsonSchemaOf(schema)]
  const alternatives = (schema: ObjectSchema): ObjectSchema[] =>
    (schema.anyOf ?? schema.oneOf)?.flatMap(alternatives) ?? [schema]
  for (const step of path)
    schemas = schemas.flatMap(alternatives).flatMap((schema) => {
      if (typeof step === 'number') return schema.items === undefined ? [] : [schema.items]
      const inner = ownValue(schema.properties, step) ?? schema.additionalProperties
      return typeof inner === 'object' ? [inner] : []
    })
  const kind = ownValue(valueAt(value, path), 'kind')
  const matching = schemas
    .flatMap(alternatives)
    .filter(
      (schema) =>
        kind === undefined || (schema.properties?.kind as { const?: unknown } | undefined)?.const === kind,
    )
  return [...new Set(matching.flatMap((schema) => Object.keys(schema.properties ?? {})))]
}
