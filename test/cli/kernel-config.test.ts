import test from 'ava'
import { kernelConfigText, lackingOptions } from '../../src/cli/terminal/kernel-config-text.ts'
import { parseKernelConfig } from '../../src/host/kernel-config.ts'

const config = `CONFIG_VETH=y
CONFIG_VXLAN=m
# CONFIG_NETKIT is not set
CONFIG_HZ=250
`
const options = parseKernelConfig(config)
const needs = [
  { name: 'vxlan', why: 'tunnels', remedy: 'modprobe vxlan (CONFIG_VXLAN)' },
  { name: 'netkit', why: 'pairs', remedy: 'a kernel with CONFIG_NETKIT and CONFIG_VETH' },
  { name: 'other', why: 'more', remedy: 'a kernel from 5.8 on' },
]

test('an option is there that is built in, or a module', (t) => {
  t.deepEqual([...options], ['CONFIG_VETH', 'CONFIG_VXLAN'])
})

test('what a kernel was built without is told with what wants it', (t) => {
  const lacking = lackingOptions(needs, { options })
  t.deepEqual(lacking, [{ name: 'netkit', why: 'pairs', options: ['CONFIG_NETKIT'] }])
  t.is(
    kernelConfigText(lacking, '/proc/config.gz'),
    `        what for  the kernel lacks
netkit  pairs     CONFIG_NETKIT

By /proc/config.gz, this kernel is built without them, not even as modules: paths that need them are skipped`,
  )
  t.is(
    kernelConfigText([], '/boot/config-1'),
    'This kernel has every option that a part of a scenario wants (/boot/config-1)',
  )
})
