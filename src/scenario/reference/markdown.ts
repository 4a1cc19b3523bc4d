/** The reference of the scenario file, kept as docs/scenario.md. Made from the schema, so that it has every key. */
import { scenarioJsonSchema } from '../json-schema.ts'
import type { Section, Step } from './section.ts'
import { sections } from './sections.ts'
import { alternatives, defaultWords, type Explained, type KeySchema, typeWords } from './type-words.ts'

const head = `<!-- Made by: ./bench schema scenario --markdown > docs/scenario.md -->

# The scenario file

A scenario is a YAML file, anywhere on disk. \`bench new my-path\` writes one to begin with, \`bench show FILE\` checks it, and
editors complete it by the JSON Schema in its first line. Names are of lower-case letters, digits and \`-\`; an empty column
\`default\` means none, nothing or an empty list.`

/** As a whole file. */
export function scenarioMarkdown(): string {
  const whole = scenarioJsonSchema() as KeySchema
  const placed = sections.map((section) => ({
    ...section,
    schema: section.at.reduce<KeySchema>(stepInto, whole),
  }))
  const explained = new Map(placed.map(({ title, schema }) => [schema, `[${title}](#${anchorOf(title)})`]))
  return `${[head, ...placed.map((section) => sectionText(section, explained))].join('\n\n')}\n`
}

/** As GitHub makes it of a heading. */
const anchorOf = (title: string): string => title.toLowerCase().replaceAll(',', '').replaceAll(' ', '-')

function sectionText(
  { title, level, words, example, schema }: Section & { readonly schema: KeySchema },
  explained: Explained,
): string {
  return [
    `${'#'.repeat(level)} ${title}`,
    ...(words === undefined ? [] : [words]),
    ...tablesOf(schema, explained),
    ...(example === undefined ? [] : [`\`\`\`yaml\n${example}\`\`\``]),
  ].join('\n\n')
}

/** @throws Error where a section leads to nothing: a key has got another name */
function stepInto(schema: KeySchema, step: Step): KeySchema {
  const found = typeof step === 'number' ? alternatives(schema)[step] : inner(schema, step)
  if (found === undefined) throw new Error(`the schema of scenario files has no ${step} there`)
  return found
}

function inner({ properties, additionalProperties, items }: KeySchema, step: string): KeySchema | undefined {
  if (step === '[]') return items
  if (step === '*') return typeof additionalProperties === 'object' ? additionalProperties : undefined
  return properties?.[step]
}

/** A table of keys; for a list of kinds a table each; of rules, one of subjects. */
function tablesOf(schema: KeySchema, explained: Explained): string[] {
  const kinds = (schema.items ?? schema).anyOf ?? (schema.items ?? schema).oneOf ?? []
  const flat = kinds.flatMap(alternatives).filter(({ properties }) => properties !== undefined)
  if (schema.properties !== undefined) return [keyTable(schema, explained)]
  if (flat.length === 0) return []
  return flat.every(({ properties }) => properties?.kind !== undefined)
    ? flat.map((kind) => kindText(kind, explained))
    : [ruleTable(flat)]
}

function kindText(kind: KeySchema, explained: Explained): string {
  const { kind: named, ...others } = kind.properties ?? {}
  return `**\`${String(named?.const)}\`** ${named?.description ?? ''}\n\n${keyTable({ ...kind, properties: others }, explained)}`
}

function keyTable(schema: KeySchema, explained: Explained): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => [
    `\`${key}\``,
    typeWords(value, explained),
    defaultWords(key, schema, value),
    value.description ?? '',
  ])
  return table(['key', 'value', 'default', 'meaning'], rows)
}

/** A row a subject: what is said of it stands under another key, or under its own. */
function ruleTable(forms: readonly KeySchema[]): string {
  const subjects = Map.groupBy(forms, ({ properties = {} }) => Object.keys(properties)[0] ?? '')
  const rows = [...subjects].map(([subject, alike]) => {
    const relations = alike.flatMap(({ properties = {} }) => Object.keys(properties).slice(1))
    const value = alike[0]?.properties?.[subject] ?? {}
    const said = relations.length === 0 ? typeWords(value) : relations.map((key) => `\`${key}\``).join(', ')
    return [`\`${subject}\``, said, value.description ?? '']
  })
  const amount = forms.find(({ properties }) => properties?.equals !== undefined)?.properties?.equals
  const below =
    amount === undefined ? '' : `\n\n\`equals\`, \`atLeast\`, \`atMost\`: ${amount.description ?? ''}`
  return table(['subject', 'what is said of it', 'meaning'], rows) + below
}

/** A table as prettier leaves it: columns filled up to the widest cell. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)))
  const widths = titles.map((title, column) =>
    Math.max(title.length, 3, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [
    line(titles),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...cells.map(line),
  ].join('\n')
}
