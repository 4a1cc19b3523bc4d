import test from 'ava'
import { cpuMask, deviceSettings } from '../../src/topology/plan-settings.ts'

test('a set of CPUs is written as the kernel reads it: hexadecimal, a comma every 32', (t) => {
  t.is(cpuMask([]), '0')
  t.is(cpuMask([0, 1]), '3')
  t.is(cpuMask([31]), '80000000')
  t.is(cpuMask([0, 32]), '1,00000001')
  t.is(cpuMask([64]), '1,00000000,00000000')
})

test('settings of a device are files of it in sysfs; what is not set is left', (t) => {
  const end = { namespace: 'a', device: 'eth0', addresses: [], offload: {} }
  t.deepEqual(deviceSettings(end), [])
  t.deepEqual(deviceSettings({ ...end, mtu: 1450, txQueueLength: 0, threaded: false, rps: [1] }), [
    { files: 'eth0/mtu', value: '1450' },
    { files: 'eth0/tx_queue_len', value: '0' },
    { files: 'eth0/threaded', value: '0' },
    { files: 'eth0/queues/rx-*/rps_cpus', value: '2' },
  ])
})
