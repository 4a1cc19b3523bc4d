import test from 'ava'
import { isInPath, tools } from '../../src/host/tools.ts'

test('a program is found where PATH leads', (t) => {
  t.true(isInPath('sh'))
  t.false(isInPath('no-such-tool-anywhere'))
})

test('each tool says what it is for and which package has it', (t) => {
  for (const { name, why, debianPackage } of tools)
    t.true(why !== '' && /^[a-z0-9-]+$/.test(debianPackage), name)
  t.is(new Set(tools.map(({ name }) => name)).size, tools.length)
})
