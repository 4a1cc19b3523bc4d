import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { stringify } from 'yaml'
import { asRoot } from './as-root.ts'
import { bench, inProject } from './bench-command.ts'
import { type ExistingPath, existingPath } from './existing-path.ts'
import { bringUp } from './live-path.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Programs that each write a digit behind those that a request carries, and one that notes what it carries. */
const source = `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} hook_order SEC(".maps");

/* IPv4, UDP, port 7000. */
static __always_inline int is_request(struct __sk_buff *skb)
{
	unsigned char bytes[2], protocol;

	return bpf_skb_load_bytes(skb, 23, &protocol, 1) == 0 && protocol == 17 &&
	       bpf_skb_load_bytes(skb, 36, bytes, 2) == 0 && bytes[0] == 0x1b && bytes[1] == 0x58;
}

#define WRITES(name, digit) \\
	SEC("tc") int name(struct __sk_buff *skb) \\
	{ \\
		if (is_request(skb)) \\
			skb->mark = skb->mark * 10 + digit; \\
		return TC_ACT_UNSPEC; \\
	}
WRITES(one, 1)
WRITES(two, 2)
WRITES(three, 3)
WRITES(four, 4)

SEC("tc") int note(struct __sk_buff *skb)
{
	__u32 key = 0, *noted = bpf_map_lookup_elem(&hook_order, &key);

	if (noted && is_request(skb))
		*noted = skb->mark;
	return TC_ACT_UNSPEC;
}
`

type Listed = readonly (readonly [program: string, hook: string])[]

const listed = (programs: Listed, namespace: string, device: string): object[] =>
  programs.map(([program, hook]) => ({ object: 'order.bpf.c', program, hook, namespace, device }))

/** tcx comes before tc, whatever the file says; in each, its order counts. */
const disorderly = (way: 'ingress' | 'egress'): Listed => [
  ['four', `tc/${way}`],
  ['two', `tcx/${way}`],
  ['three', `tc/${way}`],
  ['one', `tcx/${way}`],
  ['note', `tc/${way}`],
]

const send = (address: string): string => `echo datagram >/dev/udp/${address}/7000`

/** The digits in the map of bpftool's answer. */
const noted = (answer: string): number | undefined =>
  (JSON.parse(answer) as { formatted: { value: number } }[])[0]?.formatted.value

asRoot(
  'programs of a hook run in the order of the file, those at tcx before those at tc, both ways',
  async (t) => {
    const programs = [
      ...listed(disorderly('ingress'), 'netns-2', 'veth1@2'),
      // What came in carries its digits on.
      ...listed(disorderly('egress'), 'netns-2', 'veth2@1'),
    ]
    const scenario = changedScenario([
      [['paths', 'redirect', 'programs'], programs],
      [['paths', 'redirect', 'way'], undefined],
      [['paths', 'redirect', 'proof'], undefined],
    ])
    const path = await bringUp('redirect', ownScenario(t, scenario, { 'order.bpf.c': source }).file)
    t.teardown(path.close)
    await path.run('netns-1', ['bash', '-c', send('10.10.3.20')])
    const dump = ['bpftool', '-j', 'map', 'dump', 'pinned', '/run/bpf/redirect/0-maps/hook_order'] as const
    // The datagram may still be on its way.
    let digits: number | undefined
    for (let look = 0; look < 100 && digits !== 21_432_143; look += 1)
      digits = noted(await path.run('netns-2', dump))
    t.is(digits, 21_432_143)
  },
)

/** A scenario on what is there, with a path that has programs at the router's device to the client. */
function scenarioThere(t: ExecutionContext, { names }: ExistingPath, programs: Listed): string {
  const folder = temporaryFolder(t)
  const at = (name: 'client' | 'router' | 'server', device: string) => ({
    existing: { path: `/run/netns/${names[name]}` },
    devices: [device],
  })
  const file = join(folder, 'there.yaml')
  const scenario = {
    ...{ name: 'there', title: 'what is there', place: 'existing' },
    topology: {
      namespaces: {
        client: at('client', 'eth0'),
        router: at('router', 'to-client'),
        server: at('server', 'eth0'),
      },
      links: {},
    },
    client: { namespace: 'client' },
    server: { namespace: 'server', address: '10.77.2.2', port: 7000 },
    load: [{ kind: 'flood', packets: 100 }],
    paths: {
      plain: { role: 'baseline', title: 'as it is' },
      mine: { role: 'candidate', title: 'mine', programs: listed(programs, 'router', 'to-client') },
    },
  }
  writeFileSync(join(folder, 'order.bpf.c'), source)
  writeFileSync(file, stringify(scenario))
  return file
}

asRoot('on namespaces that are there it is the same order, before what others have there', async (t) => {
  const there = await existingPath(t)
  await there.run('router', ['tc', 'qdisc', 'add', 'dev', 'to-client', 'clsact'])
  const filter = ['tc', 'filter', 'add', 'dev', 'to-client', 'ingress', 'bpf', 'da', 'obj']
  await there.run('router', [...filter, inProject('build', 'bpf', 'nop.bpf.o'), 'sec', 'tc'])
  const file = scenarioThere(t, there, disorderly('ingress'))
  const look = `
    ${send(there.serverAddress)}
    for look in $(seq 100); do
      found=$(bpftool -j map dump name hook_order)
      case $found in *2143*) break ;; esac
    done
    echo "$found"`
  const ended = await bench(['exec', file, '--path', 'mine', '--in', 'client', '--', 'bash', '-c', look])
  t.is(ended.exitCode, 0, ended.stderr)
  t.is(noted(ended.stdout), 2143)
})
