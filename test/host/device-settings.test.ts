import test from 'ava'
import { readDeviceSettings } from '../../src/host/device-settings.ts'

// In the form of ethtool 6.1.
const card = `@ eth0
# file
speed: 25000
threaded: 0
device/numa_node: -1
device/current_link_width: 8
driver: mlx5_core
# irq
131: 2
99: 0-1
# driver
driver: mlx5_core
version: 6.1.0
firmware-version: 16.35.2000 (MT_0000000080)
bus-info: 0000:3b:00.0
# ring
Ring parameters for eth0:
Pre-set maximums:
RX:		8192
TX:		8192
Current hardware settings:
RX:		1024
RX Mini:	n/a
TX:		512
# coalescing
Coalesce parameters for eth0:
Adaptive RX: on  TX: off
rx-usecs: 8
rx-frames: n/a
# channels
Channel parameters for eth0:
Pre-set maximums:
Combined:	16
Current hardware settings:
Combined:	2
# rss
RX flow hash indirection table for eth0 with 2 RX ring(s):
    0:      0     1     0     1     0     1     0     1
    8:      0     1     0     1     0     1     0     1
RSS hash key:
6d:5a:56:da:25:5b:0e:c2:41:67
RSS hash function:
    toeplitz: on
    xor: off
# offload
Features for eth0:
rx-checksumming: on
tx-nocache-copy: off
highdma: on [fixed]
rx-fcs: off [fixed]
# timestamping
Time stamping parameters for eth0:
Capabilities:
	hardware-transmit
	software-transmit
	hardware-receive
PTP Hardware Clock: 3
# pause
Pause parameters for eth0:
Autonegotiate:	off
RX:		on
# flag
Private flags for eth0:
rx_striding_rq: on
@ veth0
# file
speed: 10000
# irq
# driver
# ring
`

test('settings of a device are told by name, what it does not have is left out, and interrupts stand in order', (t) => {
  const settings = readDeviceSettings(card)
  t.deepEqual(settings.get('veth0'), { 'speed Mb/s': '10000' })
  t.deepEqual(settings.get('eth0'), {
    driver: 'mlx5_core',
    firmware: '16.35.2000 (MT_0000000080)',
    'speed Mb/s': '25000',
    'threaded polling': '0',
    'PCIe link width': '8',
    'ring RX': '1024',
    'ring TX': '512',
    'coalescing Adaptive RX': 'on',
    'coalescing Adaptive TX': 'off',
    'coalescing rx-usecs': '8',
    'channels Combined': '2',
    'RSS queues': '2',
    'RSS table': 'in turn',
    'RSS key': '6d:5a:56:da:25:5b:0e:c2:41:67',
    'RSS function': 'toeplitz',
    'offload rx-checksumming': 'on',
    'offload tx-nocache-copy': 'off',
    'offload highdma': 'on',
    'PTP clock': '3',
    timestamps: 'hardware-transmit, hardware-receive',
    'pause Autonegotiate': 'off',
    'pause RX': 'on',
    'flag rx_striding_rq': 'on',
    'IRQ affinity': '0-1; 2',
  })
})
