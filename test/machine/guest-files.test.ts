import { readFileSync } from 'node:fs'
import test from 'ava'
import { builtObject, builtProgram } from '../../src/host/built.ts'
import { BenchError } from '../../src/host/errors.ts'
import { agentWords, guestFiles, guestNeeds, modulesIn, withParents } from '../../src/machine/guest-files.ts'
import { needs } from '../../src/parts/needs/needs.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { exampleText, parse } from '../scenario/example.ts'

test('a machine has the modules that its paths need, and those that reach it', (t) => {
  t.deepEqual(guestNeeds(parse(exampleText)).modules, [
    ...['virtio_pci', 'virtio_console', 'veth', 'cls_bpf', 'sch_ingress'],
  ])
})

test('a machine has the tools that its scenario calls, and of nftables what rules may name', (t) => {
  const plain = guestNeeds(parse(exampleText))
  t.false(plain.tools.includes('nft'))
  t.deepEqual(plain.extraModules, [])
  const ruled = guestNeeds(loadScenario(findScenario('dsr-vs-nat')))
  t.true(ruled.tools.includes('nft'))
  t.true(ruled.modules.includes('nft_chain_nat'))
  t.true(ruled.extraModules.includes('nft_numgen'))
  t.deepEqual(guestNeeds(loadScenario(findScenario('overlay-vs-native'))).extraTools, ['wg'])
  t.deepEqual(guestNeeds(loadScenario(findScenario('service-family'))).extraTools, ['ipvsadm'])
})

test('what a remedy says to load is what a machine loads', (t) => {
  t.deepEqual(modulesIn('modprobe cls_bpf sch_ingress (CONFIG_NET_CLS_BPF)'), ['cls_bpf', 'sch_ingress'])
  t.deepEqual(modulesIn('a kernel with CONFIG_IPV6'), [])
  for (const { name, remedy } of needs)
    for (const module of modulesIn(remedy)) t.regex(module, /^[a-z0-9_]+$/, name)
})

test('folders stand before what is in them', (t) => {
  t.deepEqual(withParents(['/usr/bin', '/usr/lib/x']), ['/usr', '/usr/bin', '/usr/lib', '/usr/lib/x'])
})

test('a machine holds what is named, its libraries, modules in their order, and nothing else of this one', async (t) => {
  const object = builtObject('redirect.bpf.o')
  const modules = ['udp_tunnel', 'vxlan'].map((name) => ({ name, contents: Buffer.from(name) }))
  const entries = await guestFiles(['ip', 'sh'], [object], modules)
  const paths = entries.map(({ path }) => `/${path}`)
  t.is(new Set(paths).size, paths.length)
  const [, runner = ''] = agentWords('/run/steps/socket')
  t.notRegex(runner, /\s/, 'a checkout may be in a folder with a blank, and the kernel parts its words there')
  for (const path of ['/init', '/bin/sh', '/usr/bin/ip', '/dev/console', '/environment', object, runner])
    t.true(paths.includes(path), path)
  t.deepEqual(
    paths.filter((path) => path.startsWith('/modules/')),
    ['/modules/0000-udp_tunnel.ko', '/modules/0001-vxlan.ko'],
  )
  const init = entries.find(({ path }) => path === 'init')
  t.true(init?.kind === 'file' && init.isExecutable)
  t.deepEqual(
    init?.kind === 'file' && Buffer.from(init.contents),
    readFileSync(builtProgram('machine-agent')),
  )
  const environment = entries.find(({ path }) => path === 'environment')
  t.regex(
    environment?.kind === 'file' ? Buffer.from(environment.contents).toString() : '',
    /^PATH=\/usr\/bin:\/bin\nLC_ALL=C\nHOME=\/root\nLD_LIBRARY_PATH=\/\S+\n$/,
  )
  // Each is in a folder that stands before it.
  for (const [index, path] of paths.entries()) {
    const folder = path.slice(0, path.lastIndexOf('/'))
    if (folder !== '') t.true(paths.indexOf(folder) < index && paths.includes(folder), path)
  }
})

test('a tool that is not here is told before anything boots', async (t) => {
  const error = await t.throwsAsync(guestFiles(['no-such-tool'], [], []), { instanceOf: BenchError })
  t.is(error.message, 'Could not prepare a virtual machine: not installed: no-such-tool')
  t.is(error.trouble, 'machine')
})
