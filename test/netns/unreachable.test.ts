/** What a client of dsr-vs-nat is told where nobody serves it: errors of the virtual IP, about what it sent. */
import test, { type ExecutionContext } from 'ava'
import { onesComplementSum, pseudoHeader } from '../bpf/internet-checksum.ts'
import { asRoot } from './as-root.ts'
import { backends, virtualIp } from './backends.ts'
import { type Capture, captureFrames } from './capture.ts'
import { bringUp, type LivePath } from './live-path.ts'

const client = '172.17.0.4'

interface WatchedPath extends LivePath {
  readonly capture: Capture
}

/** One path is up at a time, for all tests about it. What one of them changes, it changes back. */
let up: { readonly name: string; readonly path: WatchedPath } | undefined

async function pathOf(name: string): Promise<WatchedPath> {
  if (up?.name !== name) {
    await up?.path.close()
    const path = await bringUp(name, 'dsr-vs-nat')
    up = { name, path: { ...path, capture: await captureFrames(path, 'curlybox01', 'eth0') } }
  }
  return up.path
}

test.after.always(() => up?.path.close())

/** Sends a datagram to the virtual IP, and prints the error that comes of it within so many seconds. */
const sendTo = (port: number, patienceS = 5) => `import errno, socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 11, 1)  # IP_RECVERR: all that come, not only of closed ports
s.settimeout(${patienceS})
s.connect(("${virtualIp}", ${port}))
s.send(b"a request of an odd length.")
try:
    print(s.recv(2048))
except OSError as error:
    print(errno.errorcode.get(error.errno, error))`

const connect = `import errno, socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.settimeout(5)
print(errno.errorcode.get(s.connect_ex(("${virtualIp}", 80))))`

const isError = (frame: Buffer): boolean =>
  frame.readUInt16BE(12) === 0x0800 && frame[14 + 9] === 1 && frame[34] === 3

/** What the client's program printed, and the error that came, with what it says and quotes. */
async function told(path: WatchedPath, program: string) {
  const printed = (await path.run('curlybox01', ['python3', '-c', program])).trim()
  const packet = (await path.capture.until(isError)).at(-1)!.subarray(14)
  const icmp = packet.subarray(20, packet.readUInt16BE(2))
  return { printed, ...partsOf(packet.subarray(0, 20), icmp, icmp.subarray(8)) }
}

const addressesOf = (header: Buffer) => ({
  source: header.subarray(12, 16).join('.'),
  destination: header.subarray(16, 20).join('.'),
})

/** None of the packets has IP options. */
function partsOf(header: Buffer, icmp: Buffer, quote: Buffer) {
  const [quoted, content] = [quote.subarray(0, 20), quote.subarray(20)]
  const pseudo = pseudoHeader(quoted.subarray(12, 16), quoted.subarray(16, 20), quoted[9]!, content.length)
  return {
    typeAndCode: [...icmp.subarray(0, 2)],
    error: addressesOf(header),
    quoted: addressesOf(quoted),
    // As at a receiver: every sum is all ones. The quote is whole, as the packet was short.
    sums: [header, icmp, quoted, Buffer.concat([pseudo, content])].map(onesComplementSum),
  }
}

const right = {
  error: { source: virtualIp, destination: client },
  quoted: { source: client, destination: virtualIp },
  sums: [0xffff, 0xffff, 0xffff, 0xffff],
}

/** Has backends refuse what comes for the service, until the test ends. */
async function refuse(t: ExecutionContext, path: LivePath, what: string, icmpType: string): Promise<void> {
  const rules = `table ip refusing {
    chain input {
      type filter hook input priority 0
      ${what} reject with icmp type ${icmpType}
    }
  }`
  for (const host of ['backend0x', 'backend0y']) {
    await path.run(host, ['nft', rules])
    t.teardown(() => path.run(host, ['nft', 'delete table ip refusing']))
  }
}

const errorsOfBackends = [
  ['host-unreachable', 1],
  ['admin-prohibited', 13],
] as const

function testErrors(name: string): void {
  asRoot(
    `on path ${name} the virtual IP says of a port that no backend listens at that it is closed`,
    async (t) => {
      t.deepEqual(await told(await pathOf(name), sendTo(7000)), {
        printed: 'ECONNREFUSED',
        typeAndCode: [3, 3],
        ...right,
      })
    },
  )

  asRoot(
    `on path ${name} the virtual IP says of a port that is none of its services that it is closed`,
    async (t) => {
      t.deepEqual(await told(await pathOf(name), sendTo(9)), {
        printed: 'ECONNREFUSED',
        typeAndCode: [3, 3],
        ...right,
      })
    },
  )

  for (const [icmpType, code] of errorsOfBackends)
    asRoot(`on path ${name} a backend’s ${icmpType} comes from the virtual IP`, async (t) => {
      const path = await pathOf(name)
      await refuse(t, path, 'udp dport 7000', icmpType)
      t.deepEqual(await told(path, sendTo(7000)), {
        printed: 'EHOSTUNREACH',
        typeAndCode: [3, code],
        ...right,
      })
    })

  asRoot(
    `on path ${name} a connection that a backend prohibits fails by the virtual IP’s error`,
    async (t) => {
      const path = await pathOf(name)
      await refuse(t, path, 'tcp dport 80', 'admin-prohibited')
      t.deepEqual(await told(path, connect), { printed: 'EHOSTUNREACH', typeAndCode: [3, 13], ...right })
    },
  )
}

/** Has the router know no way to the backends, until the test ends. */
async function cutOff(t: ExecutionContext, path: LivePath): Promise<void> {
  for (const address of backends) {
    await path.run('router0a', ['ip', 'route', 'add', 'unreachable', address])
    t.teardown(() => path.run('router0a', ['ip', 'route', 'del', 'unreachable', address]))
  }
}

testErrors('nat')

asRoot('on path nat the virtual IP says that a backend is out of reach', async (t) => {
  const path = await pathOf('nat')
  await cutOff(t, path)
  t.deepEqual(await told(path, sendTo(7000)), { printed: 'EHOSTUNREACH', typeAndCode: [3, 1], ...right })
})

for (const name of ['dsr-tc', 'dsr-xdp']) {
  testErrors(name)

  asRoot(
    `on path ${name} the router says it, of the backend, and the client’s socket is not told`,
    async (t) => {
      const path = await pathOf(name)
      await cutOff(t, path)
      const { printed, typeAndCode, error, quoted } = await told(path, sendTo(7000, 0.5))
      t.deepEqual([printed, typeAndCode, error.source], ['timed out', [3, 1], '172.17.0.3'])
      t.true(backends.some((address) => address === quoted.destination))
    },
  )
}

for (const name of ['dsr-tc-native', 'dsr-xdp-native', 'dsr-l2']) testErrors(name)
