import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { chooseModules, dependenciesIn, moduleName } from '../../src/machine/module-files.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { moduleText, write } from './made-up-kernel.ts'

const kernelWith = (modules: readonly string[]) => ({
  ...{ image: '', release: '6.1.0', modules, config: undefined },
})

test('a module is known by the name that the kernel has for it', (t) => {
  t.is(moduleName('kernel/net/netfilter/nf-tables.ko.xz'), 'nf_tables')
  t.is(moduleName('veth.ko'), 'veth')
})

test('a module says what it depends on', (t) => {
  t.deepEqual(dependenciesIn(moduleText('udp_tunnel,ip6-udp-tunnel')), ['udp_tunnel', 'ip6_udp_tunnel'])
  t.deepEqual(dependenciesIn(moduleText('')), [])
  t.deepEqual(dependenciesIn(Buffer.from('no module')), [])
})

test('what modules depend on comes before them, once, whatever it is packed with', async (t) => {
  const folder = temporaryFolder(t)
  const xz = (bytes: Buffer): Buffer => execFileSync('xz', ['--compress', '--stdout'], { input: bytes })
  write(join(folder, 'kernel', 'a', 'vxlan.ko.xz'), xz(moduleText('udp_tunnel,ip6-udp-tunnel')))
  write(join(folder, 'kernel', 'a', 'geneve.ko'), moduleText('udp_tunnel'))
  write(join(folder, 'kernel', 'b', 'udp_tunnel.ko.gz'), gzipSync(moduleText('')))
  write(join(folder, 'kernel', 'b', 'ip6_udp_tunnel.ko.zst'), zstdCompressSync(moduleText('ipv6')))
  write(join(folder, 'modules.builtin'), 'kernel/net/ipv6/ipv6.ko\n')
  const { modules, missing } = await chooseModules(kernelWith([folder]), ['vxlan', 'geneve', 'ipv6', 'veth'])
  t.deepEqual(
    modules.map(({ name, contents }) => [name, dependenciesIn(contents)]),
    [
      ['udp_tunnel', []],
      ['ip6_udp_tunnel', ['ipv6']],
      ['vxlan', ['udp_tunnel', 'ip6_udp_tunnel']],
      ['geneve', ['udp_tunnel']],
    ],
  )
  t.deepEqual(missing, ['veth'])
})

test('a kernel without modules beside it has none to choose from', async (t) => {
  t.deepEqual(await chooseModules(kernelWith([]), ['veth']), { modules: [], missing: ['veth'] })
})

test('a module that cannot be read is told with its file', async (t) => {
  const folder = temporaryFolder(t)
  write(join(folder, 'veth.ko.gz'), 'not packed')
  const error = await t.throwsAsync(chooseModules(kernelWith([folder]), ['veth']), { instanceOf: BenchError })
  t.is(error.trouble, 'machine')
  t.regex(error.message, /^Could not read module .*veth\.ko\.gz: /)
})
