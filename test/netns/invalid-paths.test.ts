import type { ExecutionContext } from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, type Ended } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

const dropSource = `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int drop(struct __sk_buff *skb)
{
	return TC_ACT_SHOT;
}

char _license[] SEC("license") = "GPL";
`

const dropProgram = {
  object: 'drop.bpf.c',
  program: 'drop',
  hook: 'tc/ingress',
  namespace: 'netns-2',
  device: 'veth1@2',
}

interface Outcome extends Ended {
  readonly record: RunRecord
}

/** Runs redirect-vs-stack with changes, from a folder far from the project, and reads what it kept. */
async function runChanged(t: ExecutionContext, changes: readonly Change[]): Promise<Outcome> {
  const own = ownScenario(t, changedScenario(changes), { 'drop.bpf.c': dropSource })
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '1', '--no-report'), {
    cwd: own.folder,
  })
  return { ...ended, record: keptRun(own.resultsFolder, ended) }
}

const pathOf = (record: RunRecord, name: string) => record.paths.find((path) => path.name === name)

const comparedPaths = (record: RunRecord): string[] =>
  [...new Set(record.comparisons.map(({ path }) => path))].toSorted()

let besideOthers: Promise<Outcome> | undefined

/** A run whose paths are those of redirect-vs-stack, one that drops, and one that says of itself what is not so. */
const ranBesideOthers = (t: ExecutionContext): Promise<Outcome> =>
  (besideOthers ??= runChanged(t, [
    [['paths', 'drop'], { role: 'candidate', title: 'drops all', programs: [dropProgram] }],
    [
      ['paths', 'astray'],
      {
        role: 'candidate',
        title: 'says that it goes past the stack',
        proof: [{ counter: 'netns-2/Ip.ForwDatagrams', equals: 0 }],
      },
    ],
  ]))

asRoot(
  "a user's own program that drops all packets makes its path invalid, and the others are measured",
  async (t) => {
    const { exitCode, stdout, stderr, record } = await ranBesideOthers(t)
    t.is(exitCode, 4, stderr)
    t.is(pathOf(record, 'drop')?.status, 'invalid')
    t.regex(
      pathOf(record, 'drop')?.reason ?? '',
      /^0 of \d+ requests were answered; .* when the path was probed$/,
    )
    t.true(record.complete)
    t.deepEqual(comparedPaths(record), ['control', 'floor', 'redirect'])
    t.regex(stdout, /^drop +invalid +0 of \d+ requests were answered/m)
    t.regex(stdout, /likely: the next hop behind netns-1\/veth1@1 does not answer/)
    t.regex(pathOf(record, 'drop')?.diagnosis?.join('\n') ?? '', /got lost in netns-1: /)
    t.regex(stdout, /^redirect +\w+ +(?:[+−]\S+|0(?:\.0+)?) % packets\/s/m)
    t.notRegex(stdout, /^drop.*packets\/s/m)
  },
)

asRoot('a path whose packets go another way than it says is invalid, and gets no verdict', async (t) => {
  const { record } = await ranBesideOthers(t)
  const astray = pathOf(record, 'astray')
  t.is(astray?.status, 'invalid')
  t.deepEqual(
    astray?.proof.filter(({ holds }) => !holds).map(({ what, holds }) => ({ what, holds })),
    [{ what: 'netns-2/Ip.ForwDatagrams', holds: false }],
  )
  t.regex(astray?.reason ?? '', /^its packets did not go the way it says: netns-2\/Ip/)
  t.false(comparedPaths(record).includes('astray'))
  t.deepEqual(
    record.estimates.filter(({ path }) => path === 'astray'),
    [],
  )
})

asRoot('the proof of redirect-vs-stack holds, packet by packet', async (t) => {
  const { record } = await ranBesideOthers(t)
  for (const name of ['stack', 'redirect', 'control', 'floor'])
    t.is(pathOf(record, name)?.status, 'measured', name)
  const replies = record.trials
    .filter(({ path, kind }) => path === 'redirect' && kind === 'pingpong')
    .reduce((sum, { received }) => sum + received, 0)
  t.true(replies > 0)
  const forwarded = pathOf(record, 'redirect')?.proof.find(({ what }) => what === 'netns-2/Ip.ForwDatagrams')
  t.is(forwarded?.observed, String(replies))
})

asRoot("a next hop's wrong MAC address leaves nothing to compare, and the run says so", async (t) => {
  const { exitCode, stdout, stderr, record } = await runChanged(t, [
    [
      ['paths', 'redirect', 'programs', 0, 'maps', 'services', 0, 'value', 'destination_mac'],
      '02:00:00:00:00:99',
    ],
  ])
  t.is(exitCode, 4)
  t.regex(stdout, /^Nothing was concluded: redirect is invalid\./m)
  t.regex(stdout, /likely:\s+the\s+frames'\s+destination\s+MAC\s+is\s+not\s+that\s+of\s+netns-3\/veth2@2/)
  t.regex(stderr, /Could not compare anything: .*\n {2}redirect: 0 of \d+ requests were answered.*\nHint: /)
  t.is(pathOf(record, 'redirect')?.status, 'invalid')
  t.false(record.complete)
  t.deepEqual(record.comparisons, [])
})

asRoot('a baseline that delivers nothing leaves nothing to compare, and the run says so', async (t) => {
  const { exitCode, stderr, record } = await runChanged(t, [[['paths', 'stack', 'programs'], [dropProgram]]])
  t.is(exitCode, 4)
  t.regex(stderr, /Could not compare anything: .*\n {2}stack: 0 of \d+ .*\n {2}control: 0 of \d+ .*\nHint: /)
  t.is(pathOf(record, 'stack')?.status, 'invalid')
  t.deepEqual(record.trials, [])
})

asRoot(
  'where the client itself lets no packet out, no path is left, and the reason is the kernel’s',
  async (t) => {
    const dropped = `table ip own {
    chain out {
      type filter hook output priority 0
      udp dport 7000 drop
    }
  }`
    const { exitCode, stdout, record } = await runChanged(t, [
      [['topology', 'namespaces', 'netns-1', 'nftables'], dropped],
    ])
    t.is(exitCode, 4)
    t.regex(stdout, /^Nothing was concluded: stack, the baseline, is invalid\./m)
    for (const { status, reason } of record.paths) {
      t.is(status, 'invalid')
      t.is(
        reason,
        "the client's kernel accepted no packet (Operation not permitted) when the path was probed",
      )
    }
  },
)
