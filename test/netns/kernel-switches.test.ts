import { builtProgram } from '../../src/host/built.ts'
import { linkTypes } from '../../src/parts/hooks/attach-link.ts'
import { asRoot } from './as-root.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { keepSwitchesOn } from '../../src/run/kernel-switches.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { openSandbox } from '../../src/topology/sandbox.ts'

const program = { object: 'nop.bpf.c', namespace: 'netns-2', device: 'veth1@2' }
const rules = `table netdev gate {
  chain in { type filter hook ingress device "veth1@2" priority 0; }
}
table ip filter {
  chain forward { type filter hook forward priority 0; }
}`

const scenario = changedScenario([
  [
    ['paths', 'redirect', 'programs'],
    [
      { ...program, program: 'nop_tc', hook: 'tc/ingress' },
      { ...program, program: 'nop_tc', hook: 'tcx/egress' },
      { ...program, program: 'nop_xdp', hook: 'xdp/generic' },
      { ...program, program: 'nop_xdp', hook: 'xdp/native', device: 'veth2@1' },
    ],
  ],
  [['paths', 'redirect', 'way'], undefined],
  [['paths', 'redirect', 'proof'], undefined],
  [['topology', 'namespaces', 'netns-2', 'nftables'], rules],
])

asRoot('where paths share namespaces, what one turns on in the kernel stays on for all', async (t) => {
  const { paths } = loadScenario(ownScenario(t, scenario).file)
  const sandbox = await openSandbox()
  t.teardown(sandbox.close)
  await keepSwitchesOn(sandbox, paths)
  await keepSwitchesOn(sandbox, paths)
  const ask = async (namespaceFile: string, ...command: [string, ...string[]]) =>
    (await sandbox.run([{ command, what: 'look', namespaceFile }]))[0] ?? ''
  t.regex(await ask('kernel-switches', 'tc', 'filter', 'show', 'dev', 'lo', 'ingress'), /nop_tc/)
  const shown = await ask('kernel-switches', 'ip', '-details', 'link', 'show', 'lo')
  t.regex(shown, /xdpgeneric/)
  const atTcx = await ask(
    'kernel-switches',
    builtProgram('bpfload'),
    'programs',
    'lo',
    String(linkTypes.tcxEgress),
  )
  t.regex(atTcx, /\d/)
  const first = await ask('kernel-switches-0', 'nft', 'list', 'ruleset')
  t.regex(first, /hook ingress device "veth1@2"/)
  t.regex(first, /hook forward/)
})

asRoot('another point of a sweep has what its own paths turn on, and no more', async (t) => {
  const { paths } = loadScenario(ownScenario(t, scenario).file)
  const sandbox = await openSandbox()
  t.teardown(sandbox.close)
  const stack = paths.filter(({ name }) => name === 'stack')
  const bare = stack.map((path) => ({
    ...path,
    topology: {
      ...path.topology,
      namespaces: Object.fromEntries(
        Object.entries(path.topology.namespaces).map(([name, one]) => [name, { ...one, nftables: '' }]),
      ),
    },
  }))
  const ask = async (namespaceFile: string, ...command: [string, ...string[]]) => {
    const { state, stdout } = await sandbox.tryStep({ command, what: 'look', namespaceFile })
    return state === 'done' ? stdout : 'nothing'
  }
  for (const [wanted, hasHooks, hasRules] of [
    [paths, true, true],
    [stack, false, true],
    [bare, false, false],
    [paths, true, true],
  ] as const) {
    await keepSwitchesOn(sandbox, wanted)
    t.is(
      (await ask('kernel-switches', 'tc', 'filter', 'show', 'dev', 'lo', 'ingress')).includes('nop_tc'),
      hasHooks,
    )
    t.is((await ask('kernel-switches-0', 'nft', 'list', 'ruleset')).includes('hook forward'), hasRules)
  }
})

asRoot('rules that the kernel refuses end nothing here: their path tells; others are kept on', async (t) => {
  const { paths } = loadScenario(ownScenario(t, scenario).file)
  const sandbox = await openSandbox()
  t.teardown(sandbox.close)
  const withRules = (nftables: string) =>
    paths.slice(0, 1).map((path) => ({
      ...path,
      topology: {
        ...path.topology,
        namespaces: { 'netns-2': { ...path.topology.namespaces['netns-2']!, nftables } },
      },
    }))
  await keepSwitchesOn(sandbox, [
    ...withRules('table ip wrong {\n chain in { type filter hook nowhere priority 0; }\n}'),
    ...withRules('table ip good {\n chain in { type filter hook input priority 0; }\n}'),
  ])
  const [good] = await sandbox.run([
    { command: ['nft', 'list', 'ruleset'], what: 'look', namespaceFile: 'kernel-switches-1' },
  ])
  t.regex(good ?? '', /table ip good/)
})
