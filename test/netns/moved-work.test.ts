import type { ExecutionContext } from 'ava'
import { listRuns, readRun } from '../../src/keep/store.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

/** Hands every packet to another CPU, on which a kernel thread takes it further (cpumap). */
const handOver = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_CPUMAP);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct bpf_cpumap_val);
} cpus SEC(".maps");

SEC("xdp")
int hand_over(struct xdp_md *frame)
{
	return bpf_redirect_map(&cpus, 1, XDP_ABORTED);
}

char LICENSE[] SEC("license") = "GPL";
`

const handingOver: Change = [
  ['paths', 'redirect'],
  {
    role: 'candidate',
    title: 'the router hands packets to CPU 1',
    needs: ['xdp-generic'],
    programs: [
      {
        object: 'hand-over.bpf.c',
        program: 'hand_over',
        namespace: 'netns-2',
        device: 'veth1@2',
        hook: 'xdp/generic',
        maps: { cpus: [{ key: 1, value: { qsize: 2048 } }] },
      },
    ],
    allows: { lossRatio: '50%', reordered: '50%' },
  },
]

async function costOf(t: ExecutionContext, cpus: string) {
  const own = ownScenario(t, changedScenario([handingOver]), { 'hand-over.bpf.c': handOver })
  const ended = await bench(own.runArguments('--rounds', '2', '--blocks', '6', '--no-report', '--cpus', cpus))
  t.is(ended.exitCode, 0, ended.stderr)
  const { comparisons } = readRun(own.resultsFolder, listRuns(own.resultsFolder)[0]!.folder)
  const comparison = comparisons.find(({ path, metric }) => path === 'redirect' && metric === 'costNs')
  t.truthy(comparison)
  return comparison!
}

asRoot(
  'a cost is not compared where a path has another CPU than the sender’s carry its packets',
  async (t) => {
    const { verdict, withheld, withheldFor } = await costOf(t, '0,1')
    t.is(verdict, 'inconclusive')
    t.is(withheldFor, 'work-moved')
    t.regex(
      withheld ?? '',
      /^other CPUs than the sender's handled \d+ % of its packets, and \d+ % of those on stack/,
    )
  },
)

asRoot('nor where a kernel thread carries them on the sender’s own CPU', async (t) => {
  const { verdict, withheld, withheldFor } = await costOf(t, '1,0')
  t.is(verdict, 'inconclusive')
  t.is(withheldFor, 'work-moved')
  t.regex(withheld ?? '', /^its sender had the CPU for \d+ % (less|more) of its sends than that on stack/)
})
