/** Paths of offloads: how long the packets are that go through the router. */
import { asRoot } from './as-root.ts'
import { bringUp } from './live-path.ts'

const streamBytes = 4_000_000
const address = 'fd00:10:3::20'

const receive = `import socket
s = socket.create_server(("${address}", 7001), family=socket.AF_INET6)
print("ready", flush=True)
c, _ = s.accept()
n = 0
while n < ${streamBytes}:
    n += len(c.recv(1 << 20))
print(n, flush=True)
c.send(b"x")`

const send = `import socket
s = socket.create_connection(("${address}", 7001))
s.sendall(b"x" * ${streamBytes})
s.recv(1)
print("all came")`

/** What the router has counted beyond 1500, 9000 and 65535 bytes, by the names of its ruleset. */
const counted = (text: string): string[] =>
  [...text.matchAll(/counter (beyond-\d+) \{\s*packets (\d+)/g)].flatMap(([, name = '', packets]) =>
    Number(packets) > 0 ? [name] : [],
  )

/** By path: which lengths are exceeded, and the least and most bytes of a packet that arrives, on average. */
const lengths: Readonly<Record<string, readonly [beyond: readonly string[], least: number, most: number]>> = {
  segments: [[], 1400, 1514],
  jumbo: [['beyond-1500'], 6000, 9014],
  gro: [['beyond-1500', 'beyond-9000'], 1515, 66_000],
  gso: [['beyond-1500', 'beyond-9000'], 9015, 66_000],
  'big-tcp': [['beyond-1500', 'beyond-9000', 'beyond-65535'], 9015, 185_100],
}

for (const [name, [beyond, least, most]] of Object.entries(lengths))
  asRoot(`on path ${name} packets are as long as it says`, async (t) => {
    const path = await bringUp(name, 'offloads')
    t.teardown(path.close)
    await path.start('netns-3', ['python3', '-c', receive], 'ready')
    const seen = await path.counted('netns-3', async () => {
      t.regex(await path.run('netns-1', ['python3', '-c', send]), /all came/)
    })
    t.deepEqual(counted(await path.run('netns-2', ['nft', 'list', 'counters'])), beyond)
    const bytes = Number(seen.get('veth2@2.rxBytes')) / Number(seen.get('veth2@2.rxPackets'))
    t.true(bytes >= least && bytes <= most, `${bytes}`)
  })
