import test from 'ava'
import { attachSteps, unloadSteps } from '../../src/datapath/attach.ts'
import { pinnedPrograms } from '../../src/datapath/instances.ts'
import type { ResolvedProgram, ScenarioPath } from '../../src/scenario/scenario.ts'

const program = (name: string, changes: Partial<ResolvedProgram> = {}): ResolvedProgram => ({
  object: '/somewhere/chain.bpf.c',
  program: name,
  hook: 'tc/ingress',
  namespace: 'router',
  device: 'eth0',
  maps: {},
  index: 0,
  ...changes,
})

const path = (...programs: readonly ResolvedProgram[]): ScenarioPath => ({
  ...{
    name: 'fast',
    role: 'candidate',
    title: '',
    skips: [],
    sharedMaps: [],
    mapSizes: {},
    background: {},
    servers: [],
    targets: [],
    needs: [],
    allows: {},
  },
  ...{ way: [], returnWay: [], proof: [], topology: { namespaces: {}, bridges: {}, links: {} } },
  ...{ found: [], setup: [], agents: [], teardown: [] },
  programs,
})

const filters = (...programs: readonly ResolvedProgram[]): string[] =>
  attachSteps(path(...programs), (name) => name).map(({ input = '' }) => input.split('\n')[1] ?? '')

test('programs of one hook run in the order of the list: each has a higher preference than the one before', (t) => {
  t.deepEqual(filters(program('meter'), program('cross'), program('last')), [
    'filter add dev eth0 ingress pref 1 protocol all bpf direct-action object-pinned /run/bpf/fast/0/meter',
    'filter add dev eth0 ingress pref 2 protocol all bpf direct-action object-pinned /run/bpf/fast/0/cross',
    'filter add dev eth0 ingress pref 3 protocol all bpf direct-action object-pinned /run/bpf/fast/0/last',
  ])
})

test('another device, direction or namespace has an order of its own', (t) => {
  const preferences = filters(
    program('first'),
    program('second', { device: 'eth1' }),
    program('third', { hook: 'tc/egress' }),
    program('fourth', { namespace: 'backend' }),
    program('fifth'),
  ).map((line) => /pref (\d+)/.exec(line)?.[1])
  t.deepEqual(preferences, ['1', '1', '1', '1', '2'])
})

test('a program at two devices of a namespace is loaded once; in two namespaces, twice', (t) => {
  const both = path(
    program('cross'),
    program('cross', { device: 'eth1' }),
    program('cross', { namespace: 'b' }),
  )
  t.deepEqual(pinnedPrograms(both), [
    '/run/bpf/fast/0/cross',
    '/run/bpf/fast/0/cross',
    '/run/bpf/fast/1/cross',
  ])
})

test('all that paths have loaded is unloaded with one folder each, by one tool', (t) => {
  const none = { ...path(), name: 'plain' }
  t.deepEqual(unloadSteps([path(program('cross')), none, { ...path(program('cross')), name: 'two' }]), [
    {
      command: ['rm', '-rf', '/run/bpf/fast', '/run/bpf/two'],
      what: 'unload the programs of fast, two',
    },
  ])
  t.deepEqual(unloadSteps([none]), [])
})
