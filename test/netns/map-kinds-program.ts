/** map-kinds.bpf.c in a scenario: what its maps are filled with, and what it is to find. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What it notes in `seen`, by place: a number that it read, or how often a program was called. */
export const places = {
  hash: 0,
  array: 1,
  perCpuHash: 2,
  perCpuArray: 3,
  lru: 4,
  lruPerCpu: 5,
  prefixInside: 6,
  prefixOutside: 7,
  tailCall: 8,
  mapOfArray: 9,
  mapOfHash: 10,
  constant: 11,
  list: 12,
  unwritten: 13,
  nested: 14,
  queue: 15,
  stack: 16,
  bloomFilter: 17,
} as const

export const mapKindsSource = readFileSync(join(import.meta.dirname, 'map-kinds.bpf.c'), 'utf8')

/** The program in a scenario, with its maps filled. */
export const mapKindsProgram = {
  object: 'kinds.bpf.c',
  program: 'look',
  hook: 'tc/ingress',
  namespace: 'netns-2',
  device: 'veth1@2',
  maps: {
    hash: [
      {
        key: { address: '10.10.3.20', port: 7000 },
        value: {
          kind: 15,
          weight: 1000,
          high: 5,
          backends: [{}, { address: '10.0.0.1' }, { port: 81 }],
          device: 'veth2@1',
          pull: 'HEAVY',
        },
      },
    ],
    array: [{ key: 3, value: '0x1fffffffffffff' }],
    per_cpu_hash: [{ key: 900, value: 21 }],
    per_cpu_array: [{ key: 7, value: 22 }],
    lru: [{ key: 4, value: 23 }],
    lru_per_cpu: [{ key: 5, value: 24 }],
    networks: [
      { key: '10.10.0.0/16', value: 25 },
      { key: { prefix: '10.10.7.0/24' }, value: 26 },
    ],
    stages: [{ key: 2, value: 'called' }],
    first: [{ key: 1, value: 27 }],
    second: [{ key: 1, value: 28 }],
    by_place: [{ key: 1, value: 'first' }],
    by_address: [{ key: '10.0.0.1', value: 'second' }],
    queue: [{ value: 31 }, { value: 32 }],
    stack: [{ value: 33 }, { value: 34 }],
    bloom: [{ value: 35 }],
  },
  constants: {
    settings: { backends: [{}, { port: 'network(29)' }] },
    large: '0xfffffffffffffffe',
    listed: [0, 30],
  },
}

/** What it finds then. */
export const found: Readonly<Record<keyof typeof places, number>> = {
  hash: 15 + 1000,
  array: 0x1fffffffffffff,
  perCpuHash: 21,
  perCpuArray: 22,
  lru: 23,
  lruPerCpu: 24,
  prefixInside: 26,
  prefixOutside: 25,
  tailCall: 1,
  mapOfArray: 27,
  mapOfHash: 28,
  // As it is sent: the bytes 00 1d.
  constant: 0x1d00,
  list: 30,
  unwritten: 77,
  nested: 5,
  // The first that was pushed, and the last.
  queue: 31,
  stack: 34,
  bloomFilter: 1,
}
