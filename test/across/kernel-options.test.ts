import test from 'ava'
import { differenceLines } from '../../src/across/differences.ts'
import { kernelRelease } from '../../src/across/identity.ts'
import {
  kernelsBetween,
  kernelsWithin,
  optionDifferences,
  optionWords,
} from '../../src/across/kernel-options.ts'
import { compareView } from '../../src/report/compare-view.ts'
import { kernelsRecord } from '../report/kernels-record.ts'
import { sampleRecord } from '../report/sample-record.ts'

const options = { VETH: 'm', NET_CLS_BPF: 'm', HZ: '250', EXT4_FS: 'y' }

test('options that differ are told with both values, those of the network first; n where one is not set', (t) => {
  const found = optionDifferences(options, { VETH: 'y', NET_CLS_BPF: 'm', HZ: '1000', BPF_JIT: 'y' })
  t.deepEqual(found?.map(optionWords), [
    'BPF_JIT n, then y',
    'VETH m, then y',
    'EXT4_FS y, then n',
    'HZ 250, then 1000',
  ])
  t.deepEqual(optionDifferences(options, options), [])
  t.is(optionDifferences(options, null), undefined)
})

test('a run with several kernels has what the others differ in from the first', (t) => {
  const { environment } = kernelsRecord()
  const [between, ...others] = kernelsWithin(environment)
  t.deepEqual([between?.first, between?.second, others.length], ['6.1.0', '6.12.9', 0])
  t.deepEqual(
    between?.options?.map(({ option }) => option),
    ['NETKIT', 'VETH', 'HZ'],
  )
  t.deepEqual(kernelsWithin(sampleRecord().environment), [])
})

test('two runs are compared kernel by kernel, in their order', (t) => {
  const record = kernelsRecord()
  const machines = record.environment.machines!.map((one) => ({
    ...one,
    config: { ...one.config, HZ: '100' },
  }))
  const other = { ...record, environment: { ...record.environment, machines } }
  t.deepEqual(
    kernelsBetween(record.environment, other.environment).map((one) => one.options?.map(optionWords)),
    [['HZ 250, then 100'], ['HZ 1000, then 100']],
  )
  t.deepEqual(differenceLines(record, other), [
    'kernel configuration: 6.1.0, then 6.1.0, with HZ 250 → 100',
    'kernel configuration: 6.12.9, then 6.12.9, with HZ 1000 → 100',
  ])
  const named = [record, other].map((one, index) => ({ name: `run-${index}`, record: one }))
  t.deepEqual(compareView(named, 0.01).changes[0]?.options, ['HZ 250, then 100', 'HZ 1000, then 100'])
})

test('a run on this kernel and one in virtual machines differ in that', (t) => {
  const record = kernelsRecord()
  const here = { ...record, environment: { ...record.environment } }
  delete here.environment.machines
  t.true(differenceLines(here, record).includes('virtual machines: none, then kvm, kvm'))
})

test('several kernels are named as paths name them, one as it names itself', (t) => {
  const record = kernelsRecord()
  t.is(kernelRelease(record), '6.1.0 and 6.12.9')
  t.is(kernelRelease(sampleRecord()), '6.18.5')
  const [first] = record.environment.machines!
  const one = { ...record.environment, kernel: first!.kernel, machines: [first!] }
  t.is(kernelRelease({ environment: one }), '6.1.0-54-cloud-amd64')
})
