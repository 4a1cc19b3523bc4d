/** Programs at hooks that packets end at. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { asRoot, sharedAsRoot } from './as-root.ts'
import { inProject } from './bench-command.ts'
import { explained } from './explained.ts'
import type { Change } from './own-scenario.ts'

/** What each does with every datagram. Built once: that takes longer than to explain a path. */
const source = `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 target;

#define TC(name, what) \\
	SEC("tc") int name(struct __sk_buff *skb) \\
	{ \\
		unsigned char protocol = 0, byte = 0xa5; \\
		bpf_skb_load_bytes(skb, 23, &protocol, 1); \\
		if (protocol != 17) \\
			return TC_ACT_OK; \\
		bpf_skb_store_bytes(skb, 90, &byte, 1, 0); \\
		return what; \\
	}
TC(tc_drops, TC_ACT_SHOT)
/* The checksum stays as it was. */
TC(tc_spoils, TC_ACT_OK)

#define XDP(name, what) \\
	SEC("xdp") int name(struct xdp_md *context) \\
	{ \\
		unsigned char *data = (unsigned char *)(long)context->data; \\
		if (data + 24 > (unsigned char *)(long)context->data_end || data[23] != 17) \\
			return XDP_PASS; \\
		return what; \\
	}
XDP(xdp_drops, XDP_DROP)
XDP(xdp_aborts, XDP_ABORTED)
XDP(xdp_redirects, bpf_redirect(target, 0))

char _license[] SEC("license") = "GPL";
`

let folder = ''
let object = ''

sharedAsRoot(
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'pathbench-test-'))
    const file = join(folder, 'wicked.bpf.c')
    writeFileSync(file, source)
    object = (await execa('sh', [inProject('bpf', 'compile.sh'), file, folder])).stdout
  },
  async () => {
    await rm(folder, { recursive: true })
  },
)

const wicked = (program: string, hook: string, more: object = {}): Change => [
  ['paths', 'stack', 'programs'],
  [{ object, program, hook, namespace: 'netns-2', device: 'veth1@2', ...more }],
]

for (const hook of ['tc/ingress', 'tc/egress'])
  asRoot(`a program at ${hook} that drops is named`, async (t) => {
    const said = await explained(t, 'stack', [wicked('tc_drops', hook)])
    t.regex(
      said,
      /netns-2\/veth1@2: dropped in \w+\(\): program tc_drops returned TC_ACT_SHOT \(TC_(IN|E)GRESS\); 3 (requests|replies)/,
    )
  })

asRoot('a checksum that a program left wrong is named where it is verified', async (t) => {
  const said = await explained(t, 'stack', [
    wicked('tc_spoils', 'tc/ingress'),
    // Else the checksum is left to a device that is none.
    [['topology', 'links', 'veth1', 0, 'offload'], { tx: false }],
  ])
  t.regex(
    said,
    /netns-3(\/veth2@2)?: dropped in \w+\(\): checksum wrong: that of UDP \(UDP_CSUM\); 3 requests/,
  )
})

for (const [hook, program, code] of [
  ['xdp/generic', 'xdp_drops', 'XDP_DROP'],
  ['xdp/native', 'xdp_drops', 'XDP_DROP'],
  ['xdp/native', 'xdp_aborts', 'XDP_ABORTED'],
] as const)
  asRoot(`a program at ${hook} that returns ${code} is named`, async (t) => {
    const said = await explained(t, 'stack', [wicked(program, hook)])
    t.regex(
      said,
      new RegExp(
        `netns-2/veth1@2: dropped in \\w+\\(\\): program ${program} returned ${code} \\(XDP\\); 3 requests`,
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
    const redirects = wicked('xdp_redirects', 'xdp/native', { constants: { target: 'ifindex(veth2@1)' } })
    const said = await explained(t, 'stack', [redirects, ...changes])
    t.regex(
      said,
      new RegExp(
        `netns-2/veth1@2: program xdp_redirects returned XDP_REDIRECT to veth2@1, which failed: ${words}; 3 requests`,
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
