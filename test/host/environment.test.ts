import { release } from 'node:os'
import test from 'ava'
import { captureEnvironment } from '../../src/host/environment.ts'
import { projectVersion } from '../../src/host/project.ts'
import { environmentSchema } from '../../src/record/schema/conditions.ts'

test('the environment is one that a record can hold', async (t) => {
  const environment = await captureEnvironment([])
  t.deepEqual(environmentSchema.parse(environment), environment)
  t.true(environment.kernel.startsWith(release()))
  t.true(environment.cpuCount >= 1)
  t.is(environment.tools.node, process.versions.node)
  t.is(environment.tools.pathbench, projectVersion())
  t.deepEqual(Object.keys(environment.tools), ['pathbench', 'node', 'iproute2', 'bpftool', 'clang'])
})

test('a setting that this kernel does not have is left out', async (t) => {
  const { sysctls } = await captureEnvironment([])
  t.false(Object.values(sysctls).includes(''))
})
