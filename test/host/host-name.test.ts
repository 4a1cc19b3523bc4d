import test from 'ava'
import { hostName } from '../../src/host/host-name.ts'

test('a host is called what BENCH_HOST says, else its own name', (t) => {
  t.is(hostName({ BENCH_HOST: ' web1 ', CI: 'true' }, 'x'), 'web1')
  t.is(hostName({ BENCH_HOST: '' }, 'lab-3'), 'lab-3')
})

test('a name that is made up for a container or a job is none', (t) => {
  t.is(hostName({}, '3f2a9c01b7de'), undefined)
  t.is(hostName({}, 'localhost'), undefined)
  t.is(hostName({ CI: 'true' }, 'runner-17'), undefined)
})
