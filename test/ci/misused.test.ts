/** What the action refuses before anything is measured. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { runAction } from './local-runner.ts'

const refused = async (t: ExecutionContext, inputs: Readonly<Record<string, string>>, tools?: string) => {
  const folder = temporaryFolder(t)
  const result = await runAction({
    workspace: folder,
    temporary: join(folder, 'temporary'),
    inputs: { scenario: 'redirect-vs-stack', ...inputs },
    ...(tools === undefined ? {} : { tools }),
  })
  t.true(result.isFailed)
  t.deepEqual(result.steps, ['Measure', 'Conclude'])
  t.deepEqual({ report: result.outputs.report, run: result.outputs.run }, { report: '', run: '' })
  return result
}

const cases: [inputs: Readonly<Record<string, string>>, message: RegExp][] = [
  [{ mode: 'abc' }, /Could not use the input mode: expected ab or run, not "abc"/],
  [{ quick: 'yes' }, /Could not use the input quick: expected true or false, not "yes"/],
  [
    { 'fail-on-regression': '' },
    /Could not use the input fail-on-regression: expected true or false, not ""/,
  ],
  [{ gates: 'gates.yaml' }, /Could not use the input gates with mode ab/],
  [{ baseline: 'main' }, /Could not use the input baseline with mode ab/],
  [{ 'history-branch': 'h' }, /Could not use the input history-branch with mode ab/],
  [{ mode: 'run', base: 'main' }, /Could not use the input base with mode run/],
  [{ mode: 'run', path: 'redirect' }, /Could not use the input path with mode run/],
]

for (const [inputs, message] of cases)
  test(`${JSON.stringify(inputs)} is wrong usage`, async (t) => {
    const { outputs, log, summary } = await refused(t, inputs)
    t.deepEqual([outputs.verdict, outputs['exit-code']], ['misused', '2'])
    t.regex(log, message)
    t.regex(log, /::error title=pathbench%3A wrong usage or scenario::Could not use the input /)
    t.regex(summary, message)
  })

test('a runner whose user may not become root is told from wrong usage', async (t) => {
  const tools = temporaryFolder(t)
  for (const [name, script] of [
    ['id', 'echo 1000'],
    ['sudo', 'echo "sudo: a password is required" >&2; exit 1'],
  ] as const) {
    writeFileSync(join(tools, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(tools, name), 0o755)
  }
  const { outputs, log } = await refused(t, { mode: 'run' }, tools)
  t.deepEqual([outputs.verdict, outputs['exit-code']], ['unable', '3'])
  t.regex(log, /sudo: a password is required/)
  t.regex(
    log,
    /::error title=pathbench%3A this runner cannot run it::Could not become root on this runner%0AHint: /,
  )
})

test('words of an input are never run by the shell', async (t) => {
  const workspace = temporaryFolder(t)
  mkdirSync(join(workspace, 'repository'))
  const { outputs } = await runAction({
    workspace: join(workspace, 'repository'),
    temporary: join(workspace, 'temporary'),
    inputs: { scenario: "$(touch made); 'x' `touch made`.yaml", base: '$(touch made)' },
  })
  t.is(outputs.verdict, 'misused')
  t.false(existsSync(join(workspace, 'repository', 'made')))
})
