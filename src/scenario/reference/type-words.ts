/** What may stand under a key, in words, from JSON Schema. Pure. */

/** JSON Schema, as far as scenario files use it. */
export interface KeySchema {
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, KeySchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: KeySchema | boolean
  readonly items?: KeySchema
  readonly anyOf?: readonly KeySchema[]
  readonly oneOf?: readonly KeySchema[]
}

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``

/** Alternatives of a schema; itself where there are none. */
export const alternatives = ({ anyOf, oneOf, ...schema }: KeySchema): readonly KeySchema[] =>
  anyOf ?? oneOf ?? [schema]

/** What is explained in a place of its own, by its schema, and words that lead there. */
export type Explained = ReadonlyMap<KeySchema, string>

/** `list: name`, `whole number, 1 to 65535`, `` `a` or `b` ``. */
export function typeWords(schema: KeySchema, explained: Explained = new Map()): string {
  const elsewhere = explained.get(schema)
  if (elsewhere !== undefined) return elsewhere
  const { title, type, items } = schema
  if (title !== undefined) return title
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ')
  if (schema.anyOf !== undefined || schema.oneOf !== undefined)
    return [...new Set(alternatives(schema).map((one) => typeWords(one, explained)))].join(' or ')
  switch (type) {
    case 'array':
      return items === undefined ? 'list' : `list: ${typeWords(items, explained)}`
    case 'integer':
    case 'number':
      return numberWords(schema)
    case 'object':
      return objectWords(schema, explained)
    case 'string':
      return 'text'
    case 'boolean':
      return '`true` or `false`'
    default:
      return 'any value'
  }
}

function numberWords({ type, minimum, maximum }: KeySchema): string {
  const kind = type === 'integer' ? 'whole number' : 'number'
  return minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? kind
    : `${kind}, ${minimum} to ${maximum}`
}

function objectWords({ properties, additionalProperties }: KeySchema, explained: Explained): string {
  if (properties !== undefined) return `{ ${Object.keys(properties).map(code).join(', ')} }`
  if (typeof additionalProperties !== 'object') return 'keys and values'
  return `by name: ${typeWords(additionalProperties, explained)}`
}

/** What a key is where it is left out. */
export function defaultWords(
  key: string,
  { required = [] }: KeySchema,
  { default: value }: KeySchema,
): string {
  if (value !== undefined) return isEmpty(value) ? '' : code(value)
  return required.includes(key) ? 'required' : ''
}

const isEmpty = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
