import test from 'ava'
import { kernelCounterNames, unknownCounters } from '../../src/datapath/kernel-counters.ts'
import { changed, exampleText, parse } from '../scenario/example.ts'

const known = ['Ip.InReceives', 'Ip.ForwDatagrams']

test('a counter that the kernel does not have is told with those there are, and where it stands', (t) => {
  const text = changed('equals: requests + replies', 'equals: netns-1/Ip.ForwardDatagrams + requests')
  t.deepEqual(unknownCounters(parse(text).paths, known), [
    {
      path: ['paths', 'stack', 'proof', 0, 'equals'],
      message:
        'no counter "Ip.ForwardDatagrams" in this kernel; did you mean "Ip.ForwDatagrams"? (there: Ip.InReceives, Ip.ForwDatagrams)',
    },
  ])
})

test('counters of devices are not the kernel’s to know before there are any', (t) => {
  t.deepEqual(unknownCounters(parse(exampleText).paths, known), [])
})

test('this kernel has the counters by which the known causes of loss are told', (t) => {
  const names = kernelCounterNames()
  for (const name of ['Ip.ForwDatagrams', 'Udp.NoPorts', 'TcpExt.IPReversePathFilter', 'IpExt.InNoRoutes'])
    t.true(names.includes(name), name)
})
