import test from 'ava'
import { pageCheckOrder } from '../../src/load/page-check.ts'

const target = { address: '192.168.25.10', port: 80 }
const client = { namespaceFile: 'nat.client', targets: [target], servers: ['/run/nginx/nat/a/socket'] }

test('pages are got from the namespace of the client, over several connections', (t) => {
  t.deepEqual(pageCheckOrder(client), {
    namespace: '/run/netns/nat.client',
    page: '/page',
    servers: client.servers,
    targets: [target],
    connections: 8,
    requests: 32,
    timeoutNs: 5e9,
  })
})

test('every target is called', (t) => {
  t.is(pageCheckOrder({ ...client, targets: Array.from({ length: 16 }, () => target) }).connections, 16)
})
