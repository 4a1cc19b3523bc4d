import { join } from 'node:path'
import { execa } from 'execa'
import type { Command } from '../../src/host/tool.ts'
import type { Step } from '../../src/topology/steps.ts'
import { asRoot } from '../netns/as-root.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import {
  backends,
  client,
  datagram,
  macs,
  marked,
  request,
  servicePort,
  virtualAddress,
} from './dsr-network.ts'
import { frameOf } from './packet.ts'
import { replyTo } from './replies.ts'
import { loadPrograms, pins, type Programs } from './sandboxed-program.ts'

const backend = backends.behindRouter
const clientPort = 40_000
const giveUpMs = 10_000

/** Lines of `ip -batch`: a router between a backend and a client. */
const network = [
  'netns add backend',
  'netns add client',
  `link add to-backend address ${macs.router} type veth peer name eth0 netns backend`,
  'link add to-client type veth peer name eth0 netns client',
  'address add 172.19.0.2/24 dev to-backend',
  'address add 172.17.0.3/24 dev to-client',
  'link set to-backend mtu 9000 up',
  'link set to-client mtu 9000 up',
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
    ip('client', 'link', 'set', 'eth0', 'mtu', '9000', 'up'),
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

// Tells from where a reply of each size came, and ends once it has them all, or none came for long.
const receive = (sizes: readonly number[]): string => `
  const socket = require('dgram').createSocket('udp4')
  const left = new Set([${sizes.join(', ')}])
  socket.on('message', ({ length }, { address, port }) => {
    if (left.delete(length)) console.log(address + ':' + port + ' ' + length)
    if (left.size === 0) process.exit()
  })
  socket.bind(${clientPort})
  setTimeout(process.exit, ${giveUpMs})`

// Sends again and again, as a link takes a moment to carry the first. It ends with its standard input: a
// signal would reach nsenter alone.
const send = (sizes: readonly number[]): string => `
  process.stdin.on('end', () => process.exit()).resume()
  const socket = require('dgram').createSocket('udp4')
  const replies = [${sizes.join(', ')}].map((bytes) => Buffer.alloc(bytes, 'a reply '))
  const sendAll = () => replies.forEach((reply) => socket.send(reply, ${clientPort}, '${client}'))
  socket.bind(${servicePort}, '${backend}', () => setInterval(sendAll, 20))`

/** From where replies of these sizes come to the client while the backend runs `sender`, as `address:port bytes`. */
async function arrivals({ sandbox }: Programs, sizes: readonly number[], sender: Command): Promise<string[]> {
  const start = (command: Command, namespace: string) => {
    const [file, ...rest] = sandbox.enter(command, namespace)
    return execa(file, rest, { stdin: 'pipe' })
  }
  const sending = start(sender, 'backend')
  const { stdout } = await start([process.execPath, '-e', receive(sizes)], 'client')
  sending.stdin.end()
  await sending
  return stdout.split('\n').toSorted()
}

for (const isSummedByDevice of [true, false])
  asRoot(
    `a reply comes to the client from the service, whole and with a checksum that holds, ${isSummedByDevice ? 'though it is left to the device' : 'as the stack computed it'}`,
    async (t) => {
      const programs = await loadPrograms('dsr-backend-tc', network)
      t.teardown(programs.close)
      await setUp(programs, isSummedByDevice)
      // One that fits a frame, and one that the stack splits.
      const sizes = [101, 4001]
      t.deepEqual(
        await arrivals(programs, sizes, [process.execPath, '-e', send(sizes)]),
        sizes.map((bytes) => `${virtualAddress}:${servicePort} ${bytes}`),
      )
    },
  )

asRoot('a reply whose headers are in pages comes to the client from the service', async (t) => {
  const programs = await loadPrograms('dsr-backend-tc', network)
  t.teardown(programs.close)
  await setUp(programs, false)
  await programs.sandbox.run([ip('backend', 'link', 'set', 'eth0', 'mtu', '9000')])
  const sender = join(temporaryFolder(t), 'send-paged')
  await execa('clang', ['-Wall', '-Werror', '-o', sender, join(import.meta.dirname, 'send-paged.c')])
  const reply = replyTo(marked(request({ content: datagram({ payload: Buffer.alloc(5000, 'a reply ') }) })))
  t.deepEqual(await arrivals(programs, [5000], [sender, 'eth0', frameOf(reply).toString('hex')]), [
    `${virtualAddress}:${servicePort} 5000`,
  ])
})
