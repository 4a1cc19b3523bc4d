/** Path-MTU discovery through the balancer of dsr-vs-nat, there and back. */
import { onesComplementSum } from '../bpf/internet-checksum.ts'
import { asRoot } from './as-root.ts'
import { echo, startOnBackends, virtualIp } from './backends.ts'
import { captureFrames } from './capture.ts'
import { bringUp, type LivePath } from './live-path.ts'

const mtuBytes = 1000

async function withPath(name: string, teardown: (close: () => Promise<void>) => void): Promise<LivePath> {
  const path = await bringUp(name, 'dsr-vs-nat')
  teardown(path.close)
  return path
}

const narrow = (path: LivePath, host: string, to: string, via: readonly string[]) =>
  path.run(host, ['ip', 'route', 'replace', to, ...via, 'mtu', 'lock', String(mtuBytes)])

/** Sends a datagram that must not be split, and prints the way's MTU once an error has told it. */
const sendTooLong = `import select, socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 10, 2)  # IP_MTU_DISCOVER, IP_PMTUDISC_DO
s.setsockopt(socket.IPPROTO_IP, 11, 1)  # IP_RECVERR
s.connect(("${virtualIp}", 7000))
s.send(b"x" * 1400)
poll = select.poll()
poll.register(s, select.POLLERR)
assert poll.poll(5000)
print(s.getsockopt(socket.IPPROTO_IP, 14))  # IP_MTU`

for (const { name, isSummedByDevice } of [
  { name: 'dsr-tc', isSummedByDevice: false },
  { name: 'dsr-xdp', isSummedByDevice: true },
  { name: 'dsr-xdp-native', isSummedByDevice: false },
])
  asRoot(
    `on path ${name} a client learns from the balancer that the way to a backend is narrower${isSummedByDevice ? ', though its checksum is left to the device' : ''}`,
    async (t) => {
      const path = await withPath(name, t.teardown)
      if (isSummedByDevice) await path.run('curlybox01', ['ethtool', '-K', 'eth0', 'tx', 'on'])
      await narrow(path, 'lbdsr0a', '172.19.0.0/24', ['via', '172.17.0.3'])
      const capture = await captureFrames(path, 'curlybox01', 'eth0')
      t.is((await path.run('curlybox01', ['python3', '-c', sendTooLong])).trim(), String(mtuBytes))
      const isIcmp = (frame: Buffer) => frame.readUInt16BE(12) === 0x0800 && frame[23] === 1
      const frame = (await capture.until(isIcmp)).at(-1)!
      const [ip, icmp] = [frame.subarray(14, 34), frame.subarray(34)]
      t.deepEqual([...ip.subarray(12, 20)], [172, 17, 0, 2, 172, 17, 0, 4])
      t.deepEqual([icmp[0], icmp[1], icmp.readUInt32BE(4)], [3, 4, mtuBytes])
      t.deepEqual([...icmp.subarray(8 + 12, 8 + 20)], [172, 17, 0, 4, 192, 168, 25, 10])
      t.is(onesComplementSum(ip), 0xffff)
      t.is(onesComplementSum(icmp), 0xffff)
      t.is(onesComplementSum(icmp.subarray(8, 28)), 0xffff)
    },
  )

/** Answers as backend0x or backend0y, and must not be split. */
const answerTooLong = (address: string) => `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 10, 2)
s.bind(("${address}", 7000))
print("ready", flush=True)
while True:
    data, client = s.recvfrom(2048)
    try:
        s.sendto(b"x" * 1400, client)
    except OSError:
        s.sendto(b"x" * 900, client)`

/** Asks until an answer comes: the first are too long for the way back. */
const ask = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(0.1)
s.connect(("${virtualIp}", 7000))
for i in range(50):
    s.send(b"x")
    try:
        print(len(s.recv(2048)))
        break
    except TimeoutError:
        pass`

for (const { name, isVirtual } of [
  { name: 'dsr-tc', isVirtual: false },
  { name: 'dsr-xdp', isVirtual: true },
])
  asRoot(`on path ${name} a backend learns that the way back to the client is narrower`, async (t) => {
    const path = await withPath(name, t.teardown)
    await narrow(path, 'router0a', '172.17.0.4/32', ['dev', 'eth0'])
    await startOnBackends(path, isVirtual, answerTooLong)
    t.is((await path.run('curlybox01', ['python3', '-c', ask])).trim(), '900')
  })

/** What the server got of a datagram that may be split, and what comes back. */
const askLong = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 10, 0)  # IP_PMTUDISC_DONT
s.settimeout(5)
s.connect(("${virtualIp}", 7000))
s.send(b"request " * 175)
print(s.recv(2048) == b"request " * 175)`

for (const { name, isVirtual } of [
  { name: 'dsr-tc', isVirtual: false },
  { name: 'dsr-xdp', isVirtual: true },
])
  asRoot(`on path ${name} a datagram that is split on its way is answered by the service`, async (t) => {
    const path = await withPath(name, t.teardown)
    await narrow(path, 'lbdsr0a', '172.19.0.0/24', ['via', '172.17.0.3'])
    await startOnBackends(path, isVirtual, echo)
    t.is((await path.run('curlybox01', ['python3', '-c', askLong])).trim(), 'True')
  })
