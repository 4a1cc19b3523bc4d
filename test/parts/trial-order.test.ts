import test from 'ava'
import type { Need } from '../../src/parts/needs/need.ts'
import { needs } from '../../src/parts/needs/needs.ts'
import { trialOrder } from '../../src/parts/needs/trial-order.ts'

const need = (name: string, changes: Partial<Need> = {}): Need => ({
  ...{ name, why: '', remedy: '', isAlways: false, buildsOn: [], trial: () => [] },
  ...changes,
})

const [base, always] = [need('base'), need('always', { isAlways: true })]
const middle = need('middle', { buildsOn: [base] })
const top = need('top', { buildsOn: [always, middle] })

const names = (tried: readonly Need[]) => tried.map(({ name }) => name)

test('what every run needs is tried, and what is wanted; nothing else', (t) => {
  t.deepEqual(names(trialOrder([top, base, always], [])), ['always'])
  t.deepEqual(names(trialOrder([top, base, always], ['base'])), ['base', 'always'])
})

test('a need is tried once, after those on which its trial builds, wherever they stand in the list', (t) => {
  const order = ['always', 'base', 'middle', 'top']
  t.deepEqual(names(trialOrder([top, middle, base, always], ['top', 'middle'])), order)
  t.deepEqual(names(trialOrder([top], ['top'])), order)
})

test('for a run that needs no more, links and programs are tried before TC is', (t) => {
  t.deepEqual(names(trialOrder(needs, [])), ['namespaces', 'veth', 'bpf', 'tc-bpf'])
})
