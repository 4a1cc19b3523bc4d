import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import test from 'ava'
import { parse as parseYaml } from 'yaml'
import { inProject } from '../../src/host/project.ts'
import { listScenarios } from '../../src/scenario/find.ts'
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts'
import { changed, exampleText } from './example.ts'

const published = JSON.parse(readFileSync(inProject('scenarios', 'scenario.schema.json'), 'utf8')) as object
const isScenario = new Ajv2020({
  strict: false,
  formats: { ipv4: true, ipv6: true, cidrv4: true, cidrv6: true, mac: true },
}).compile(published)

test('the published schema is the one that the code has (bench schema scenario)', (t) => {
  t.deepEqual(published, JSON.parse(JSON.stringify(scenarioJsonSchema())))
})

for (const name of listScenarios())
  test(`an editor that follows the schema finds nothing wrong in ${name}`, (t) => {
    isScenario(parseYaml(readFileSync(inProject('scenarios', `${name}.yaml`), 'utf8')))
    t.deepEqual(isScenario.errors ?? [], [])
  })

test('the schema knows wrong keys and values', (t) => {
  t.true(isScenario(parseYaml(exampleText)))
  t.false(isScenario(parseYaml(changed('needs:', 'need:'))))
  t.false(isScenario(parseYaml(changed('port: 7000', 'port: 0'))))
  t.false(isScenario(parseYaml(changed('equals: 0', 'equals: -1'))))
})

test('every scenario leads editors to the schema', (t) => {
  for (const name of listScenarios()) {
    const text = readFileSync(inProject('scenarios', `${name}.yaml`), 'utf8')
    t.true(text.startsWith('# yaml-language-server: $schema=scenario.schema.json\n'), name)
  }
})
