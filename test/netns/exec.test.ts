import { execa } from 'execa'
import { asRoot } from './as-root.ts'
import { bench, benchCommand, startBench } from './bench-command.ts'
import { leftAfterAWhile, markedProcesses } from './leftovers.ts'
import { markedScenario } from './marked-scenario.ts'
import { controlC, startInTerminal } from './terminal.ts'

const exec = (...words: readonly string[]): string[] => ['exec', 'redirect-vs-stack', ...words]

asRoot('a command runs in the namespace that is asked for', async (t) => {
  const { exitCode, stdout, stderr } = await bench(
    exec('--in', 'netns-3', '--', 'ip', '-brief', '-4', 'address', 'show', 'dev', 'veth2@2'),
  )
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /10\.10\.3\.11\/24 10\.10\.3\.20\/24/)
})

asRoot("without --in a command runs in the client's namespace, on the baseline", async (t) => {
  const script =
    'ip -brief -4 address show dev veth1@1; ip netns exec netns-2 tc filter show dev veth1@2 ingress'
  const { exitCode, stdout, stderr } = await bench(exec('--', 'sh', '-c', script))
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /10\.10\.2\.11\/24/)
  t.notRegex(stdout, /bpf/)
})

asRoot('tc shows the program of the path that is asked for, and /sys the devices', async (t) => {
  const script = 'ls /sys/class/net; tc filter show dev veth1@2 ingress'
  const { stdout, stderr } = await bench(
    exec('--path', 'redirect', '--in', 'netns-2', '--', 'sh', '-c', script),
  )
  t.deepEqual(stdout.split('\n').slice(0, 3).toSorted(), ['lo', 'veth1@2', 'veth2@1'], stderr)
  t.regex(stdout, /bpf .*redirect.* direct-action .*id \d+/, stderr)
})

asRoot('all namespaces of the path have the names of the scenario inside', async (t) => {
  const { stdout, stderr } = await bench(exec('--', 'ip', 'netns', 'list'))
  t.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ', 1)[0])
      .toSorted(),
    ['netns-1', 'netns-2', 'netns-3'],
    stderr,
  )
})

asRoot('the exit code is that of the command', async (t) => {
  const { exitCode } = await bench(exec('--', 'sh', '-c', 'exit 42'))
  t.is(exitCode, 42)
})

asRoot('what the command reads and writes goes through untouched', async (t) => {
  const { stdout, stderr } = await bench(exec('--', 'sh', '-c', 'tr a-z A-Z; echo aside >&2'), {
    input: 'one\ntwo',
  })
  t.is(stdout, 'ONE\nTWO')
  t.is(stderr, 'aside\n')
})

asRoot('a command that there is not, and one that cannot be executed, end as in a shell', async (t) => {
  const missing = await bench(exec('--', 'no-such-command'))
  t.is(missing.exitCode, 127)
  t.regex(missing.stderr, /no-such-command: (not found|command not found)/)
  t.is((await bench(exec('--', '/etc/passwd'))).exitCode, 126)
})

for (const [signal, exitCode] of [
  ['INT', 130],
  ['KILL', 137],
] as const)
  asRoot(`a command that ends by SIG${signal} gives ${exitCode}, as in a shell`, async (t) => {
    const ended = await bench(exec('--', 'sh', '-c', `kill -${signal} $$`))
    t.is(ended.exitCode, exitCode, ended.stderr)
  })

asRoot('under nohup the command ignores SIGHUP, too', async (t) => {
  const command = benchCommand(exec('--', 'grep', 'SigIgn', '/proc/self/status'))
  const { stdout } = await execa('nohup', command, { env: { BENCH_IGNORES_HUP: '1' } })
  t.regex(stdout, /^SigIgn:\s+[0-9a-f]*[13579bdf]$/)
})

asRoot('SIGTERM is for the command, which may say how it ends', async (t) => {
  const script = 'trap "exit 9" TERM; echo started; while :; do sleep 0.1; done'
  const run = startBench(exec('--', 'sh', '-c', script))
  t.teardown(() => run.kill('SIGKILL'))
  await new Promise((resolve) => run.stdout.once('data', resolve))
  run.kill('SIGTERM')
  t.is((await run).exitCode, 9)
})

asRoot('a path and a namespace that there are not are usage errors, with the nearest name', async (t) => {
  const path = await bench(exec('--path', 'redirct', '--', 'true'))
  t.is(path.exitCode, 2)
  t.regex(path.stderr, /Could not find path "redirct".*redirect/)
  const namespace = await bench(exec('--in', 'netns-9', '--', 'true'))
  t.is(namespace.exitCode, 2)
  t.regex(namespace.stderr, /Could not find namespace on path stack "netns-9".*\n.*netns-1, netns-2, netns-3/)
})

asRoot('a shell in a terminal has that terminal', async (t) => {
  const terminal = startInTerminal(exec('--in', 'netns-2', '--', 'bash', '--norc'))
  terminal.type('tty; ip -4 -brief address show dev veth2@1; exit 7\r')
  t.is(await terminal.ended, 7, terminal.shown())
  t.regex(terminal.shown(), /\/dev\/pts\/\d+/)
  t.regex(terminal.shown(), /10\.10\.3\.10\/24/)
})

asRoot('Ctrl-C is for the command, which may go on', async (t) => {
  const script = 'trap "echo caught; exit 5" INT; echo ready; while :; do sleep 1; done'
  const terminal = startInTerminal(exec('--', 'sh', '-c', script))
  await terminal.untilShown('ready')
  terminal.type(controlC)
  t.is(await terminal.ended, 5, terminal.shown())
  t.regex(terminal.shown(), /caught/)
})

asRoot('nothing is left when the command has ended, not even what it left running', async (t) => {
  const own = markedScenario(t)
  const { exitCode, stdout, stderr } = await bench(
    ['exec', own.file, '--path', 'redirect', '--', 'sh', '-c', 'sleep 1000 >/dev/null 2>&1 & echo started'],
    { environment: own.mark.environment },
  )
  t.is(exitCode, 0, stderr)
  t.is(stdout, 'started\n')
  t.deepEqual(await leftAfterAWhile(own.mark), [])
})

asRoot('SIGKILL while the command runs leaves nothing', async (t) => {
  const own = markedScenario(t)
  const command = ['sh', '-c', 'echo started; sleep 1000; :']
  const run = startBench(['exec', own.file, '--path', 'redirect', '--', ...command], {
    environment: own.mark.environment,
  })
  t.teardown(() => run.kill('SIGKILL'))
  await new Promise((resolve) => run.stdout.once('data', resolve))
  t.true(markedProcesses(own.mark).some((one) => one.command.startsWith('sh -c echo started')))
  run.kill('SIGKILL')
  t.deepEqual(await leftAfterAWhile(own.mark), [])
})
