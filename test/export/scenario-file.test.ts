import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { inRepository, scenarioFileOf } from '../../src/export/scenario-file.ts'
import { inProject } from '../../src/host/project.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

test('the file in the command is named from the top of the repository', (t) => {
  const repository = temporaryFolder(t)
  mkdirSync(join(repository, 'ci', "it's"), { recursive: true })
  writeFileSync(join(repository, 'ci', 'mine.yaml'), '')
  writeFileSync(join(repository, 'ci', "it's", 'mine too.yaml'), '')
  const found = (command: string) =>
    scenarioFileOf({ command, scenario: 'mine' }, repository, join(repository, 'ci'))
  t.is(found('sudo ./bench run ./mine.yaml --quick'), 'ci/mine.yaml')
  t.is(found(`sudo ./bench run './it'\\''s/mine too.yaml' --seed 1`), "ci/it's/mine too.yaml")
  t.is(found('sudo ./bench ab mine.yaml --base main'), 'ci/mine.yaml')
  t.is(found('sudo ./bench run ./gone.yaml'), undefined)
  t.is(found(''), undefined)
})

test('the name of a scenario of the project is its file', (t) => {
  const run = { command: 'sudo ./bench run redirect-vs-stack --quick', scenario: 'redirect-vs-stack' }
  t.is(scenarioFileOf(run, inProject(), '/'), 'scenarios/redirect-vs-stack.yaml')
  t.is(scenarioFileOf(run, '/somewhere/else', '/'), undefined)
})

test('a file outside of the repository has no name in it', (t) => {
  t.is(inRepository('/a/b/c.yaml', '/a'), 'b/c.yaml')
  t.is(inRepository('/b/c.yaml', '/a'), undefined)
  t.is(inRepository('/a', '/a'), undefined)
  t.is(inRepository('/a/..c.yaml', '/a'), '..c.yaml')
})
