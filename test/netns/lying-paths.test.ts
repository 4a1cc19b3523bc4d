import type { ExecutionContext } from 'ava'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, inProject } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { lies, lossesMadeUpFor, routerRules } from './lying-paths.ts'
import { candidate, liarsBySizeOrFlow, pathChanges, usualLiars } from './lying-scenarios.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

async function measure(
  t: ExecutionContext,
  changes: readonly Change[],
  sources?: Readonly<Record<string, string>>,
): Promise<RunRecord> {
  const own = ownScenario(t, changedScenario(changes), sources)
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '6', '--no-report'))
  t.is(ended.exitCode, 4, ended.stderr)
  return keptRun(own.resultsFolder, ended)
}

/** That the honest path is measured and compared, and no other is. */
function onlyHonestIsCompared(
  t: ExecutionContext,
  { paths, comparisons }: RunRecord,
  liars: readonly string[],
) {
  const statusOf = (name: string) => paths.find((path) => path.name === name)
  t.deepEqual([statusOf('stack')?.status, statusOf('honest')?.status], ['measured', 'measured'])
  t.deepEqual([...new Set(comparisons.map(({ path }) => path))], ['honest'])
  for (const name of liars) {
    const path = statusOf(name)
    t.is(path?.status, 'invalid', name)
    t.regex(
      path?.reason ?? '',
      /^it does not deliver what it is sent: |arrived.*probed$|answered.*probed$/,
      name,
    )
  }
}

for (const [number, { names, changes }] of usualLiars.entries())
  asRoot(
    `no path that lies is compared with the stack, an honest one beside it is: ${number + 1}`,
    async (t) => {
      onlyHonestIsCompared(t, await measure(t, changes), names)
    },
  )

asRoot('a path that lies about large packets or some flows alone is found out too', async (t) => {
  const { names, changes } = liarsBySizeOrFlow([200, 50, 100])
  onlyHonestIsCompared(t, await measure(t, changes), names)
})

asRoot('what is lost is not made up for by copies of something else', async (t) => {
  const record = await measure(
    t,
    pathChanges({
      'makes-up': {
        ...candidate(routerRules(lossesMadeUpFor)),
        proof: [{ counter: 'netns-3/Udp.InDatagrams', equals: 'requests' }],
      },
    }),
  )
  onlyHonestIsCompared(t, record, ['makes-up'])
})

asRoot(
  'packets that come to another server than was called are found out, though each is answered',
  async (t) => {
    // Connection tracking puts the answers' source right: to the client all is as it should be.
    const astray = 'ip daddr 10.10.3.20 dnat to 10.10.3.11'
    const rules = `table ip lie { chain c { type nat hook prerouting priority dstnat; udp dport 7000 ${astray}; }; }`
    const record = await measure(t, [
      [['server'], undefined],
      [
        ['servers'],
        ['10.10.3.20', '10.10.3.11'].map((address) => ({ namespace: 'netns-3', address, port: 7000 })),
      ],
      [['client', 'flows'], 8],
      ...pathChanges({ astray: candidate(rules) }),
    ])
    onlyHonestIsCompared(t, record, ['astray'])
    const { reason = '' } = record.paths.find(({ name }) => name === 'astray') ?? {}
    t.regex(reason, /packets that came to another end than was called: \d+, expected none/)
  },
)

asRoot('a path may lose what its scenario allows, and what it lost stands in the record', async (t) => {
  const lossy = { ...candidate(routerRules([lies['drops-one-in-97'] ?? ''])), allows: { lossRatio: '3%' } }
  const own = ownScenario(t, changedScenario(pathChanges({ lossy })))
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '6', '--no-report'))
  t.is(ended.exitCode, 0, ended.stderr)
  const { paths } = keptRun(own.resultsFolder, ended)
  const { status, allows, delivery = [] } = paths.find(({ name }) => name === 'lossy')!
  t.is(status, 'measured')
  t.deepEqual(allows, { lossRatio: 0.03 })
  const lost = delivery.reduce((sum, one) => sum + one.lost, 0)
  t.true(lost > 0)
  t.true(lost < 0.03 * delivery.reduce((sum, { sent }) => sum + sent, 0))
})

/** From the 200th packet on those behind it at the hook see nothing. */
const lettingFew = `#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 seen;

SEC("tc")
int let_few(struct __sk_buff *skb)
{
	return __sync_fetch_and_add(&seen, 1) < 200 ? TC_ACT_UNSPEC : TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
`

asRoot('programs that are passed over or taken away once they were probed prove nothing', async (t) => {
  const at = { hook: 'tc/ingress', namespace: 'netns-2', device: 'veth1@2' }
  const nop = { object: inProject('build', 'bpf', 'nop.bpf.o'), program: 'nop_tc', ...at }
  const path = (own: object) => ({
    role: 'candidate',
    title: 'has a program that does nothing',
    proof: [{ program: 'nop_tc', atLeast: 'requests' }],
    ...own,
  })
  const arrived = '$(cat /sys/class/net/veth1@2/statistics/rx_packets)'
  const record = await measure(
    t,
    pathChanges({
      honest: path({ programs: [nop] }),
      'passes-over': path({ programs: [{ object: 'few.bpf.c', program: 'let_few', ...at }, nop] }),
      'takes-away': path({
        programs: [nop],
        agent: {
          namespace: 'netns-2',
          run: `echo up; until [ "${arrived}" -gt 200 ]; do sleep 0.005; done; tc qdisc del dev veth1@2 clsact; exec sleep 1000`,
          ready: { output: 'up' },
        },
      }),
    }),
    { 'few.bpf.c': lettingFew },
  )
  t.deepEqual([...new Set(record.comparisons.map(({ path }) => path))], ['honest'])
  for (const name of ['passes-over', 'takes-away']) {
    const { status, reason = '' } = record.paths.find((one) => one.name === name)!
    t.is(status, 'invalid', name)
    t.regex(reason, /its packets did not go the way it says: runs of nop_tc while probing: \d+,/, name)
  }
})

/** A link from the client to the server that is nobody's, and addresses that lead over it. */
const shortCut = [
  'ip link add h1 type veth peer name h3 netns "$other" && ip link set h1 up && ip -n "$other" link set h3 up',
  'ip address add 10.99.0.1/24 dev h1 && ip -n "$other" address add 10.99.0.2/24 dev h3',
  'ip route add 10.10.3.20/32 via 10.99.0.2 dev h1 src 10.10.2.11',
  'ip -n "$other" route add 10.10.2.11/32 via 10.99.0.1 dev h3',
].join(' && ')

asRoot(
  'a path that goes another way than it tells is invalid, be there a rule of proof or none',
  async (t) => {
    const proof = [{ counter: 'netns-3/Udp.InDatagrams', equals: 'requests' }]
    const routed = [
      'netns-1',
      'netns-1/veth1@1',
      'netns-2/veth1@2',
      'netns-2',
      'netns-2/veth2@1',
      'netns-3/veth2@2',
      'netns-3',
    ]
    const setup = [{ namespace: 'netns-1', run: `other="\${PATHBENCH_NETNS_PREFIX}netns-3"; ${shortCut}` }]
    const path = (own: object) => ({ role: 'candidate', title: 'tells a way', proof, ...own })
    const record = await measure(
      t,
      pathChanges({
        honest: path({ way: routed }),
        'short-cut': path({ way: routed, setup }),
        'by-the-stack': path({ way: routed.filter((step) => step !== 'netns-2') }),
      }),
    )
    const reasonOf = (name: string) => record.paths.find((one) => one.name === name)?.reason ?? ''
    t.regex(
      reasonOf('short-cut'),
      /^its packets did not go the way it says: netns-2\/veth1@2 saw \d of \d+, netns-2\/veth2@1 saw \d of/,
    )
    t.regex(
      reasonOf('by-the-stack'),
      /^its packets did not go the way it says: the network stack of netns-2 forwarded \d+ of \d+$/,
    )
    t.is(reasonOf('honest'), '')
  },
)
