/** The backends of dsr-vs-nat, and what is run on them. */
import type { LivePath } from './live-path.ts'

export const virtualIp = '192.168.25.10'
/** Of backend0x and backend0y. */
export const backends = ['172.19.0.3', '172.19.0.4'] as const

/** So many requests that all of them come to one backend less often than once in 30,000 times. */
export const requests = 16

const familyOf = (address: string) => `socket.AF_INET${address.includes(':') ? '6' : ''}`

/** A program for python3 that calls a service from so many ports, and prints how many answers came from it, whole. */
export const callUdp = (service: string): string =>
  `import socket
answers = 0
for i in range(${requests}):
    s = socket.socket(${familyOf(service)}, socket.SOCK_DGRAM)
    s.settimeout(5)
    s.connect(("${service}", 7000))
    s.send(b"datagram" * (i + 1))
    answers += s.recv(2048) == b"datagram" * (i + 1)
print(answers)`

/** The same from sockets that are not connected, which are told whom an answer is from. */
export const callUdpUnconnected = (service: string): string =>
  `import socket
answers = 0
for i in range(${requests}):
    s = socket.socket(${familyOf(service)}, socket.SOCK_DGRAM)
    s.settimeout(5)
    s.sendto(b"datagram" * (i + 1), ("${service}", 7000))
    data, sender = s.recvfrom(2048)
    answers += data == b"datagram" * (i + 1) and sender[:2] == ("${service}", 7000)
print(answers)`

/** A program for python3 that sends back what a UDP client sends, from the port that it was called on. */
export const echo = (address: string): string =>
  `import socket
s = socket.socket(${familyOf(address)}, socket.SOCK_DGRAM)
s.bind(("${address}", 7000))
print("ready", flush=True)
while True:
    data, client = s.recvfrom(2048)
    s.sendto(data, client)`

/**
 * Starts a program for python3, which says `ready`, on all backends.
 *
 * @param programFor gives it the address that a backend answers with
 * @param isVirtual whether they have the virtual IP
 */
export async function startOnBackends(
  path: LivePath,
  isVirtual: boolean,
  programFor: (address: string) => string,
): Promise<void> {
  for (const [index, host] of ['backend0x', 'backend0y'].entries()) {
    const address = isVirtual ? virtualIp : backends[index]!
    await path.start(host, ['python3', '-c', programFor(address)], 'ready')
  }
}
