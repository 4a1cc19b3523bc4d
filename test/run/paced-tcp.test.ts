import { readFileSync } from 'node:fs'
import test from 'ava'
import { parse } from 'yaml'
import type { LoadTrial } from '../../src/parts/loads/loads.ts'
import { flood } from '../../src/parts/loads/flood.ts'
import { tcpStream } from '../../src/parts/loads/tcp-stream.ts'
import { pacedTcpWarnings } from '../../src/run/paced-tcp.ts'
import { findScenario, listScenarios } from '../../src/scenario/find.ts'
import { parseScenario } from '../../src/scenario/load.ts'
import { exampleText } from '../scenario/example.ts'

interface Loads {
  readonly load?: readonly Named[]
  readonly loads?: Readonly<Record<string, readonly Named[]>>
}
interface Named {
  readonly kind: string
  readonly congestion?: string
}

const sysctl = 'net.ipv4.tcp_congestion_control'
const stream = (named: object = {}): LoadTrial => tcpStream.schema.parse({ kind: 'tcp-stream', ...named })
const { paths } = parseScenario(exampleText, 'example.yaml')
const codes = (
  load: readonly LoadTrial[],
  own: string,
  more: { readonly paths?: typeof paths; readonly machines?: [] } = {},
) =>
  pacedTcpWarnings({ load, paths: more.paths ?? paths }, { sysctls: { [sysctl]: own }, ...more }).map(
    ({ code }) => code,
  )

test('streams under a congestion control that paces, which is the machine’s own, are told of', (t) => {
  t.deepEqual(codes([stream()], 'bbr'), ['paced-tcp'])
  t.deepEqual(codes([stream()], 'bbr3'), ['paced-tcp'])
  const [{ message } = t.fail('there is a warning')] = pacedTcpWarnings(
    { load: [stream()], paths },
    { sysctls: { [sysctl]: 'bbr' } },
  )
  t.regex(message, /^TCP is paced by this machine's bbr: .*`congestion: cubic`$/)
})

test('nothing is said where TCP is not paced, or not sent, or where kernels are others', (t) => {
  t.deepEqual(codes([stream()], 'cubic'), [])
  t.deepEqual(codes([flood.schema.parse({ kind: 'flood' })], 'bbr'), [])
  t.deepEqual(codes([stream()], 'bbr', { machines: [] }), [])
})

test('nor where somebody named one: in every load, or for a namespace', (t) => {
  t.deepEqual(codes([stream({ congestion: 'bbr' })], 'bbr'), [])
  t.deepEqual(codes([stream({ congestion: 'cubic' }), stream()], 'bbr'), ['paced-tcp'])
  const [first, ...others] = paths
  const namespaces = { ...first!.topology.namespaces }
  namespaces['netns-1'] = { ...namespaces['netns-1']!, sysctls: { [sysctl]: 'bbr' } }
  const named = [{ ...first!, topology: { ...first!.topology, namespaces } }, ...others]
  t.deepEqual(codes([stream()], 'bbr', { paths: named }), [])
})

test('every TCP load of the scenarios here names one', (t) => {
  const tcp = listScenarios().flatMap((name) => {
    const { load = [], loads = {} } = parse(readFileSync(findScenario(name), 'utf8')) as Loads
    return [load, ...Object.values(loads)].flat().filter(({ kind }) => kind.startsWith('tcp-'))
  })
  t.true(tcp.length > 10)
  t.deepEqual(new Set(tcp.map(({ congestion }) => congestion)), new Set(['cubic']))
})
