/** Steps are carried out inside the sandbox one after the other, and how each ends is told. */
import { BenchError } from '../../src/host/errors.ts'
import { openSandbox, type Sandbox } from '../../src/topology/sandbox.ts'
import type { Step } from '../../src/topology/steps.ts'
import { asRoot, sharedAsRoot } from './as-root.ts'

let sandbox: Sandbox

sharedAsRoot(
  async () => {
    sandbox = await openSandbox()
  },
  () => sandbox.close(),
)

const shell = (script: string, more: Partial<Step> = {}): Step => ({
  command: ['sh', '-c', script],
  what: 'run a script',
  ...more,
})

asRoot('each gets its input, and its output comes back whole', async (t) => {
  const long = 'x'.repeat(300_000)
  const steps = [shell('cat', { input: long }), shell('echo second'), shell('echo aside >&2')]
  t.deepEqual(await sandbox.run(steps), [long, 'second\n', ''])
})

asRoot('words are taken as they are', async (t) => {
  const words = ['', ' two  blanks ', "'$HOME'", 'ä\n']
  const [said] = await sandbox.run([{ command: ['printf', '%s|', ...words], what: 'say words' }])
  t.is(said, words.map((word) => `${word}|`).join(''))
})

asRoot('the first that fails ends the list, with its exit code and its words', async (t) => {
  const ended = await sandbox.tryStep(shell('echo half; echo broken >&2; exit 7'))
  t.like(ended, { state: 'failed', exitCode: 7, stdout: 'half\n', stderr: 'broken\n' })
  const mark = '/run/not-reached'
  await t.throwsAsync(sandbox.run([shell('exit 1'), shell(`: >${mark}`)]), { instanceOf: BenchError })
  t.like(await sandbox.tryStep(shell(`test -e ${mark}`)), { exitCode: 1 })
})

asRoot('a tool that is not there, and a namespace that is not there, are told by name', async (t) => {
  const error = await t.throwsAsync(sandbox.run([{ command: ['no-such-tool'], what: 'try it' }]))
  t.is(error.message, 'Could not try it: no-such-tool is not installed')
  t.like(await sandbox.tryStep(shell('true', { namespaceFile: 'nowhere' })), {
    exitCode: 126,
    stderr: 'could not enter /run/netns/nowhere: No such file or directory\n',
  })
})

asRoot('a tool that a signal ends has the exit code that a shell gives it', async (t) => {
  t.like(await sandbox.tryStep(shell('kill -SEGV $$')), { state: 'failed', exitCode: 139 })
})

asRoot('one that takes longer than it may is killed with all that it started', async (t) => {
  const ended = await sandbox.tryStep(shell('sleep 600 & wait', { limitS: 1 }))
  t.like(ended, {
    state: 'failed',
    exitCode: undefined,
    stderr: 'it did not end within 1 s, and was killed\n',
  })
  t.like(await sandbox.tryStep(shell('pgrep -x sleep')), { exitCode: 1 })
})

asRoot('one that stops and does not go on is killed, and says so', async (t) => {
  const ended = await sandbox.tryStep(shell('kill -STOP $$'))
  t.like(ended, {
    state: 'failed',
    stderr: 'it was stopped by a signal, and did not go on, and was killed\n',
  })
})

asRoot('one that stops and goes on ends as if nothing had been', async (t) => {
  const [said] = await sandbox.run([shell('(sleep 0.5; kill -CONT $$) & kill -STOP $$; echo done')])
  t.is(said, 'done\n')
})

asRoot('a process that a step leaves behind holds nothing up', async (t) => {
  const [said] = await sandbox.run([shell('sleep 600 & echo left')])
  t.is(said, 'left\n')
})

asRoot('many lists at once do not meet', async (t) => {
  const lists = Array.from({ length: 40 }, (_, index) => [
    shell(`echo ${index}`),
    shell(`echo again ${index}`),
  ])
  const said = await Promise.all(lists.map((steps) => sandbox.run(steps)))
  t.deepEqual(
    said,
    lists.map((_, index) => [`${index}\n`, `again ${index}\n`]),
  )
})

asRoot('what a step leaves as an orphan is buried when it ends', async (t) => {
  await sandbox.run([shell('(sleep 0.1 &) ; true')])
  const [zombies] = await sandbox.run([shell('sleep 0.5; ps -eo stat= | grep -c Z || true')])
  t.is(zombies, '0\n')
})
