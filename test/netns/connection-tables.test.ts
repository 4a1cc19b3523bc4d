import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { candidate, pathChanges } from './lying-scenarios.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

const crr = { kind: 'tcp-crr', transactions: 30 }
const tracking = 'table ip t { chain c { type filter hook forward priority 0; ct state new counter; }; }'

const withSysctl = (namespace: string, name: string, value: string | number) => ({
  role: 'candidate',
  title: `the stack with another ${name}`,
  topology: { namespaces: { [namespace]: { sysctls: { [name]: value } } } },
})

async function measure(
  t: ExecutionContext,
  load: readonly object[],
  paths: Readonly<Record<string, object>>,
  ...more: readonly string[]
) {
  const own = ownScenario(t, changedScenario([...pathChanges(paths, tracking), [['load'], load]]))
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '3', '--no-report', ...more))
  return { ended, record: keptRun(own.resultsFolder, ended) }
}

asRoot(
  'what connections leave behind is told of each path: sockets where the server is, and what is tracked',
  async (t) => {
    const few = withSysctl('netns-3', 'net.ipv4.tcp_max_tw_buckets', 50)
    const { record, ended } = await measure(t, [crr], { few, tracked: candidate(tracking) }, '--verbose')
    const tablesOf = (name: string) => record.paths.find((path) => path.name === name)?.tables
    // Three blocks and those of the warm-up, and what the probe opened: four with checksums in their packets, and four without.
    const opened = record.trials
      .filter(({ path }) => path === 'stack')
      .reduce((sum, { received }) => sum + received, 8)
    const [client, server] = tablesOf('stack')!
    t.like(client, { round: 0, namespace: 'netns-1', timeWait: 0 })
    t.like(server, { round: 0, namespace: 'netns-3', timeWait: opened })
    t.is(tablesOf('stack')?.length, 2)
    t.like(tablesOf('few')?.at(-1), { namespace: 'netns-3', timeWait: 50, timeWaitMost: 50 })
    t.like(tablesOf('tracked')?.[1], { namespace: 'netns-2', tracked: opened })
    t.regex(
      ended.stdout,
      /^Left at the end of a round, at most: stack: sockets in TIME_WAIT none in netns-1/m,
    )
    const told = record.warnings.filter(({ code }) => code === 'table-nearly-full')
    t.deepEqual(
      told.map(({ message }) => message.slice(0, 12)),
      ['few: 50 of 5'],
    )
  },
)

asRoot('loads that open no connection for each transaction have nothing of the kind', async (t) => {
  const { record } = await measure(t, [{ kind: 'tcp-rr', transactions: 20 }], {})
  t.deepEqual(
    record.paths.map(({ status, tables }) => [status, tables]),
    [
      ['measured', undefined],
      ['measured', undefined],
    ],
  )
})

asRoot(
  'a conntrack that is full is why its path is dead, and one that is nearly full is warned of',
  async (t) => {
    const fill = join(temporaryFolder(t), 'fill-conntrack')
    await execa('clang', ['-Wall', '-Werror', '-o', fill, join(import.meta.dirname, 'fill-conntrack.c')])
    const most = Number(readFileSync('/proc/sys/net/netfilter/nf_conntrack_max', 'utf8'))
    const filledWith = (count: number) => ({
      ...candidate(tracking),
      setup: [{ namespace: 'netns-2', run: [fill, String(count)] }],
    })
    const nearly = Math.ceil(most * 0.92)
    const { record } = await measure(t, [crr], { full: filledWith(most), nearly: filledWith(nearly) })
    const pathOf = (name: string) => record.paths.find((path) => path.name === name)
    t.is(pathOf('full')?.status, 'invalid')
    t.regex(
      pathOf('full')?.reason ?? '',
      new RegExp(
        `(nobody answered its SYN).* conntrack of netns-2 held ${most} of ${most} connections, and dropped [1-9]\\d* packets .*: raise net.netfilter.nf_conntrack_max`,
      ),
    )
    t.is(pathOf('nearly')?.status, 'measured', pathOf('nearly')?.reason)
    const told = record.warnings.filter(({ code }) => code === 'table-nearly-full')
    t.is(told.length, 1)
    t.regex(
      told[0]!.message,
      new RegExp(`^nearly: conntrack of netns-2 held \\d+ of ${most} connections at the end`),
    )
  },
)

for (const family of ['4', '6'])
  asRoot(`a client that runs out of ports is told what to do, over IPv${family}`, async (t) => {
    const few = withSysctl('netns-1', 'net.ipv4.ip_local_port_range', '40000 40003')
    const load = [{ kind: 'tcp-rr', transactions: 20, connections: 4 }, crr]
    const { record } = await measure(t, load, { few }, '--family', family)
    const path = record.paths.find(({ name }) => name === 'few')
    t.is(path?.status, 'invalid')
    t.is(
      path?.reason,
      '0 of 1 transactions of a tcp-crr trial were answered (no local port is left for it: widen net.ipv4.ip_local_port_range where the client is, which IPv6 has too, or open fewer connections; one that was closed there first keeps its port for a minute (TIME_WAIT)) when the path was probed',
    )
  })
