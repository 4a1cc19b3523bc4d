import { readFileSync } from 'node:fs'
import test from 'ava'
import { parseDocument } from 'yaml'
import { findScenario } from '../../src/scenario/find.ts'
import { parseScenario } from '../../src/scenario/load.ts'
import { problemsOf } from './example.ts'

const main = findScenario('redirect-vs-stack')

/** redirect-vs-stack with its router on another host, changed at some places. */
function withHost(changes: readonly (readonly [at: readonly string[], value: unknown])[] = []): string {
  const document = parseDocument(readFileSync(main, 'utf8'))
  for (const at of [['$schema'], ['families'], ['paths', 'floor']]) document.deleteIn(at)
  const all = [
    [['hosts'], { dut: { ssh: 'root@192.0.2.7', config: 'ssh_config' } }],
    [['topology', 'namespaces', 'netns-2', 'host'], 'dut'],
    ...changes,
  ] as const
  for (const [at, value] of all) document.setIn(at, document.createNode(value))
  return document.toString()
}

/** Problems without their places in the file. */
const messagesOf = (text: string): string[] => problemsOf(text).map((line) => line.replace(/^\S+\s+/, ''))

test('paths over another host share its namespaces, and its configuration is beside the scenario', (t) => {
  const { place, hosts } = parseScenario(withHost(), main)
  t.is(place, 'existing')
  t.deepEqual(
    hosts.map(({ name, ssh, namespaces }) => [name, ssh, namespaces]),
    [['dut', 'root@192.0.2.7', ['netns-2']]],
  )
  t.regex(hosts[0]?.config ?? '', /\/scenarios\/ssh_config$/)
})

test('what cannot be on another host, or is on none, is told', (t) => {
  const namespaces = ['topology', 'namespaces']
  t.deepEqual(messagesOf(withHost([[[...namespaces, 'netns-2', 'host'], 'dud']])).slice(-1), [
    'topology.namespaces.netns-2.host: no host "dud"; did you mean "dut"?',
  ])
  t.deepEqual(messagesOf(withHost([[[...namespaces, 'netns-1', 'host'], 'dut']])), [
    'client.namespace: netns-1 is on another host: load is sent and received on this machine',
  ])
  t.deepEqual(
    messagesOf(withHost([[['paths', 'redirect', 'setup'], [{ namespace: 'netns-2', run: 'true' }]]])),
    ['paths.redirect.setup: not with "hosts": commands and their files are on this machine'],
  )
})

test('what is there already is taken as it is, and what is made of devices has some, each of its own', (t) => {
  const namespaces = ['topology', 'namespaces']
  const existing = { host: 'dut', existing: { pid: 1 }, sysctls: { 'net.ipv4.ip_forward': 1 } }
  t.deepEqual(messagesOf(withHost([[[...namespaces, 'netns-2'], existing]])), [
    'topology.namespaces.netns-2.sysctls: cannot be set with "place: existing" or "hosts": what is there is taken as it is',
  ])
  t.deepEqual(messagesOf(withHost([[[...namespaces, 'spare'], { host: 'dut' }]])), [
    'topology.namespaces.spare: no link leads there, and it has no "devices": which are moved into it?',
  ])
  t.deepEqual(messagesOf(withHost([[[...namespaces, 'spare'], { devices: ['veth1@1'] }]])), [
    'topology.namespaces.spare: device veth1@1 is moved into netns-1 already: one is in one namespace',
  ])
})
