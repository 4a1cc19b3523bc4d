/** A fault of one path costs that path, and leaves nothing of it. */
import type { ExecutionContext } from 'ava'
import { prepareScenario } from '../../src/run/prepare-scenario.ts'
import { type BuiltPaths, buildPaths } from '../../src/run/live-paths.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { openSandbox, type Sandbox } from '../../src/topology/sandbox.ts'
import { asRoot } from './as-root.ts'
import { ownProgramScenario, source } from './own-program.ts'
import { type Change, ownScenario } from './own-scenario.ts'

interface Built extends BuiltPaths {
  readonly sandbox: Sandbox
  /** What a shell inside says. */
  readonly ask: (script: string) => Promise<string>
}

/** Builds stack and redirect, the latter with `program`. */
async function build(t: ExecutionContext, program: string, changes: readonly Change[] = []): Promise<Built> {
  const own = ownScenario(t, ownProgramScenario(changes), { 'mine.bpf.c': program })
  const scenario = loadScenario(own.file)
  const paths = scenario.paths.filter(({ name }) => name === 'stack' || name === 'redirect')
  const objects = await prepareScenario({ ...scenario, paths })
  const sandbox = await openSandbox()
  t.teardown(sandbox.close)
  const built = await buildPaths(sandbox, paths, { objects, load: scenario.load })
  const ask = async (script: string) =>
    (await sandbox.run([{ command: ['sh', '-c', script], what: 'ask' }]))[0] ?? ''
  return { ...built, sandbox, ask }
}

const leftOfRedirect = 'ls /run/netns | grep redirect; ls /run/bpf | grep redirect; true'

const faults: Readonly<Record<string, readonly [program: string, words: RegExp]>> = {
  'does not compile': ['int unfinished =', /mine\.bpf\.c:1:\d+: error/],
  'is refused by the verifier': [
    source.replace(
      'void *data = (void *)(long)skb->data;',
      'void *data = (void *)(long)skb->data; *(char *)data = 0;',
    ),
    /refuses it at mine\.bpf\.c:\d+ .*invalid access to packet/,
  ],
  'calls what is for GPL programs and names no licence': [
    source
      .replace(/char .*SEC\("license"\).*/, '')
      .replace(
        'void *data = (void *)(long)skb->data;',
        'struct bpf_fib_lookup way = {}; bpf_fib_lookup(skb, &way, sizeof(way), 0); void *data = (void *)(long)skb->data;',
      ),
    /GPL/,
  ],
}

for (const [fault, [program, words]] of Object.entries(faults))
  asRoot(`a program that ${fault} fails its path in words that say why; the others stand`, async (t) => {
    const { failures, sites, ask } = await build(t, program)
    t.deepEqual([...failures.keys()], ['redirect'])
    t.regex(failures.get('redirect')?.message ?? '', words)
    t.deepEqual([...sites.keys()], ['stack'])
    t.is(await ask(leftOfRedirect), '')
    t.regex(await ask('ls /run/netns'), /^stack\.netns-1\n/)
  })

asRoot('a program that cannot be attached fails its path, and nothing of it stays', async (t) => {
  // XDP in native mode takes no second program.
  const native = {
    hook: 'xdp/native',
    object: 'nop.bpf.c',
    program: 'nop_xdp',
    namespace: 'netns-2',
    device: 'veth1@2',
  }
  const { failures, ask } = await build(t, source, [
    [
      ['paths', 'redirect', 'programs'],
      [native, native],
    ],
    [['paths', 'redirect', 'way'], undefined],
    [['paths', 'redirect', 'proof'], undefined],
  ])
  t.regex(
    failures.get('redirect')?.message ?? '',
    /^Could not attach nop_xdp at xdp\/native of veth1@2 in netns-2/,
  )
  t.is(await ask(leftOfRedirect), '')
})

const pinnedSource = source.replace(
  'char _license',
  `struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} shared_counts SEC(".maps");

char _license`,
)

asRoot("a map that asks to be pinned by name is in the sandbox's own bpffs", async (t) => {
  const { failures, sites, ask } = await build(t, pinnedSource)
  t.deepEqual(
    [...failures.values()].map(({ message }) => message),
    [],
  )
  t.is(await ask('ls /run/bpf/redirect/by-name/netns-2'), 'shared_counts\n')
  t.regex(sites.get('redirect')?.programs[0]?.tag ?? '', /^[0-9a-f]{16}$/)
})
