/** A made-up run of the main scenario: four paths, ten rounds of nine blocks, all well. */
import type { BuiltTopology, PathRecord, RunRecord, WayStep } from '../../src/record/record.ts'
import { estimated, madeUpRun } from './made-up-run.ts'
import type { MadeUpPath } from './made-up-trials.ts'

const routed: BuiltTopology = {
  namespaces: ['netns-1', 'netns-2', 'netns-3'],
  links: [
    {
      name: 'veth1',
      ends: [
        { namespace: 'netns-1', device: 'veth1@1', addresses: ['10.10.2.11/24'] },
        { namespace: 'netns-2', device: 'veth1@2', addresses: ['10.10.2.10/24'] },
      ],
    },
    {
      name: 'veth2',
      ends: [
        { namespace: 'netns-2', device: 'veth2@1', addresses: ['10.10.3.10/24'] },
        { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.10.3.11/24', '10.10.3.20/24'] },
      ],
    },
  ],
}

const direct: BuiltTopology = {
  namespaces: ['netns-1', 'netns-3'],
  links: [
    {
      name: 'veth1',
      ends: [
        { namespace: 'netns-1', device: 'veth1@1', addresses: ['10.10.3.10/24'] },
        { namespace: 'netns-3', device: 'veth2@2', addresses: ['10.10.3.11/24', '10.10.3.20/24'] },
      ],
    },
  ],
}

const stackAt = (namespace: string): WayStep => ({ through: 'stack', namespace })
const deviceAt = (namespace: string, device: string): WayStep => ({ through: 'device', namespace, device })

const routedWay = (middle: WayStep): WayStep[] => [
  stackAt('netns-1'),
  deviceAt('netns-1', 'veth1@1'),
  deviceAt('netns-2', 'veth1@2'),
  middle,
  deviceAt('netns-2', 'veth2@1'),
  deviceAt('netns-3', 'veth2@2'),
  stackAt('netns-3'),
]

const directWay = [
  stackAt('netns-1'),
  deviceAt('netns-1', 'veth1@1'),
  deviceAt('netns-3', 'veth2@2'),
  stackAt('netns-3'),
]

const redirectHook = {
  program: 'redirect_ingress',
  hook: 'tc/ingress',
  namespace: 'netns-2',
  device: 'veth1@2',
}

const delivered = {
  what: 'netns-3 Udp.InDatagrams per delivered packet',
  expected: '1.000',
  observed: '1.000',
  holds: true,
}

const forwarded = (count: string): PathRecord['proof'][number] => ({
  what: 'netns-2 Ip.ForwDatagrams per delivered packet',
  expected: count,
  observed: count,
  holds: true,
})

const path = (
  name: string,
  role: PathRecord['role'],
  title: string,
  factor: number,
  changes: Partial<PathRecord> = {},
): MadeUpPath => ({
  record: {
    name,
    role,
    title,
    status: 'measured',
    skips: [],
    topology: routed,
    programs: [],
    way: routedWay(stackAt('netns-2')),
    proof: [delivered, forwarded('1.000')],
    ...changes,
  },
  factors: { flood: factor, pingpong: factor, paced: factor, http: factor },
})

const scenarioSource = `# yaml-language-server: $schema=../scenario.schema.json
name: redirect-vs-stack
title: TC ingress redirect against the kernel's own forwarding
`

const paths: readonly MadeUpPath[] = [
  path('stack', 'baseline', "The kernel's own forwarding", 1),
  path('redirect', 'candidate', 'TC ingress redirect to the far device', 0.943, {
    skips: [
      'IP forwarding: the TTL stays as it is',
      "netfilter's forward and postrouting hooks",
      'the route lookup in netns-2',
    ],
    programs: [{ object: 'redirect.bpf.o', ...redirectHook }],
    way: routedWay({ through: 'program', ...redirectHook }),
    proof: [delivered, forwarded('0')],
  }),
  path('control', 'control', 'The baseline built a second time', 1),
  path('floor', 'floor', 'The same hosts with no router between', 0.79, {
    skips: ['the router altogether: the hosts are linked directly'],
    topology: direct,
    way: directWay,
    proof: [delivered],
  }),
]

const make = (): RunRecord =>
  madeUpRun({
    identity: {
      runId: '2026-11-12T140312Z-5f3a',
      scenario: 'redirect-vs-stack',
      title: "TC ingress redirect against the kernel's own forwarding",
      scenarioSource,
      startedAt: '2026-11-12T14:03:12Z',
      finishedAt: '2026-11-12T14:03:31Z',
      command: 'sudo ./bench run redirect-vs-stack --seed 42',
      seed: 42,
    },
    trials: [
      { kind: 'flood', packets: 3200 },
      { kind: 'pingpong', packets: 1000 },
      { kind: 'paced', packets: 500, ratePps: 50_000 },
    ],
    rounds: 10,
    blocksPerRound: 9,
    paths,
    derived: {
      routerCost: [
        { path: 'stack', unit: 'ns', ...estimated(1134, 1090, 1180), ratioToBaseline: null },
        {
          path: 'redirect',
          unit: 'ns',
          ...estimated(826, 790, 862),
          ratioToBaseline: estimated(0.728, 0.705, 0.752),
        },
      ],
      floodLimit: paths.map(({ record: { name } }) => ({
        path: name,
        limitedBy: 'path' as const,
        why: 'the sender waited for the path, and the receiver was idle 12 % of the time',
      })),
    },
  })

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}

let made: RunRecord | undefined

/** Redirect is 6 % faster than stack. Made once, for all who ask: nobody can change it. */
export const sampleRecord = (): RunRecord => (made ??= frozen(make()))
