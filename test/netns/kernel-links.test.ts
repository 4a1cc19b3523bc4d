/** Every kind of link, on a kernel that has them all: in a virtual machine, as this machine's may not. */
import { findKernel } from '../../src/machine/find-kernel.ts'
import { boot } from '../../src/machine/boot.ts'
import { guestNeeds } from '../../src/machine/guest-files.ts'
import { buildTopology } from '../../src/topology/apply.ts'
import { planTopology } from '../../src/topology/plan.ts'
import { changed, parse } from '../scenario/example.ts'
import { asRoot } from './as-root.ts'
import { debianKernels } from './debian-kernels.ts'

const end = (namespace: string, device: string) => `{ namespace: ${namespace}, device: ${device} }`
const tunnel = 'local: 10.0.2.11, remote: 10.0.2.10, parent: veth1@1'

/** By the device that each makes in netns-1. */
const links = {
  mv0: `{ kind: macvlan, parent: veth1@1, ends: [${end('netns-1', 'mv0')}] }`,
  iv0: `{ kind: ipvlan, parent: netns-3/veth2@2, mode: l3, ends: [${end('netns-1', 'iv0')}] }`,
  vlan5: `{ kind: vlan, id: 5, parent: netns-3/veth2@2, ends: [${end('netns-1', 'vlan5')}] }`,
  vx0: `{ kind: vxlan, id: 42, ${tunnel}, ends: [${end('netns-1', 'vx0')}] }`,
  vx1: `{ kind: vxlan, external: true, port: 8472, ends: [${end('netns-1', 'vx1')}] }`,
  gnv0: `{ kind: geneve, id: 42, remote: 10.0.2.10, ends: [${end('netns-1', 'gnv0')}] }`,
  ipip9: `{ kind: ipip, ${tunnel}, ends: [${end('netns-1', 'ipip9')}] }`,
  gre9: `{ kind: gre, id: 7, ${tunnel}, ends: [${end('netns-1', 'gre9')}] }`,
  wg0: `{ kind: wireguard, endpoints: [10.0.2.11, 10.0.3.20], ends: [${end('netns-1', 'wg0')}, ${end('netns-3', 'wg0')}] }`,
}

const withLinks = (): string => {
  const text = Object.values(links).map((link, index) => `    own-${index}: ${link}\n`)
  return changed('    veth2:\n', `${text.join('')}    veth2:\n`)
}

asRoot('a kernel that has every kind of link makes them all, with the modules that they want', async (t) => {
  t.timeout(5 * 60 * 1000)
  const [, newer] = await debianKernels()
  const scenario = parse(withLinks())
  const kernel = await findKernel(newer)
  const { sandbox, missingModules } = await boot(kernel, kernel.release, guestNeeds(scenario), [], [0])
  t.teardown(sandbox.close)
  t.deepEqual(missingModules, [])

  const devices = await buildTopology(
    sandbox,
    planTopology(scenario.paths[0]!.topology, (name) => name),
    'all',
  )
  const made = [...(devices.get('netns-1')?.keys() ?? [])]
  for (const device of Object.keys(links)) t.true(made.includes(device), `${device}: ${made.join(' ')}`)
  const [endpoints = '', allowed = ''] = await sandbox.run(
    ['endpoints', 'allowed-ips'].map((what) => ({
      command: ['wg', 'show', 'wg0', what],
      what: `read ${what}`,
      namespaceFile: 'netns-1',
    })),
  )
  t.regex(endpoints, /=\t10\.0\.3\.20:51820/)
  t.regex(allowed, /=\t0\.0\.0\.0\/0 ::\/0|=\t::\/0 0\.0\.0\.0\/0/)
})
