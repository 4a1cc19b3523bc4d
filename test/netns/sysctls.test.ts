/** The program that sets sysctls and reads them back, in a network namespace of its own. */
import { execa } from 'execa'
import { builtProgram } from '../../src/host/built.ts'
import { asRoot } from './as-root.ts'

const folder = '/proc/sys/net/ipv4'

async function set(...pairs: readonly (readonly [value: string, file: string])[]) {
  const input = pairs.map(([value, file]) => `${value}\n${folder}/${file}\n`).join('')
  const { exitCode, stderr } = await execa('unshare', ['--net', builtProgram('sysctls')], {
    input,
    reject: false,
  })
  return { exitCode, stderr }
}

const done = { exitCode: 0, stderr: '' }

asRoot('of two values for one sysctl the last is set, and is what has to be there', async (t) => {
  t.deepEqual(await set(['0', 'ip_forward'], ['1', 'ip_forward']), done)
  t.deepEqual(await set(['1', 'ip_forward'], ['0', 'ip_forward']), done)
})

asRoot('lists come back with tabs, and are the same', async (t) => {
  t.deepEqual(await set(['4096 131072 6291456', 'tcp_rmem'], ['32768 60999', 'ip_local_port_range']), done)
})

asRoot(
  'what is not there, what the kernel does not take, and what it makes another of is told',
  async (t) => {
    const refusals = [
      ['1', 'ip_foreward', `there is no ${folder}/ip_foreward`],
      ['1', 'ip_forward/x', `there is no ${folder}/ip_forward/x`],
      ['one', 'ip_forward', `the kernel does not take 'one' for ${folder}/ip_forward`],
      ['010', 'ip_default_ttl', `the kernel made '8' of '010' for ${folder}/ip_default_ttl`],
    ] as const
    for (const [value, file, stderr] of refusals)
      t.deepEqual(await set(['1', 'ip_forward'], [value, file]), { exitCode: 1, stderr }, file)
  },
)
