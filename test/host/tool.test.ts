import test from 'ava'
import { z } from 'zod'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { parseAnswer, runTool, tryTool } from '../../src/host/tool.ts'

const failure = async (...command: [string, ...string[]]): Promise<BenchError> => {
  try {
    await runTool({ command, what: 'try it' })
  } catch (error) {
    if (error instanceof BenchError) return error
    throw error
  }
  throw new Error('it did not fail')
}

test('what a tool writes comes back as it is', async (t) => {
  t.is(await runTool({ command: ['printf', 'a\\nb\\n'], what: 'print' }), 'a\nb\n')
})

test('a tool can be given input, and speaks English', async (t) => {
  t.is(await runTool({ command: ['cat'], input: 'text', what: 'copy' }), 'text')
  t.is(await runTool({ command: ['sh', '-c', 'echo "$LC_ALL"'], what: 'look' }), 'C\n')
})

test('a tool that is missing is the fault of the machine', async (t) => {
  const error = await failure('no-such-tool-anywhere')
  t.is(error.trouble, 'machine')
  t.is(
    describeError(error),
    'Could not try it: no-such-tool-anywhere is not installed\nHint: run `bench doctor` to see what is missing and how to get it',
  )
})

test('a tool that fails is told by its first words', async (t) => {
  const error = await failure('sh', '-c', 'echo "RTNETLINK answers: File exists" >&2; exit 2')
  t.is(error.trouble, 'failed')
  t.is(describeError(error), 'Could not try it: RTNETLINK answers: File exists')
})

test('what else it said stands below', async (t) => {
  const error = await failure('sh', '-c', 'printf "first\\nsecond\\n" >&2; exit 2')
  t.is(describeError(error), 'Could not try it: first\n  first\n  second')
})

test('a tool that fails in silence is told by its command and exit code', async (t) => {
  const error = await failure('sh', '-c', 'exit 7')
  t.is(error.message, "Could not try it: Command failed with exit code 7: sh -c 'exit 7'")
})

test('a tool that could not start a process is the fault of the machine, and says what to raise', async (t) => {
  const error = await failure('sh', '-c', 'echo "sh: 1: Cannot fork" >&2; exit 2')
  t.is(error.trouble, 'machine')
  t.is(
    describeError(error),
    'Could not try it: no process could be started\n  sh: 1: Cannot fork\nHint: raise what limits them: pids.max of the control group, or `ulimit -u`',
  )
})

test('a tool that is killed is told by its signal', async (t) => {
  const error = await failure('sh', '-c', 'kill -KILL $$')
  t.regex(error.message, /^Could not try it: Command was killed with SIGKILL/)
})

test('a tool has a session of its own, so that Ctrl-C at the terminal does not reach it', async (t) => {
  const session = await runTool({ command: ['sh', '-c', 'cut -d " " -f 1,6 /proc/$$/stat'], what: 'look' })
  const [processId, sessionId] = session.trim().split(' ')
  t.is(processId, sessionId)
})

test('a tool that is stopped ends at its limit, with all that it started', async (t) => {
  const result = await tryTool(['sh', '-c', 'echo begun; sleep 1000 & kill -STOP $$'], '', 0.5)
  t.is(result.state, 'failed')
  t.is(result.stdout, 'begun\n')
  t.is('stderr' in result ? result.stderr : '', 'it did not end within 0.5 s, and was killed')
})

test('an answer that is no JSON, or another, is told as the tool that gave it', (t) => {
  for (const text of ['bpftool v7', '{}', ''])
    t.throws(() => parseAnswer(text, 'bpftool', 'read the types of x.o', z.array(z.string())), {
      instanceOf: BenchError,
      message: 'Could not read the types of x.o: bpftool gave another answer than expected',
    })
})
