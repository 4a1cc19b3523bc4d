import test from 'ava'
import { asWritten, endpointText, mostPayloadBytes, parseEndpoint } from '../../src/parts/ip-address.ts'

test('an address has one spelling, with its prefix length or without', (t) => {
  t.deepEqual(['FD00:0:0::1', 'fd00:0:0:1::/64', '10.0.0.1/24', 'netns-1'].map(asWritten), [
    'fd00::1',
    'fd00:0:0:1::/64',
    '10.0.0.1/24',
    'netns-1',
  ])
})

test('an address with a port is read as it is written, IPv6 in brackets', (t) => {
  for (const [text, address, port] of [
    ['10.0.0.1:7000', '10.0.0.1', 7000],
    ['[fd00::1]:40000', 'fd00::1', 40_000],
  ] as const) {
    t.deepEqual(parseEndpoint(text), { address, port })
    t.is(endpointText(address, port), text)
  }
  for (const text of [
    'fd00::1:7000',
    '[10.0.0.1]:7000',
    '[fd00::1]',
    '10.0.0.1:0',
    '[fd00::1]:65536',
    '[fd00::g]:1',
  ])
    t.is(parseEndpoint(text), undefined, text)
})

test('a frame of IPv6 has room for 20 bytes less than one of IPv4', (t) => {
  t.deepEqual([mostPayloadBytes(4), mostPayloadBytes(6)], [1472, 1452])
})
