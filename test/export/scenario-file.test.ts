import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { inRepository, scenarioFileOf } from '../../src/export/scenario-file.ts'
import { inProject } from '../../src/host/project.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'

const options = { quick: false, margin: 0.01, receiver: 'spinning' } as const

test('the file that was measured is named from the top of the repository', (t) => {
  const repository = temporaryFolder(t)
  mkdirSync(join(repository, 'ci', "it's"), { recursive: true })
  writeFileSync(join(repository, 'ci', 'mine.yaml'), '')
  writeFileSync(join(repository, 'ci', "it's", 'mine too.yaml'), '')
  const found = (scenario: string) =>
    scenarioFileOf(
      { request: { command: 'run', scenario, options }, scenario: 'mine' },
      repository,
      join(repository, 'ci'),
    )
  t.is(found('./mine.yaml'), 'ci/mine.yaml')
  t.is(found("./it's/mine too.yaml"), "ci/it's/mine too.yaml")
  t.is(found('./gone.yaml'), undefined)
  t.is(found(''), undefined)
})

test('the name of a scenario of the project is its file, also where a record does not say what was asked', (t) => {
  const scenario = 'redirect-vs-stack'
  for (const run of [{ scenario, request: { command: 'run', scenario, options } as const }, { scenario }]) {
    t.is(scenarioFileOf(run, inProject(), '/'), 'scenarios/redirect-vs-stack.yaml')
    t.is(scenarioFileOf(run, '/somewhere/else', '/'), undefined)
  }
})

test('a scenario that the command line changed has no file: its lines are others', (t) => {
  const scenario = 'redirect-vs-stack'
  const request = { command: 'run' as const, scenario, options, changes: { only: ['redirect'] } }
  t.is(scenarioFileOf({ scenario, request }, inProject(), '/'), undefined)
})

test('a file outside of the repository has no name in it', (t) => {
  t.is(inRepository('/a/b/c.yaml', '/a'), 'b/c.yaml')
  t.is(inRepository('/b/c.yaml', '/a'), undefined)
  t.is(inRepository('/a', '/a'), undefined)
  t.is(inRepository('/a/..c.yaml', '/a'), '..c.yaml')
})
