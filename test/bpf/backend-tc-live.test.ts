import { execa } from 'execa'
import type { Step } from '../../src/topology/steps.ts'
import { asRoot } from '../netns/as-root.ts'
import { backends, client, servicePort, virtualAddress } from './dsr-network.ts'
import { loadPrograms, pins, type Programs } from './sandboxed-program.ts'

const backend = backends.behindRouter
const clientPort = 40_000
// One that fits a frame, and one that the stack splits.
const sizes = [101, 4001]

/** Lines of `ip -batch`: a router between a backend and a client. */
const network = [
  'netns add backend',
  'netns add client',
  'link add to-backend type veth peer name eth0 netns backend',
  'link add to-client type veth peer name eth0 netns client',
  'address add 172.19.0.2/24 dev to-backend',
  'address add 172.17.0.3/24 dev to-client',
  'link set to-backend up',
  'link set to-client up',
]

const step = (what: string, command: Step['command'], namespaceFile?: string): Step => ({
  what,
  command,
  ...(namespaceFile === undefined ? {} : { namespaceFile }),
})

const ip = (namespace: string, ...words: readonly string[]): Step =>
  step('set the hosts up', ['ip', ...words], namespace)

/** Attaches the program, with the flow of the client in its map. */
async function setUp({ sandbox, write, setForwarding }: Programs, isSummedByDevice: boolean): Promise<void> {
  await setForwarding(true)
  await sandbox.run([
    ip('backend', 'address', 'add', `${backend}/24`, 'dev', 'eth0'),
    ip('backend', 'link', 'set', 'eth0', 'up'),
    ip('backend', 'route', 'add', '172.17.0.0/24', 'via', '172.19.0.2'),
    ip('client', 'address', 'add', `${client}/24`, 'dev', 'eth0'),
    ip('client', 'link', 'set', 'eth0', 'up'),
    ip('client', 'route', 'add', 'default', 'via', '172.17.0.3'),
    step('set the offload', ['ethtool', '-K', 'eth0', 'tx', isSummedByDevice ? 'on' : 'off'], 'backend'),
    // What comes to the router without its sum leaves with one: the client has it to verify.
    step('set the offload', ['ethtool', '-K', 'to-client', 'tx', 'off']),
    step('attach', ['tc', 'qdisc', 'add', 'dev', 'eth0', 'clsact'], 'backend'),
    step(
      'attach',
      // prettier-ignore
      ['tc', 'filter', 'add', 'dev', 'eth0', 'egress', 'bpf', 'da', 'object-pinned', `${pins}/restore_source`],
      'backend',
    ),
  ])
  const flow = { source_address: client, destination_address: backend, protocol: 17 }
  const ports = { source_port: clientPort, destination_port: servicePort }
  await write('flows', [[{ ...flow, ...ports }, { address: virtualAddress }]])
}

// Peers end with their standard input: a signal reaches nsenter alone.
const receive = `
  process.stdin.on('end', () => process.exit()).resume()
  const socket = require('dgram').createSocket('udp4')
  socket.on('message', (bytes, { address, port }) => console.log(address + ':' + port + ' ' + bytes.length))
  socket.bind(${clientPort}, () => console.log('ready'))`

// Again and again: a link takes a moment to carry the first.
const send = `
  process.stdin.on('end', () => process.exit()).resume()
  const socket = require('dgram').createSocket('udp4')
  const replies = [${sizes.join(', ')}].map((bytes) => Buffer.alloc(bytes, 'a reply '))
  const sendAll = () => replies.forEach((reply) => socket.send(reply, ${clientPort}, '${client}'))
  socket.bind(${servicePort}, '${backend}', () => setInterval(sendAll, 20))`

/** From where replies of both sizes come to the client, as \`address:port bytes\`. */
async function arrivals({ sandbox }: Programs): Promise<Set<string>> {
  const start = (script: string, namespace: string) => {
    const [file, ...rest] = sandbox.enter([process.execPath, '-e', script], namespace)
    return execa(file, rest, { stdin: 'pipe' })
  }
  const seen = new Set<string>()
  const receiver = start(receive, 'client')
  let sender: ReturnType<typeof start> | undefined
  for await (const line of receiver) {
    if (line === 'ready') sender = start(send, 'backend')
    else seen.add(line)
    if (seen.size === sizes.length) break
  }
  receiver.stdin.end()
  sender?.stdin.end()
  await Promise.all([receiver, sender])
  return seen
}

for (const isSummedByDevice of [true, false])
  asRoot(
    `a reply comes to the client from the service, whole and with a checksum that holds, ${isSummedByDevice ? 'though it is left to the device' : 'as the stack computed it'}`,
    async (t) => {
      const programs = await loadPrograms('dsr-backend-tc', network)
      t.teardown(programs.close)
      await setUp(programs, isSummedByDevice)
      const seen = await arrivals(programs)
      t.deepEqual(
        [...seen].toSorted(),
        sizes.map((bytes) => `${virtualAddress}:${servicePort} ${bytes}`),
      )
    },
  )
