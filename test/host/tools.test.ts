import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { isInPath, requireTools, tools } from '../../src/host/tools.ts'

/** Makes PATH a folder with all that every run calls, and `more`, until the test ends. */
function setPath(t: ExecutionContext, more: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-path-'))
  const always = tools.filter(({ use }) => use === 'always').map(({ name }) => name)
  for (const name of [...always, ...more]) {
    writeFileSync(join(folder, name), '')
    chmodSync(join(folder, name), 0o755)
  }
  const path = process.env.PATH
  process.env.PATH = folder
  t.teardown(() => {
    process.env.PATH = path
    rmSync(folder, { recursive: true })
  })
  return folder
}

test.serial('a program is found where PATH leads', (t) => {
  t.true(isInPath('sh'))
  t.false(isInPath('no-such-tool-anywhere'))
})

test('each tool says what it is for and which package has it', (t) => {
  for (const { name, why, debianPackage } of tools)
    t.true(why.length > 0 && /^[a-z0-9-]+$/.test(debianPackage), name)
  t.is(new Set(tools.map(({ name }) => name)).size, tools.length)
})

test('the launcher knows each tool by the same package', (t) => {
  const launcher = readFileSync(inProject('launcher', 'tools.sh'), 'utf8')
  const packages = new Map(
    [...launcher.matchAll(/^([^|\n]+)\|[^|\n]*\|([^|\n]+)\|/gm)].map(([, name, debian]) => [name, debian]),
  )
  for (const { name, debianPackage } of tools) t.is(packages.get(name), debianPackage, name)
})

test.serial('a run that needs no more is content with what every run calls', (t) => {
  setPath(t)
  t.notThrows(() => {
    requireTools([])
  })
})

test.serial('a run is refused where what it needs is missing, and nothing else is named', (t) => {
  setPath(t, ['h2load'])
  const error = t.throws(
    () => {
      requireTools(['nginx', 'h2load'])
    },
    { instanceOf: BenchError, message: 'Could not start: not installed: nginx' },
  )
  t.is(error.trouble, 'machine')
  t.is(error.details, 'nginx: answers HTTP load (1.19.5 or newer)')
})

test.serial('a run is refused where a tool of every run is missing', (t) => {
  rmSync(join(setPath(t), 'tc'))
  t.throws(
    () => {
      requireTools([])
    },
    { message: 'Could not start: not installed: tc' },
  )
})
