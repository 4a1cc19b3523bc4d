import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { describeError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { findObject, findScenario, listScenarios } from '../../src/scenario/find.ts'

const folder = mkdtempSync(join(tmpdir(), 'pathbench-find-'))
test.after.always(() => {
  rmSync(folder, { recursive: true })
})

test('a name means the scenario that comes with pathbench', (t) => {
  t.true(listScenarios().includes('redirect-vs-stack'))
  t.is(findScenario('redirect-vs-stack'), inProject('scenarios', 'redirect-vs-stack.yaml'))
})

test('anything with a slash or .yaml means a file', (t) => {
  const file = join(folder, 'mine.yaml')
  writeFileSync(file, '')
  t.is(findScenario(file), file)
})

test('a misspelt name is told with the nearest, and with all there are', (t) => {
  const error = t.throws(() => findScenario('redirect-vs-stak'))
  t.is(
    describeError(error),
    [
      'Could not find scenario "redirect-vs-stak"; did you mean "redirect-vs-stack"?',
      `Hint: there are: ${listScenarios().join(', ')}; or name a file, as in ./my-path.yaml`,
    ].join('\n'),
  )
})

test('a file that is not there is told with its whole path', (t) => {
  t.throws(() => findScenario(join(folder, 'other.yaml')), {
    message: `Could not find scenario file ${folder}/other.yaml`,
  })
})

test('an object is looked for beside the scenario first, then among those of pathbench', (t) => {
  const scenario = join(folder, 'mine.yaml')
  t.is(findObject('redirect.bpf.c', scenario), inProject('bpf', 'redirect.bpf.c'))
  t.is(findObject('own.bpf.o', scenario), undefined)
  const own = join(folder, 'own.bpf.o')
  writeFileSync(own, '')
  t.is(findObject('own.bpf.o', scenario), own)
  t.is(findObject(own, '/elsewhere/scenario.yaml'), own)
})
