import type { ExecutionContext } from 'ava'
import type { PathRecord, RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { keptRun } from './kept-run.ts'
import { routerRulesOfHttp } from './lying-paths.ts'
import { candidate, liarsAboutHttp, pathChanges } from './lying-scenarios.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

/**
 * So many that one answer in 97 falls among those that are compared, in the third of 7 blocks: 8 of the probe come
 * first, and after the requests of each block 32 that are compared.
 */
const load = { kind: 'http', requests: 33, connections: 8 }

/** Runs redirect-vs-stack with something changed. */
async function measure(
  t: ExecutionContext,
  changes: readonly Change[],
  sources: Readonly<Record<string, string>> = {},
): Promise<RunRecord> {
  const own = ownScenario(t, changedScenario(changes), sources)
  const ended = await bench(own.runArguments('--rounds', '1', '--blocks', '6', '--no-report'), {
    cwd: own.folder,
  })
  return keptRun(own.resultsFolder, ended)
}

/** An honest path and one that lies, under HTTP load alone. */
const changesFor = (name: string, liar: object): Change[] => [
  [['load'], [load]],
  [['paths', 'stack', 'proof'], undefined],
  ...pathChanges({ [name]: liar }, routerRulesOfHttp('tcp sport 80 counter')),
]

const pathOf = ({ paths }: RunRecord, name: string): PathRecord => paths.find((path) => path.name === name)!
const spoiltWords =
  /^it does not deliver what it is sent: HTTP answers that came with other content than the server sent: \d+ of \d+, expected none$/

asRoot('what a path makes of HTTP is found out, and of it nothing is compared', async (t) => {
  const { names, changes } = liarsAboutHttp(load)
  const record = await measure(t, changes)
  for (const name of ['stack', 'honest']) {
    const { status, reason, delivery } = pathOf(record, name)
    t.is(status, 'measured', reason)
    t.like(delivery?.[0], { sent: 7 * (33 + 32), received: 7 * (33 + 32), compared: 7 * 32, corrupted: 0 })
  }
  t.deepEqual([...new Set(record.comparisons.map(({ path }) => path))], ['honest'])
  for (const name of names) {
    const { status, reason = '' } = pathOf(record, name)
    t.is(status, 'invalid', name)
    t.regex(reason, spoiltWords, name)
  }
})

/** Spoils a byte of what web servers say, and mends the checksum, so that no receiver can tell. */
const mendingSource = `#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <stddef.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int spoil(struct __sk_buff *skb)
{
	const __u32 tcp_at = ETH_HLEN + sizeof(struct iphdr), byte_at = 800;
	struct tcphdr tcp;
	struct iphdr ip;
	__u16 before, after;

	if (skb->len < 1000 || bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)) ||
	    ip.protocol != IPPROTO_TCP || bpf_skb_load_bytes(skb, tcp_at, &tcp, sizeof(tcp)) ||
	    tcp.source != bpf_htons(80) || bpf_skb_load_bytes(skb, byte_at, &before, sizeof(before)))
		return TC_ACT_OK;
	after = before ^ bpf_htons(1);
	bpf_l4_csum_replace(skb, tcp_at + offsetof(struct tcphdr, check), before, after, sizeof(after));
	bpf_skb_store_bytes(skb, byte_at, &after, sizeof(after), 0);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
`

asRoot('a program that spoils bodies and mends their checksums is found out', async (t) => {
  const spoils = {
    role: 'candidate',
    title: 'forwards as the stack does, with a program',
    needs: ['tc-bpf'],
    programs: [
      {
        object: 'spoil.bpf.c',
        program: 'spoil',
        hook: 'tc/ingress',
        namespace: 'netns-2',
        device: 'veth2@1',
      },
    ],
  }
  // Frames carry whole checksums, and receivers verify them.
  const offloads = (['veth1', 'veth2'] as const).flatMap((link) =>
    [0, 1].map((end): Change => [['topology', 'links', link, end, 'offload'], { tx: false }]),
  )
  const record = await measure(t, [...changesFor('spoils', spoils), ...offloads], {
    'spoil.bpf.c': mendingSource,
  })
  t.is(pathOf(record, 'honest').status, 'measured', pathOf(record, 'honest').reason)
  const { status, reason = '', delivery } = pathOf(record, 'spoils')
  t.is(status, 'invalid')
  t.regex(reason, spoiltWords)
  // h2load saw nothing of it; the path was left out after the first block.
  t.like(delivery?.[0], { sent: 33 + 32, received: 33 + 32, lost: 0, compared: 32, corrupted: 32 })
})

asRoot(
  'copies of what HTTP sends are found out, though no request and no answer is any the worse for them',
  async (t) => {
    const copies = candidate(
      routerRulesOfHttp('tcp dport 80 numgen inc mod 5 4 dup to 10.10.3.20 device "veth2@1"'),
    )
    const record = await measure(t, changesFor('copies', copies))
    t.is(pathOf(record, 'honest').status, 'measured', pathOf(record, 'honest').reason)
    const { status, reason = '' } = pathOf(record, 'copies')
    t.is(status, 'invalid')
    t.regex(
      reason,
      /TCP segments that arrived more often than they were sent: [1-9]\d* of \d+, expected none/,
    )
  },
)

asRoot('TCP checksums that a path spoils are found out under HTTP alone, too', async (t) => {
  const spoils = candidate(routerRulesOfHttp('tcp sport 80 tcp checksum set 0x1234'))
  const record = await measure(t, changesFor('spoils-checksums', spoils))
  t.is(pathOf(record, 'honest').status, 'measured', pathOf(record, 'honest').reason)
  const { status, reason = '' } = pathOf(record, 'spoils-checksums')
  t.is(status, 'invalid')
  t.regex(reason, /^with checksums in packets, as over a wire, \d of \d HTTP requests were answered when/)
})

asRoot('answers of another server than was called are found out', async (t) => {
  const astray = `table ip lie { chain c { type nat hook prerouting priority dstnat; ip daddr 10.10.3.20 tcp dport 80 redirect; }; }`
  const record = await measure(t, [
    ...changesFor('astray', candidate(astray)),
    [['server'], undefined],
    [
      ['servers'],
      [
        { namespace: 'netns-3', address: '10.10.3.20', port: 7000 },
        { namespace: 'netns-2', address: '10.10.2.10', port: 7000 },
      ],
    ],
  ])
  t.is(pathOf(record, 'honest').status, 'measured', pathOf(record, 'honest').reason)
  const { status, reason = '' } = pathOf(record, 'astray')
  t.is(status, 'invalid')
  // Half of the connections call it; one that is done sooner takes a request more.
  const [, astrayPages] =
    /^it does not deliver what it is sent: HTTP answers of another server than was called: (\d+) of 32, expected none$/.exec(
      reason,
    ) ?? []
  t.true(Number(astrayPages) > 0 && Number(astrayPages) < 32, reason)
})

asRoot(
  'answers that come from a cache on the way are found out, though they are right in every byte',
  async (t) => {
    const cache = `cd "$TMPDIR"
cat >conf <<'END'
daemon off; master_process off; pid pid; error_log stderr;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path b; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s; proxy_temp_path p;
  proxy_cache_path c keys_zone=z:1m;
  server {
    listen 80;
    location / {
      proxy_pass http://10.10.3.20; proxy_set_header Host $http_host;
      proxy_cache z; proxy_cache_valid 1h; proxy_cache_key $http_host$http_user_agent$uri;
    }
  }
}
END
nginx -p "$PWD" -c "$PWD/conf" -e stderr &
until [ -s pid ]; do sleep 0.02; done
echo up
wait`
    const caches = {
      ...candidate(
        'table ip c { chain c { type nat hook prerouting priority dstnat; tcp dport 80 redirect; }; }',
      ),
      agent: { namespace: 'netns-2', run: cache, ready: { output: 'up' } },
    }
    const record = await measure(t, changesFor('caches', caches))
    t.is(pathOf(record, 'honest').status, 'measured', pathOf(record, 'honest').reason)
    const { status, reason } = pathOf(record, 'caches')
    t.is(status, 'invalid')
    t.is(
      reason,
      `it does not deliver what it is sent: HTTP answers of another server than was called: 33 of ${33 + 32}, expected none`,
    )
  },
)
