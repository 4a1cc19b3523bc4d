import { asRoot } from './as-root.ts'
import { candidate, pathChanges } from './lying-scenarios.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'
import { recordOf, unproven } from './proven.ts'
import { temporaryFolder } from './temporary-folder.ts'

const over6 = ['--family', '6']

for (const [scenario, more] of [
  ['redirect-vs-stack', []],
  // Native mode is tried with frames alone: it takes as long again.
  // Of four flows, the balancer's table holds one.
  ['dsr-vs-nat', ['--without', 'dsr-tc-native,dsr-xdp-native', '--set', 'flowTable=16']],
] as const)
  asRoot(`packets of ${scenario} go their proven ways over IPv6`, async (t) => {
    const record = await recordOf([scenario, ...over6, ...more], temporaryFolder(t))
    t.deepEqual(unproven(record), [])
    t.is(record.scenario, `${scenario}-ipv6`)
    t.is(record.settings.family, 6)
    t.is(record.request?.changes?.family, '6')
    t.regex(record.command, /--family 6/)
  })

const router = (statement: string): string => `
table ip6 lie {
  chain forward {
    type filter hook forward priority 0;
    udp dport 7000 ${statement}
    udp sport 7000 ${statement}
  }
}
`

/** What a path does to UDP of IPv6, by name; a field is where udpgen has it, behind UDP's 8 bytes. */
const lies = {
  'drops-one-in-50': 'numgen inc mod 50 0 drop',
  'spoils-the-checksum': 'numgen inc mod 50 0 @th,48,16 set 0x1234',
  'spoils-the-payload': 'numgen inc mod 50 0 @th,384,8 set 255',
  'copies-all': 'udp dport 7000 dup to fd00:10:3::20 device "veth2@1"',
} as const

/** Checksums are complete when they leave, and every receiver looks at them. */
const withoutOffload: Change[] = [
  [['topology', 'links', 'veth1', 0, 'offload'], { tx: false }],
  [['topology', 'links', 'veth2', 1, 'offload'], { tx: false }],
]

asRoot('no path that lies over IPv6 is compared with the stack, an honest one beside it is', async (t) => {
  const liars = Object.entries(lies).map(([name, statement]) => [name, candidate(router(statement))] as const)
  const own = ownScenario(
    t,
    changedScenario([...withoutOffload, ...pathChanges(Object.fromEntries(liars), router('counter'))]),
  )
  const { paths } = await recordOf([own.file, ...over6], own.resultsFolder)
  t.deepEqual(
    paths.map(({ name, status }) => `${name} ${status}`),
    ['stack measured', 'honest measured', ...Object.keys(lies).map((name) => `${name} invalid`)],
  )
  for (const { reason } of paths.slice(2))
    t.regex(reason ?? '', /^it does not deliver what it is sent: |probed$/)
})
