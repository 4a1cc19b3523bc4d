import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { findScenario, listScenarios } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { toolsOf } from '../../src/scenario/tools.ts'
import { copyProject, type ProjectCopy } from './project-copy.ts'

const scenarioTools = ['nft', 'ethtool', 'nginx', 'h2load', 'taskset']

function copyWithoutTools(t: ExecutionContext): ProjectCopy {
  const copy = copyProject(t)
  copy.shims.remove(...scenarioTools)
  copy.write('scenarios/plain.yaml', 'load: [{ kind: flood }]\n')
  copy.write('scenarios/web.yaml', 'load: [{ kind: http }]\n')
  return copy
}

/** Which of the tools that only some scenarios call are named as missing. */
async function namedTools(copy: ProjectCopy, call: readonly string[], cwd = copy.home): Promise<string[]> {
  const { stderr } = await copy.launch(call, { cwd, environment: { BENCH_NO_INSTALL: '1' } })
  return scenarioTools.filter((name) => new RegExp(`^  ${name} `, 'm').test(stderr))
}

test('bench: a run whose scenario does without a tool does not ask for it', async (t) => {
  const copy = copyWithoutTools(t)
  const { told } = await copy.launch(['run', 'plain'])
  t.deepEqual(told().arguments, ['run', 'plain'])
})

for (const [written, wanted] of [
  ['load:\n  - kind: http\n', ['nginx', 'h2load', 'taskset']],
  ['load: [{ "kind": "http" }]\n', ['nginx', 'h2load', 'taskset']],
  ['links: { a: [{ offload: { tx: false } }] }\n', ['ethtool']],
  ['namespaces:\n  a:\n    nftables: |\n      table ip nat {}\n', ['nft']],
  ['needs: [nftables]\nload: [{ kind: flood }] # not http\n', []],
] as const)
  test(`bench: run and exec want ${wanted.join(', ') || 'nothing'} for ${JSON.stringify(written)}`, async (t) => {
    const copy = copyWithoutTools(t)
    copy.write('scenarios/mine.yaml', written)
    t.deepEqual(await namedTools(copy, ['run', 'mine']), [...wanted])
    t.deepEqual(await namedTools(copy, ['exec', 'mine', '--in', 'a', '--', 'ls']), [...wanted])
  })

test('bench: a scenario can be a file anywhere', async (t) => {
  const copy = copyWithoutTools(t)
  writeFileSync(join(copy.home, 'mine.yml'), 'load: [{ kind: http }]\n')
  t.deepEqual(await namedTools(copy, ['run', 'mine.yml']), ['nginx', 'h2load', 'taskset'])
  t.deepEqual(await namedTools(copy, ['run', './home/mine.yml'], join(copy.home, '..')), [
    'nginx',
    'h2load',
    'taskset',
  ])
})

test('bench: the scenario is found behind options and their values, and not behind --', async (t) => {
  const copy = copyWithoutTools(t)
  t.deepEqual(await namedTools(copy, ['run', '--rounds', '10', '--quick', 'web']), [
    'nginx',
    'h2load',
    'taskset',
  ])
  await copy.launch(['run', 'plain'])
  t.deepEqual(await namedTools(copy, ['exec', 'plain', '--', 'web']), [])
})

test('bench: setup wants the tools of every scenario, and reading commands want none', async (t) => {
  const copy = copyWithoutTools(t)
  t.deepEqual(await namedTools(copy, ['setup']), scenarioTools)
  t.deepEqual(await namedTools(copy, ['show', 'web']), [])
})

for (const name of listScenarios())
  test(`bench: for ${name} it asks for the tools that the run will call`, async (t) => {
    const copy = copyWithoutTools(t)
    const file = findScenario(name)
    copy.write(`scenarios/${name}.yaml`, readFileSync(file, 'utf8'))
    t.deepEqual(await namedTools(copy, ['run', name]), toolsOf(loadScenario(file)))
  })

for (const words of [
  ['run', 'plain', '--kernel', './bzImage'],
  ['run', 'plain', '--kernel-tree=../linux'],
  ['ab', 'plain', '--base-kernel', '6.1.0', '--head-kernel', '6.12.9'],
])
  test(`bench: ${words.join(' ')} wants what runs virtual machines`, async (t) => {
    const copy = copyWithoutTools(t)
    copy.shims.remove('qemu-system-x86_64', 'xz')
    const { stderr } = await copy.launch(words, { cwd: copy.home, environment: { BENCH_NO_INSTALL: '1' } })
    for (const name of ['qemu-system-x86_64', 'xz', 'taskset'])
      t.regex(stderr, new RegExp(`^  ${name} `, 'm'))
  })
