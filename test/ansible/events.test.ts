import test from 'ava'
import { hostsAfter, lastTask, parseEvent, reasonIn } from '../../src/ansible/events.ts'
import type { HostState } from '../../src/record/fleet.ts'

const after = (...events: readonly object[]): HostState[] =>
  events.reduce<HostState[]>((hosts, event) => {
    const parsed = parseEvent(JSON.stringify(event))
    return parsed === undefined ? hosts : hostsAfter(hosts, parsed)
  }, [])

const hosts = { event: 'hosts', hosts: ['b', 'a'] }
const done = (host: string) => ({ event: 'done', host, task: lastTask })

test('hosts are in the order of the inventory, and wait until their last task is done', (t) => {
  t.deepEqual(after(hosts, { event: 'done', host: 'a', task: 'Measure' }, done('b')), [
    { host: 'b', state: 'measured' },
    { host: 'a', state: 'waiting' },
  ])
})

test('what went wrong first is why a host failed, whatever was cleared up after', (t) => {
  const failed = { event: 'failed', host: 'a', task: 'Say why', message: 'first' }
  t.deepEqual(after(hosts, failed, { ...failed, message: 'second' }, done('a')).at(-1), {
    host: 'a',
    state: 'failed',
    reason: 'first',
  })
})

test('lines that are no events, and words on hosts that are not there, are passed over', (t) => {
  t.is(parseEvent('PLAY RECAP ***'), undefined)
  t.is(parseEvent('{"event":"other"}'), undefined)
  t.deepEqual(
    after(hosts, done('c')).map(({ state }) => state),
    ['waiting', 'waiting'],
  )
})

test('of all that a host said, its own error is the reason', (t) => {
  t.is(
    reasonIn('bench: setting up\nCould not run: no BPF\nHint: another kernel\n'),
    'Could not run: no BPF\nHint: another kernel',
  )
  t.is(reasonIn(' \n'), 'no reason was given')
})
