/** Programs at hooks that packets end at. */
import { asRoot } from './as-root.ts'
import { explained } from './explained.ts'
import type { Change } from './own-scenario.ts'

/** Drops every datagram, or spoils a byte of it and leaves its checksum as it was. */
const source = (what: string) => `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int wicked(struct __sk_buff *skb)
{
	unsigned char protocol = 0, byte = 0xa5;

	bpf_skb_load_bytes(skb, 23, &protocol, 1);
	if (protocol != 17)
		return TC_ACT_OK;
	${what}
}

char _license[] SEC("license") = "GPL";
`

const wicked = (hook: string): Change => [
  ['paths', 'stack', 'programs'],
  [{ object: 'wicked.bpf.c', program: 'wicked', hook, namespace: 'netns-2', device: 'veth1@2' }],
]

for (const hook of ['tc/ingress', 'tc/egress'])
  asRoot(`a program at ${hook} that drops is named`, async (t) => {
    const said = await explained(t, 'stack', [wicked(hook)], {
      'wicked.bpf.c': source('bpf_skb_store_bytes(skb, 90, &byte, 1, 0); return TC_ACT_SHOT;'),
    })
    t.regex(
      said,
      /netns-2\/veth1@2: dropped in \w+\(\): program wicked returned TC_ACT_SHOT \(TC_(IN|E)GRESS\); 3 (requests|replies)/,
    )
  })

asRoot('a checksum that a program left wrong is named where it is verified', async (t) => {
  const said = await explained(
    t,
    'stack',
    [
      wicked('tc/ingress'),
      // Else the checksum is left to a device that is none.
      [['topology', 'links', 'veth1', 0, 'offload'], { tx: false }],
    ],
    { 'wicked.bpf.c': source('bpf_skb_store_bytes(skb, 90, &byte, 1, 0); return TC_ACT_OK;') },
  )
  t.regex(
    said,
    /netns-3(\/veth2@2)?: dropped in \w+\(\): checksum wrong: that of UDP \(UDP_CSUM\); 3 requests/,
  )
})

/** Ends every datagram by a code of XDP's, or redirects it. */
const xdpSource = (verdict: string) => `
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 target;

SEC("xdp")
int wicked(struct xdp_md *context)
{
	unsigned char *data = (unsigned char *)(long)context->data;

	if (data + 24 > (unsigned char *)(long)context->data_end || data[23] != 17)
		return XDP_PASS;
	return ${verdict};
}

char _license[] SEC("license") = "GPL";
`

const wickedXdp = (hook: string, more: object = {}): Change => [
  ['paths', 'stack', 'programs'],
  [{ object: 'wicked.bpf.c', program: 'wicked', hook, namespace: 'netns-2', device: 'veth1@2', ...more }],
]

for (const [hook, code] of [
  ['xdp/generic', 'XDP_DROP'],
  ['xdp/native', 'XDP_DROP'],
  ['xdp/native', 'XDP_ABORTED'],
] as const)
  asRoot(`a program at ${hook} that returns ${code} is named`, async (t) => {
    const said = await explained(t, 'stack', [wickedXdp(hook)], { 'wicked.bpf.c': xdpSource(code) })
    t.regex(
      said,
      new RegExp(
        `netns-2/veth1@2: dropped in \\w+\\(\\): program wicked returned ${code} \\(XDP\\); 3 requests`,
      ),
    )
  })

/** What an XDP program's redirection fails by. */
const failures: Readonly<Record<string, readonly Change[]>> = {
  'its driver takes no frames of XDP.* \\(ENOTSUP\\)': [],
  'the device is down \\(ENETDOWN\\)': [
    [['topology', 'links', 'veth2', 1, 'offload'], { gro: true }],
    [['paths', 'stack', 'setup'], [{ namespace: 'netns-2', run: 'ip link set veth2@1 down' }]],
  ],
}

for (const [words, changes] of Object.entries(failures))
  asRoot(`a redirection of XDP’s that fails is named with the kernel’s error: ${words}`, async (t) => {
    const redirects = wickedXdp('xdp/native', { constants: { target: 'ifindex(veth2@1)' } })
    const said = await explained(t, 'stack', [redirects, ...changes], {
      'wicked.bpf.c': xdpSource('bpf_redirect(target, 0)'),
    })
    t.regex(
      said,
      new RegExp(
        `netns-2/veth1@2: program wicked returned XDP_REDIRECT to veth2@1, which failed: ${words}; 3 requests`,
      ),
    )
  })

const setDown: Change = [
  ['paths', 'redirect', 'setup'],
  [{ namespace: 'netns-2', run: 'ip link set veth2@1 down' }],
]

asRoot('a redirection to a device that is down is named', async (t) => {
  const said = await explained(t, 'redirect', [setDown])
  t.regex(said, /netns-2\/veth2@1: dropped in \w+\(\): the device is down \(\w+\); 3 requests/)
})
