import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { proofKinds } from '../../src/parts/proofs/proofs.ts'
import { changed, exampleText } from '../scenario/example.ts'
import { imaginedRule } from './imagined-rule.ts'
import { projectWith } from './project-with.ts'

/** The example, with one more rule on its candidate. */
const withRule = (rule: string): string =>
  changed('- { program: redirect, atLeast', `- ${rule}\n      - { program: redirect, atLeast`)

/** A shape that a rule of proof may have. */
interface Shape {
  readonly properties: object
}
interface Schema {
  readonly properties: {
    readonly paths: {
      readonly additionalProperties: {
        readonly properties: { readonly proof: { readonly items: { readonly anyOf: readonly Shape[] } } }
      }
    }
  }
}

const keysOfRules = (schema: string): string[] => {
  const { properties } = JSON.parse(schema) as Schema
  const shapes = properties.paths.additionalProperties.properties.proof.items.anyOf
  return [...new Set(shapes.map((shape) => Object.keys(shape.properties)[0] ?? ''))]
}

const keys: readonly string[] = proofKinds.map(({ key }) => key)

test('a rule of proof is added by a file and its name in the list', async (t) => {
  const { folder, bench } = projectWith(t, imaginedRule)
  t.deepEqual(keysOfRules((await bench('schema', 'scenario')).stdout), [...keys, 'imaginedSpoilt'])
  const file = join(folder, 'whole.yaml')
  writeFileSync(file, withRule('{ imaginedSpoilt: none }'))
  const { stdout, stderr, exitCode } = await bench('show', file)
  t.is(exitCode, 0, stderr)
  t.true(stdout.includes('\n  proof     nothing arrives spoilt\n'), stdout)
})

test('the errors of a scenario file know it', async (t) => {
  const { folder, bench } = projectWith(t, imaginedRule)
  const file = join(folder, 'misspelt.yaml')
  writeFileSync(file, withRule('{ imaginedSpoild: none }'))
  const { stderr, exitCode } = await bench('show', file)
  t.is(exitCode, 2)
  const listed =
    '"lost", "reordered", "duplicates" or "imaginedSpoilt" with none or { atMost: 0.1% }, found {"imaginedSpoild"'
  t.true(stderr.includes(listed), stderr)
})

test('a rule whose file is deleted is gone, and all else works', async (t) => {
  const { folder, bench } = projectWith(t, [])
  const proofs = join(folder, 'src', 'parts', 'proofs')
  rmSync(join(proofs, 'reordered.ts'))
  const list = join(proofs, 'proofs.ts')
  const lines = readFileSync(list, 'utf8').split('\n')
  writeFileSync(list, lines.filter((line) => !line.includes('reordered')).join('\n'))
  t.deepEqual(
    keysOfRules((await bench('schema', 'scenario')).stdout),
    keys.filter((key) => key !== 'reordered'),
  )
  const file = join(folder, 'example.yaml')
  writeFileSync(file, exampleText)
  t.is((await bench('show', file)).exitCode, 0)
})

const sources = readdirSync(inProject('src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(inProject('src', name), 'utf8') }))

test('no file but the list imports a rule', (t) => {
  const importers = (key: string): string[] =>
    sources
      .filter(({ name, text }) =>
        text.includes(name.startsWith('parts/proofs/') ? `'./${key}.ts'` : `/proofs/${key}.ts'`),
      )
      .map(({ name }) => name)
  for (const key of keys) t.deepEqual(importers(key), ['parts/proofs/proofs.ts'])
})
