/** Settings of a device, each of which moves what is measured. */
import { z } from 'zod'
import { whole } from '../../parts/words.ts'

const onOff = z
  .union([z.boolean(), z.enum(['on', 'off'])], { error: 'true or false' })
  .transform((value) => value === true || value === 'on')
  .meta({ title: '`true` or `false`' })

const shortOffloads = ['rx', 'tx', 'sg', 'tso', 'gso', 'gro'] as const

/** Offloads as ethtool -K calls them. */
const offload = z
  .record(
    z
      .string()
      .regex(
        /^(?:rx|tx|sg|tso|gso|gro|(?:rx|tx|hw|generic|tcp)-[a-z0-9-]+)$/,
        `an offload that ethtool -K knows: ${shortOffloads.join(', ')}, or a longer name of rx-… or tx-…`,
      ),
    onOff,
  )
  .describe(
    'Offloads to switch on or off, as ethtool -K calls them: rx, tx, sg, tso, gso, gro, tx-udp-segmentation and others. tx: false computes every checksum; gro: true on veth makes it poll (NAPI), and packets of a flow are merged.',
  )

const queueCount = whole('1 to 256 queues', 1, 256).optional()

const cpu = whole('a CPU, 0 to 1023', 0, 1023)

/** Keys of an end. */
export const deviceSettings = {
  offload: offload.default({}),
  mtu: whole('an MTU, 68 to 65535 bytes', 68, 65_535)
    .optional()
    .describe(
      'The longest packet that it sends, bytes; without it, 1500, and less for a tunnel that knows its parent. A longer one is split, or lost.',
    ),
  queues: z
    .strictObject({
      tx: queueCount.describe('Queues to send by: what CPUs share of them they wait for.'),
      rx: queueCount.describe('Queues to receive by: each is polled on one CPU.'),
    })
    .optional()
    .describe('Queues that it is made with: how many CPUs can send or receive at once.'),
  txQueueLength: whole('0 to 1000000 packets', 0, 1_000_000)
    .optional()
    .describe('Packets that wait to be sent, where it has a queueing discipline; what is more is dropped.'),
  threaded: z
    .boolean('true or false')
    .optional()
    .describe(
      'Whether kernel threads poll it instead of softirqs (NAPI): then they are scheduled, and can be on several CPUs. Only a device that polls can: veth with gro, vxlan, wireguard.',
    ),
  rps: z
    .array(cpu)
    .optional()
    .describe(
      'CPUs among which received packets are dealt out by flow (Receive Packet Steering), on all of its queues; an empty list is none. One more hand-over per packet, and more CPUs at work.',
    ),
}

/** Their names. */
export const settingKeys = Object.keys(deviceSettings) as readonly (keyof typeof deviceSettings)[]
