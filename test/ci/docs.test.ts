/** docs/ci.md against what it documents. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { gitlabInclude, template } from '../../src/ci/services.ts'
import { exitCodes } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { readAction } from './read-action.ts'

const text = readFileSync(inProject('docs', 'ci.md'), 'utf8')
const action = readAction()

/** The cells of every row of a table. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

const rowOf = (name: string): string[] | undefined => rows.find(([first]) => first === `\`${name}\``)

test('the files are shown as they are written', (t) => {
  const names = readdirSync(inProject('src', 'ci', 'templates'))
  t.is(names.length, 3)
  for (const name of names) {
    const marker = `<!-- ${join('src', 'ci', 'templates', name)} -->\n\n\`\`\`yaml\n`
    const start = text.indexOf(marker)
    t.true(start >= 0, name)
    const block = text.slice(start + marker.length)
    t.is(block.slice(0, block.indexOf('```')), template(name))
  }
  t.true(text.includes(`\`\`\`yaml\n${gitlabInclude}\`\`\``))
})

test('every input and output of the action is described as in action.yml', (t) => {
  for (const [name, { description, required, default: value = '' }] of Object.entries(action.inputs))
    t.deepEqual(rowOf(name)?.slice(1), [
      required === true ? 'required' : value === '' ? '' : `\`${value}\``,
      description,
    ])
  for (const [name, { description }] of Object.entries(action.outputs))
    t.deepEqual(rowOf(name)?.slice(1), [description])
})

test('every verdict that a job can end with is described, with the exit code of bench', (t) => {
  const script = readFileSync(inProject('src', 'ci', 'action', 'conclude.sh'), 'utf8')
  const verdicts = [...script.matchAll(/(?:\boutcome|\bfail) ([a-z]+)\b/g)].map(([, name]) => name!)
  t.is(new Set(verdicts).size, Object.keys(exitCodes).length)
  for (const verdict of verdicts) t.truthy(rowOf(verdict), verdict)
  t.deepEqual(
    verdicts.map((verdict) => Number(rowOf(verdict)![1])).toSorted((a, b) => a - b),
    Object.values(exitCodes).toSorted((a, b) => a - b),
  )
  for (const verdict of verdicts)
    t.true(action.outputs.verdict!.description.includes(`\`${verdict}\``), verdict)
})
