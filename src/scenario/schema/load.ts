/** The kinds of trial. */
import { z } from 'zod'
import { port, whole } from '../../parts/words.ts'

const payloadBytes = z
  .int('a payload of 32 to 1472 bytes')
  .min(32, 'a payload of at least 32 bytes, which hold the measurement header')
  .max(1472, 'a payload of at most 1472 bytes, one Ethernet frame')
const packets = whole('1 to 1000000 packets', 1, 1_000_000)
const ratePps = z
  .number('1 to 1000000 packets a second')
  .min(1, '1 to 1000000 packets a second')
  .max(1_000_000, '1 to 1000000 packets a second')

export const trialSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('flood').describe('As fast as accepted: throughput and cost.'),
      packets: packets.default(800),
      payloadBytes: payloadBytes.default(64),
    }),
    z.strictObject({
      kind: z.literal('pingpong').describe('One packet in flight: round-trip time, and each way.'),
      packets: packets.default(250),
      payloadBytes: payloadBytes.default(64),
    }),
    z.strictObject({
      kind: z.literal('paced').describe('A fixed schedule: latency under load.'),
      packets: packets.default(250),
      payloadBytes: payloadBytes.default(64),
      ratePps: ratePps.default(50_000),
    }),
    z.strictObject({
      kind: z.literal('http').describe('Requests to an nginx on every server: requests a second, latency.'),
      requests: whole('1 to 100000 requests', 1, 100_000).default(320),
      connections: whole('1 to 1000 connections', 1, 1000)
        .default(16)
        .describe('TCP connections, opened anew in every trial, that share the requests.'),
      port: port.default(80),
    }),
  ],
  { error: 'a kind of trial: flood, pingpong, paced or http' },
)

export type LoadTrial = z.infer<typeof trialSchema>
export type HttpTrial = Extract<LoadTrial, { kind: 'http' }>
export type UdpTrial = Exclude<LoadTrial, HttpTrial>
