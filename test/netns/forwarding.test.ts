import type { ExecutionContext } from 'ava'
import { asRoot } from './as-root.ts'
import { sendReply, sendRequest } from './arrival.ts'
import { bringUp, type LivePath } from './live-path.ts'

async function withPath(t: ExecutionContext, name: string): Promise<LivePath> {
  const path = await bringUp(name)
  t.teardown(path.close)
  return path
}

for (const { name, ttl, how } of [
  { name: 'stack', ttl: 63, how: 'by its stack, so that the TTL falls' },
  { name: 'redirect', ttl: 64, how: 'past its stack, so that the TTL stays' },
  { name: 'control', ttl: 63, how: 'by its stack, so that the TTL falls' },
])
  asRoot(`on path ${name} the router passes requests on ${how}, and replies by its stack`, async (t) => {
    const path = await withPath(t, name)
    t.deepEqual(await sendRequest(path), {
      sourceMac: (await path.device('netns-2', 'veth2@1')).mac,
      destinationMac: (await path.device('netns-3', 'veth2@2')).mac,
      ttl,
    })
    t.deepEqual(await sendReply(path), {
      sourceMac: (await path.device('netns-2', 'veth1@2')).mac,
      destinationMac: (await path.device('netns-1', 'veth1@1')).mac,
      ttl: 63,
    })
  })

asRoot('on path floor client and server share a link, so that the TTL stays both ways', async (t) => {
  const path = await withPath(t, 'floor')
  const client = (await path.device('netns-1', 'veth1@1')).mac
  const server = (await path.device('netns-3', 'veth2@2')).mac
  t.deepEqual(await sendRequest(path), { sourceMac: client, destinationMac: server, ttl: 64 })
  t.deepEqual(await sendReply(path), { sourceMac: server, destinationMac: client, ttl: 64 })
})
