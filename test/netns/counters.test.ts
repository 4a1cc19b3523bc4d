import type { ExecutionContext } from 'ava'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

/** Counts datagrams to port 7000 in an array and, by CPU, in a field of a struct. */
const countSource = `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct share {
	__u32 unused;
	__u64 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct share);
} shares SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	unsigned char protocol = 0;
	__u32 first = 0, second = 1;
	__u64 *packets = bpf_map_lookup_elem(&counts, &second);
	struct share *share = bpf_map_lookup_elem(&shares, &first);

	bpf_skb_load_bytes(skb, 23, &protocol, 1);
	if (protocol == 17 && packets && share) {
		__sync_fetch_and_add(packets, 1);
		share->packets++;
	}
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
`

const program = {
  ...{ object: 'count.bpf.c', program: 'count', hook: 'tc/ingress', namespace: 'netns-3', device: 'veth2@2' },
}
const ruleset = `table ip t {
  counter seen { }
  chain c {
    type filter hook forward priority 0
    counter name seen
    udp sport 7000 counter comment "answers"
  }
}
`

const runChanged = async (t: ExecutionContext, proof: readonly object[]) => {
  const changes: Change[] = [
    [['paths', 'redirect', 'programs', 1], program],
    [['paths', 'redirect', 'topology'], { namespaces: { 'netns-2': { nftables: ruleset } } }],
    [['paths', 'redirect', 'proof'], proof],
  ]
  const own = ownScenario(t, changedScenario(changes), { 'count.bpf.c': countSource })
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '1', '--no-report'), {
    cwd: own.folder,
  })
  const [run] = listRuns(own.resultsFolder)
  return {
    ...ended,
    redirect:
      run === undefined
        ? undefined
        : readRun(own.resultsFolder, run.folder).paths.find(({ name }) => name === 'redirect'),
  }
}

asRoot(
  'a proof may name counters of every kind, and compare those of one with those of another',
  async (t) => {
    const { exitCode, stderr, redirect } = await runChanged(t, [
      { counter: 'netns-3/map.counts(1)', equals: 'requests' },
      { counter: 'netns-3/map.shares(0).packets', equals: 'netns-3/map.counts(1)' },
      { counter: 'netns-3/map.counts(0)', equals: 0 },
      { counter: 'netns-2/nft.seen', equals: 'replies' },
      { counter: 'netns-2/nft.answers', equals: 'netns-2/nft.seen' },
      { counter: 'netns-2/nft.seen.bytes', atLeast: 'replies' },
      { counter: 'netns-3/veth2@2.ethtool.rx_queue_0_drops', equals: 0 },
      { counter: 'netns-3/veth2@2.rxOtherhostDropped + netns-3/veth2@2.rxDropped', equals: 0 },
      { counter: 'netns-2/TcpExt.IPReversePathFilter + netns-2/IpExt.InNoRoutes', equals: 0 },
      { counter: 'netns-3/Udp6.InErrors', atMost: 'requests' },
      { lost: 'none' },
      { order: 'kept' },
      { duplicates: 'none' },
    ])
    t.is(exitCode, 0, stderr)
    t.is(redirect?.status, 'measured', redirect?.reason)
    t.deepEqual(
      redirect?.proof.filter(({ holds }) => !holds),
      [],
    )
    const of = (what: string) => Number(redirect?.proof.find((one) => one.what === what)?.observed)
    t.true(of('netns-3/map.counts(1)') > 0)
    t.true(of('netns-2/nft.seen') > 0)
  },
)

asRoot(
  'a counter of nftables that is not there makes the path invalid, and is told with those there are',
  async (t) => {
    const { exitCode, redirect } = await runChanged(t, [{ counter: 'netns-2/nft.sean', equals: 'replies' }])
    t.is(exitCode, 4)
    t.is(redirect?.status, 'invalid')
    t.regex(
      redirect?.reason ?? '',
      /no counter "nft\.sean" in netns-2; did you mean "nft\.seen"\? \(there: nft\.seen, nft\.seen\.bytes, nft\.answers, nft\.answers\.bytes\)/,
    )
  },
)

asRoot(
  'a map, a field or a counter of the kernel that is not there is a mistake in the file, told at once',
  async (t) => {
    const { exitCode, stderr } = await runChanged(t, [
      { counter: 'netns-3/map.count(1)', equals: 'requests' },
      { counter: 'netns-3/map.shares(0).packet', equals: 'requests' },
    ])
    t.is(exitCode, 2)
    t.regex(
      stderr,
      /no map "count" in the programs of netns-3; did you mean "counts"\? \(there: counts, shares\)/,
    )
    t.regex(stderr, /no field "packet" in the values of map "shares"; did you mean "packets"\?/)
    const kernel = await runChanged(t, [{ counter: 'netns-2/Ip.ForwDatagram', equals: 'replies' }])
    t.is(kernel.exitCode, 2)
    t.regex(kernel.stderr, /no counter "Ip\.ForwDatagram" in this kernel; did you mean "Ip\.ForwDatagrams"\?/)
  },
)
