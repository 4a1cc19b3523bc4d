import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { type TracedPath, traceSchema } from '../../src/record/trace.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

const packets = 200

async function traced(
  t: ExecutionContext,
  scenario: string,
  ...more: readonly string[]
): Promise<ReadonlyMap<string, TracedPath>> {
  const { exitCode, stdout, stderr } = await bench([
    ...['trace', scenario, '--packets', String(packets), '--json', '--no-report', ...more],
  ])
  t.is(exitCode, 0, stderr)
  const { paths, lostEvents } = traceSchema.parse(JSON.parse(stdout))
  t.is(lostEvents, 0)
  return new Map(paths.map((path) => [path.path, path]))
}

const stationsOf = (path: TracedPath | undefined, direction: 'there' | 'back'): string[] =>
  (path?.[direction]?.stations ?? []).map(({ station, namespace }) => `${station} ${namespace}`)

/** What the router's own stack does with a packet, as net/ipv4 has it. */
const routersStack = ['nf_prerouting', 'fib_table_lookup', 'nf_forward', 'nf_postrouting'].map(
  (station) => `${station} netns-2`,
)

let onBoth: Promise<ReadonlyMap<string, TracedPath>> | undefined

/** Traced once, for all tests of it. */
const tracedOnBoth = (t: ExecutionContext): Promise<ReadonlyMap<string, TracedPath>> =>
  (onBoth ??= traced(t, 'redirect-vs-stack', '--path', 'stack', '--path', 'redirect'))

asRoot('on stack and redirect a request’s stations are those of the kernel’s source', async (t) => {
  const paths = await tracedOnBoth(t)
  const [stack, redirect] = [
    stationsOf(paths.get('stack'), 'there'),
    stationsOf(paths.get('redirect'), 'there'),
  ]
  t.true(stack.length - 2 >= 12)
  t.deepEqual(
    stack.filter((station) => station.endsWith('netns-2')),
    [
      ...['netif_rx netns-2', 'netif_receive_skb netns-2', ...routersStack],
      ...['net_dev_queue netns-2', 'net_dev_start_xmit netns-2', 'net_dev_xmit netns-2'],
    ],
  )
  t.deepEqual(
    redirect,
    stack.filter((station) => !routersStack.includes(station)),
  )
  t.is(stack[0], 'send netns-1')
  t.is(stack.at(-1), 'receive netns-3')
})

asRoot('replies go over the router’s stack on both, and are followed to the client', async (t) => {
  const paths = await tracedOnBoth(t)
  for (const name of ['stack', 'redirect']) {
    const back = stationsOf(paths.get(name), 'back')
    t.true(routersStack.every((station) => back.includes(station)))
    t.is(back[0], 'send netns-3')
    t.is(back.at(-1), 'sys_exit_recvfrom netns-1')
  }
})

asRoot('nearly every request is seen at every station, and what is not is counted', async (t) => {
  for (const [, { sent, whole, there }] of await tracedOnBoth(t)) {
    t.is(sent, packets)
    t.true(whole >= 0.99 * sent, `${whole} of ${sent}`)
    t.is((there?.packets ?? 0) + (there?.otherwise ?? 0), sent)
    t.true(whole >= (there?.packets ?? 0) && whole <= sent)
  }
})

for (const kind of ['paced', 'tcp-rr'])
  asRoot(`of ${kind}, too, nearly every packet is seen from the call that sends it on`, async (t) => {
    const paths = await traced(
      t,
      'redirect-vs-stack',
      '--path',
      'stack',
      '--path',
      'redirect',
      '--kind',
      kind,
    )
    for (const [, { sent, whole }] of paths) {
      t.is(sent, packets)
      t.true(whole >= 0.99 * sent, `${whole} of ${sent}`)
    }
    const [stack, redirect] = ['stack', 'redirect'].map((name) => stationsOf(paths.get(name), 'there'))
    t.is(stack?.[0], 'send netns-1')
    t.is(stack?.at(-1), 'sys_exit_recvfrom netns-3')
    for (const station of routersStack) {
      t.true(stack?.includes(station), station)
      t.false(redirect?.includes(station), station)
    }
    t.is(paths.get('stack')?.back !== undefined, kind === 'tcp-rr')
  })

asRoot('over IPv6 the stations have the same names', async (t) => {
  const paths = await traced(t, 'redirect-vs-stack', '--path', 'stack', '--family', '6')
  const stack = stationsOf(paths.get('stack'), 'there')
  for (const station of routersStack) t.true(stack.includes(station), station)
})

asRoot('a page shows the waterfall of every path, and is named at the end', async (t) => {
  const reports = temporaryFolder(t)
  const { exitCode, stdout, stderr } = await bench([
    ...['trace', 'redirect-vs-stack', '--path', 'redirect', '--packets', '50', '--reports', reports],
  ])
  t.is(exitCode, 0, stderr)
  t.regex(stdout, /^device queue +netns-1\/veth1@1 +[\d,]+$/m)
  t.true(stdout.split('\n').every((line) => line.length <= 80))
  const [page = ''] = readdirSync(join(reports, 'redirect-vs-stack'))
  t.true(stderr.includes(page))
  t.regex(readFileSync(join(reports, 'redirect-vs-stack', page), 'utf8'), /class="waterfall"/)
})

asRoot('a run with --trace has the trace in its record and its report', async (t) => {
  const { runArguments, resultsFolder, reportsFolder } = ownScenario(t, changedScenario())
  const { exitCode, stderr } = await bench(
    runArguments('--trace', '--rounds', '1', '--blocks', '1', '--without', 'floor'),
  )
  t.true(exitCode === 0 || exitCode === 4, stderr)
  const [runId = ''] = readdirSync(join(resultsFolder, 'redirect-vs-stack'))
  const { trace } = JSON.parse(
    readFileSync(join(resultsFolder, 'redirect-vs-stack', runId, 'run.json'), 'utf8'),
  ) as { trace: unknown }
  t.deepEqual(
    traceSchema.parse(trace).paths.map(({ path }) => path),
    ['stack', 'redirect', 'control'],
  )
  t.regex(readFileSync(join(reportsFolder, 'redirect-vs-stack', `${runId}.html`), 'utf8'), /id="trace"/)
})

asRoot('a run in which a path is dead names the command that explains it', async (t) => {
  const place = ['paths', 'redirect', 'programs', 0, 'maps', 'services', 0, 'value', 'destination_mac']
  const { runArguments, file } = ownScenario(t, changedScenario([[place, '02:00:00:00:00:99']]))
  const { stderr } = await bench(runArguments('--rounds', '1', '--blocks', '1', '--no-report'))
  t.true(stderr.includes(`bench explain ${file} --path redirect`), stderr)
})

asRoot('with --cpu the sender’s functions are told by their share, or why there are none', async (t) => {
  const { exitCode, stdout, stderr } = await bench([
    ...['trace', 'redirect-vs-stack', '--path', 'stack', '--packets', '20', '--cpu', '--json', '--no-report'],
  ])
  t.is(exitCode, 0, stderr)
  const { paths, noFlood } = traceSchema.parse(JSON.parse(stdout))
  const { flood = [] } = paths[0] ?? {}
  t.true(noFlood !== undefined || flood.length > 0)
  for (const { share } of flood) t.true(share >= 0 && share <= 1)
})

asRoot('a path that the scenario does not have is told before anything runs', async (t) => {
  const { exitCode, stderr } = await bench(['trace', 'redirect-vs-stack', '--path', 'redirct'])
  t.is(exitCode, 2)
  t.regex(
    stderr,
    /Could not find path "redirct": did you mean redirect\?|Could not find path "redirct".*redirect/s,
  )
})

asRoot('a path that drops, spoils or copies packets is not traced: no time is said of it', async (t) => {
  const { file } = ownScenario(t, changedScenario([]), {
    'untraceable.bpf.c': readFileSync(join(import.meta.dirname, 'untraceable.bpf.c'), 'utf8'),
  })
  const programs = ['drops_all', 'drops_some', 'spoils_some', 'copies_some']
  const pathOf = (program: string) => program.replace('_', '-')
  const added = programs.flatMap((program) => [
    '--with',
    `${file.replace(/[^/]+$/, '')}untraceable.bpf.c:${program}@netns-2/veth1@2:tc/ingress`,
  ])
  const order = [
    '--packets',
    String(packets),
    '--json',
    '--no-report',
    '--only',
    programs.map(pathOf).join(','),
  ]
  const { exitCode, stdout, stderr } = await bench(['trace', file, ...added, ...order])
  t.is(exitCode, 0, stderr)
  const { paths, leftOut } = traceSchema.parse(JSON.parse(stdout))
  t.deepEqual(
    paths.map(({ path }) => path),
    ['stack', 'control'],
  )
  const reasons = new Map(leftOut.map(({ path, reason }) => [path, reason]))
  t.is(reasons.get('drops-all'), '0 of 3 requests were answered')
  t.regex(reasons.get('drops-some') ?? '', /^\d+ of \d+ requests were answered$/)
  t.regex(reasons.get('spoils-some') ?? '', /\d+ of its packets came with other content than was sent$/)
  t.regex(reasons.get('copies-some') ?? '', /^\d+ of its packets came more than once$/)
  const alone = await bench(['trace', file, ...added.slice(0, 2), '--path', 'drops-all', '--no-report'])
  t.is(alone.exitCode, 4, alone.stderr)
  t.regex(alone.stderr, /no path came up and delivered\n +drops-all: 0 of 3 requests were answered/)
})
