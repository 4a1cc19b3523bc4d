import { readFileSync } from 'node:fs'
import test from 'ava'
import { parse } from 'yaml'
import { inProject } from '../../src/host/project.ts'
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts'
import { scenarioMarkdown } from '../../src/scenario/reference/markdown.ts'
import { type KeySchema, typeWords } from '../../src/scenario/reference/type-words.ts'
import { scenarioSchema } from '../../src/scenario/schema.ts'

const markdown = readFileSync(inProject('docs', 'scenario.md'), 'utf8')

test('docs/scenario.md is up to date: ./bench schema scenario --markdown > docs/scenario.md', (t) => {
  t.is(markdown, scenarioMarkdown())
})

/** Every key of a scenario file with its schema, wherever it may stand. */
const keysOf = ({
  properties = {},
  additionalProperties,
  items,
  anyOf = [],
  oneOf = [],
}: KeySchema): [string, KeySchema][] => [
  ...Object.entries(properties),
  ...[
    ...Object.values(properties),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...(items === undefined ? [] : [items]),
    ...anyOf,
    ...oneOf,
  ].flatMap(keysOf),
]

test('every key of a scenario file has a description, and stands in docs/scenario.md', (t) => {
  const keys = keysOf(scenarioJsonSchema() as KeySchema)
  t.true(keys.length > 60)
  t.deepEqual(
    keys.filter(([, { description = '' }]) => description === '').map(([key]) => key),
    [],
  )
  t.deepEqual(
    keys.map(([key]) => key).filter((key) => !markdown.includes(`\`${key}\``) && key !== 'kind'),
    [],
  )
})

test('every example in docs/scenario.md is a piece of a scenario file', (t) => {
  const examples = [...markdown.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text)
  t.true(examples.length >= 15)
  for (const text of examples) {
    const piece = Object.entries(parse(text) as object)
    t.true(piece.length > 0, text)
    for (const [key, value] of piece) {
      // Of a topology an example may have a part.
      const whole: unknown = key === 'topology' ? { namespaces: {}, links: {}, ...(value as object) } : value
      const schema = scenarioSchema.shape[key as keyof typeof scenarioSchema.shape]
      t.notThrows(() => schema.parse(whole), `${key} of\n${text}`)
    }
  }
})

test('links in docs/scenario.md lead to headings of it', (t) => {
  const anchors = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  const links = [...markdown.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor)
  t.true(links.length >= 10)
  t.deepEqual(
    links.filter((anchor) => !anchors.includes(anchor!)),
    [],
  )
})

test('values are told by what the schema calls them, by their choices, bounds or kinds', (t) => {
  t.is(typeWords({ title: 'name', type: 'string' }), 'name')
  t.is(typeWords({ enum: ['a', 'b'] }), '`a`, `b`')
  t.is(typeWords({ type: 'integer', minimum: 1, maximum: 9 }), 'whole number, 1 to 9')
  t.is(
    typeWords({ type: 'array', items: { anyOf: [{ const: 'x' }, { type: 'boolean' }] } }),
    'list: `x` or `true` or `false`',
  )
  t.is(typeWords({ type: 'object', additionalProperties: { type: 'string' } }), 'by name: text')
})
