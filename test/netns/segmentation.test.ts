/** Packets of dsr-vs-nat that are longer than any link, until a device segments them (GSO). */
import type { ExecutionContext } from 'ava'
import { asRoot } from './as-root.ts'
import { echo, startOnBackends, virtualIp } from './backends.ts'
import { captureFrames } from './capture.ts'
import { packetIn } from './captured-packet.ts'
import { bringUp, type LivePath } from './live-path.ts'

const mtuBytes = 1000
/** Beside headers of IPv4 and UDP. */
const datagramBytes = mtuBytes - 28
/** Beside headers of IPv4 and TCP; TCP's options are of it (tcp(7), TCP_MAXSEG). */
const segmentBytes = mtuBytes - 40

/** A path whose hosts leave segmentation to their devices, which, being veth, leave it to the next. */
async function withPath(t: ExecutionContext, name: string): Promise<LivePath> {
  const path = await bringUp(name, 'dsr-vs-nat')
  t.teardown(path.close)
  for (const host of ['curlybox01', 'backend0x', 'backend0y'])
    await path.run(host, ['ethtool', '-K', 'eth0', 'tx', 'on', 'tso', 'on', 'tx-udp-segmentation', 'on'])
  return path
}

const narrow = (path: LivePath) =>
  // prettier-ignore
  path.run('lbdsr0a', ['ip', 'route', 'replace', '172.19.0.0/24', 'via', '172.17.0.3', 'mtu', 'lock', String(mtuBytes)])

/** Sends eight datagrams as one packet, not to be split, and prints how many come back, or the MTU that it is told. */
const sendDatagrams = (bytes: number) => `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, 10, 2)  # IP_MTU_DISCOVER, IP_PMTUDISC_DO
s.setsockopt(socket.IPPROTO_IP, 11, 1)  # IP_RECVERR
s.setsockopt(socket.IPPROTO_UDP, 103, ${bytes})  # UDP_SEGMENT
s.settimeout(5)
s.connect(("${virtualIp}", 7000))
s.send(b"x" * ${8 * bytes})
try:
    print(sum(len(s.recv(2048)) == ${bytes} for i in range(8)), "came back")
except OSError:
    print(s.getsockopt(socket.IPPROTO_IP, 14), "bytes fit")  # IP_MTU`

/** Calls the web server with a long request, and prints the first line of its answer. */
const callWith = (segmentBytesMax: number) => `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.IPPROTO_TCP, 2, ${segmentBytesMax})  # TCP_MAXSEG
s.settimeout(10)
s.connect(("${virtualIp}", 80))
s.send(b"GET / HTTP/1.0\\r\\nX: " + b"x" * 6000 + b"\\r\\n\\r\\n")
print(s.recv(2048).split(b"\\r")[0].decode())`

/** Answers with eight datagrams that are sent as one packet. */
const answerInPieces = (address: string) => `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_UDP, 103, 1001)  # UDP_SEGMENT
s.bind(("${address}", 7000))
print("ready", flush=True)
while True:
    data, client = s.recvfrom(2048)
    s.sendto(bytes(i % 251 for i in range(8008)), client)`

const askForPieces = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(5)
s.connect(("${virtualIp}", 7000))
s.send(b"x")
print(sum(len(s.recv(2048)) == 1001 for i in range(8)), "came back")`

const call = async (path: LivePath, program: string): Promise<string> =>
  (await path.run('curlybox01', ['python3', '-c', program])).trim()

/** The packet that an ICMP error in this frame quotes, as long as its header says; undefined where it is none. */
const quotedBytes = (frame: Buffer): number | undefined =>
  frame.readUInt16BE(12) === 0x0800 && frame[23] === 1 && frame[34] === 3
    ? frame.readUInt16BE(14 + 20 + 8 + 2)
    : undefined

const isUdp = (frame: Buffer): boolean => packetIn(frame)?.protocol === 'udp'

for (const { name, isVirtual } of [
  { name: 'dsr-tc', isVirtual: false },
  { name: 'dsr-xdp', isVirtual: true },
]) {
  asRoot(
    `on path ${name} what is longer than a link goes through whole where its segments fit`,
    async (t) => {
      const path = await withPath(t, name)
      await narrow(path)
      await startOnBackends(path, isVirtual, echo)
      const capture = await captureFrames(path, 'lbdsr0a', 'eth0')
      const counted = await path.counted('curlybox01', async () => {
        t.is(await call(path, sendDatagrams(datagramBytes)), '8 came back')
        t.is(await call(path, callWith(segmentBytes)), 'HTTP/1.1 200 OK')
      })
      t.is(counted.get('Icmp.InDestUnreachs'), 0)
      t.is((await capture.until(isUdp)).at(-1)!.length, 14 + 28 + 8 * datagramBytes)
    },
  )

  asRoot(`on path ${name} the client is told of segments that are a byte too long`, async (t) => {
    const path = await withPath(t, name)
    await narrow(path)
    const capture = await captureFrames(path, 'curlybox01', 'eth0')
    t.is(await call(path, sendDatagrams(datagramBytes + 1)), `${mtuBytes} bytes fit`)
    const told = (await capture.until((frame) => quotedBytes(frame) !== undefined)).at(-1)!
    t.is(quotedBytes(told), 28 + 8 * (datagramBytes + 1))
    t.is(await call(path, callWith(segmentBytes + 1)), 'HTTP/1.1 200 OK')
  })

  asRoot(`on path ${name} a connection gets through though the first answer to it is lost`, async (t) => {
    const path = await withPath(t, name)
    await narrow(path)
    // The bridge's port to the client takes an answer for a packet to be segmented (bpf/too-big.h): it is lost there.
    await path.run('segments', ['ethtool', '-K', 'curlybox01', 'tso', 'off'])
    t.is(await call(path, callWith(segmentBytes + 1)), 'HTTP/1.1 200 OK')
  })

  asRoot(
    `on path ${name} replies that are segmented on their way come from the service, every one whole`,
    async (t) => {
      const path = await withPath(t, name)
      // Its devices segment, and complete checksums, from what the programs made of them.
      for (const device of ['eth0', 'eth1'])
        await path.run('router0a', ['ethtool', '-K', device, 'tx', 'off'])
      await startOnBackends(path, isVirtual, answerInPieces)
      const capture = await captureFrames(path, 'curlybox01', 'eth0')
      t.is(await call(path, askForPieces), '8 came back')
      const packets = []
      while (packets.length < 8)
        packets.push(...(await capture.until(isUdp)).flatMap((frame) => packetIn(frame) ?? []))
      for (const packet of packets)
        t.like(packet, { source: virtualIp, isHeaderValid: true, isContentValid: true })
    },
  )
}
