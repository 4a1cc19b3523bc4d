import { asRoot } from './as-root.ts'
import { diagnosed } from './diagnosed.ts'

asRoot('what', async (t) => {
  const { lines } = await diagnosed(t, 'stack', {
    changes: [
      [['topology', 'namespaces', 'netns-2', 'sysctls'], { 'net.ipv4.ip_forward': 0 }],
    ],
  })
  t.log(lines.join('\n'))
  t.pass()
})
asRoot('rp', async (t) => {
  const { lines } = await diagnosed(t, 'stack', {
    changes: [
      [['topology', 'namespaces', 'netns-2', 'sysctls'], { 'net.ipv4.ip_forward': 1, 'net.ipv4.conf.all.rp_filter': 1 }],
      [['topology', 'namespaces', 'netns-2', 'routes'], [{ to: '10.10.2.11/32', device: 'veth2@1' }]],
    ],
  })
  t.log(lines.join('\n'))
  t.pass()
})
asRoot('mac', async (t) => {
  const { lines } = await diagnosed(t, 'redirect', {
    changes: [[['paths', 'redirect', 'programs', 0, 'maps', 'services', 0, 'value', 'destination_mac'], '02:00:00:00:00:99']],
  })
  t.log(lines.join('\n'))
  t.pass()
})
asRoot('no route back', async (t) => {
  const { lines } = await diagnosed(t, 'stack', {
    changes: [[['topology', 'namespaces', 'netns-3', 'routes'], []]],
  })
  t.log(lines.join('\n'))
  t.pass()
})
asRoot('nft', async (t) => {
  const { lines } = await diagnosed(t, 'stack', {
    changes: [[['topology', 'namespaces', 'netns-2', 'nftables'], 'table ip f { chain c { type filter hook forward priority 0; udp dport 7000 counter drop comment "no"; } }']],
  })
  t.log(lines.join('\n'))
  t.pass()
})
asRoot('well', async (t) => {
  const { lines } = await diagnosed(t, 'redirect', { changes: [] })
  t.log(lines.join('\n'))
  t.pass()
})
