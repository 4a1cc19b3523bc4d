import { endianness } from 'node:os'
import test from 'ava'
import { type Btf, btfOf } from '../../src/datapath/btf.ts'
import type { BtfType } from '../../src/datapath/btf-type.ts'
import { encodeEntry, type Entry } from '../../src/datapath/encode-entry.ts'
import type { EncodeError } from '../../src/datapath/encode-error.ts'
import type { MapDeclaration } from '../../src/datapath/map-declaration.ts'

/** Kinds of maps (enum bpf_map_type in include/uapi/linux/bpf.h). */
const kinds = {
  hash: 1,
  array: 2,
  progArray: 3,
  perfEventArray: 4,
  lpmTrie: 11,
  arrayOfMaps: 12,
  hashOfMaps: 13,
  devmap: 14,
  sockmap: 15,
  cpumap: 16,
  queue: 22,
  devmapHash: 25,
  ringbuf: 27,
} as const

const declared = (kind: keyof typeof kinds, rest: Partial<MapDeclaration> = {}): MapDeclaration => ({
  kind: kinds[kind],
  key: -4,
  value: -4,
  maxEntries: 4,
  flags: 0,
  isPinnedByName: false,
  ...rest,
})

const types: Record<string, Omit<BtfType, 'id'>> = {
  1: { kind: 'INT', name: 'unsigned int', size: 4, encoding: '(none)' },
  2: { kind: 'ARRAY', name: '(anon)', type_id: -1, nr_elems: 16 },
  3: {
    kind: 'STRUCT',
    name: 'network',
    size: 8,
    members: [
      { name: 'prefixlen', type_id: 1, bits_offset: 0 },
      { name: 'address', type_id: 1, bits_offset: 32 },
    ],
  },
  4: {
    kind: 'STRUCT',
    name: 'network6',
    size: 20,
    members: [
      { name: 'prefixlen', type_id: 1, bits_offset: 0 },
      { name: 'address', type_id: 2, bits_offset: 32 },
    ],
  },
}
const noNames = btfOf(Object.entries(types).map(([id, type]) => ({ ...type, id: Number(id) }) as BtfType))
const btf: Btf = {
  ...noNames,
  programs: ['first', 'second'],
  maps: new Map([['inner', declared('array')]]),
}

const native = (littleEndian: string) =>
  endianness() === 'LE' ? littleEndian : Buffer.from(littleEndian, 'hex').reverse().toString('hex')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function encoded(map: MapDeclaration, entry: Entry): Record<string, string> {
  const { key, value, ...names } = encodeEntry(btf, map, entry, (inner) =>
    inner === 'ifindex(eth0)' ? 7 : inner,
  )
  return { key: hex(key), ...(value === undefined ? {} : { value: hex(value) }), ...names }
}

const problems = (map: MapDeclaration, entry: Entry): string[] => {
  try {
    encoded(map, entry)
    return []
  } catch (error) {
    return (error as EncodeError).problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }
}

test('a prefix is the whole key of an LPM trie: its length as the machine has numbers, and the address as it is sent', (t) => {
  const trie = declared('lpmTrie', { key: 3 })
  const wanted = { key: `${native('10000000')}0a0a0000`, value: native('05000000') }
  t.deepEqual(encoded(trie, { key: '10.10.0.0/16', value: 5 }), wanted)
  t.deepEqual(encoded(trie, { key: { prefix: '10.10.0.0/16' }, value: 5 }), wanted)
  t.deepEqual(encoded(trie, { key: { prefixlen: 16, address: 'network(10.10.0.0)' }, value: 5 }), wanted)
  t.is(encoded(trie, { key: '10.10.3.20', value: 5 }).key, `${native('20000000')}0a0a0314`)
  t.is(encoded(trie, { key: '0.0.0.0/0', value: 5 }).key, '0000000000000000')
  t.is(
    encoded(declared('lpmTrie', { key: 4 }), { key: 'fd00:1::/35', value: 5 }).key,
    `${native('23000000')}fd000001${'00'.repeat(12)}`,
  )
})

test('a prefix that the key of an LPM trie cannot be is told', (t) => {
  const trie = declared('lpmTrie', { key: 3 })
  const wrong = (key: Entry['key']) => problems(trie, { key, value: 5 })
  t.deepEqual(wrong('10.10.3.0/16'), ['key: "10.10.3.0/16" has bits set behind its prefix of 16'])
  t.deepEqual(wrong('10.10.0.0/33'), ['key: expected a prefix, as in 10.10.0.0/16, found "10.10.0.0/33"'])
  t.deepEqual(wrong('fd00::/8'), ['key: "fd00::/8" has 16 bytes, and the key has 4 behind its prefix length'])
  t.deepEqual(wrong({ prefixlen: 33 }), ['key: expected a prefix of 0 to 32 bits, found 33'])
  t.deepEqual(wrong({ prefix: '10.0.0.0/8', address: 1 }), [
    'key.prefix: no field "prefix" in struct network; did you mean "prefixlen"?',
  ])
})

test('the value of a device map is a device, and behind it a program where there is room for one', (t) => {
  const [small, large] = [declared('devmap'), declared('devmapHash', { value: -8 })]
  t.deepEqual(encoded(small, { key: 1, value: 'ifindex(eth0)' }), {
    key: native('01000000'),
    value: native('07000000'),
  })
  t.deepEqual(encoded(large, { key: 900, value: { ifindex: 'ifindex(eth0)' } }), {
    key: native('84030000'),
    value: `${native('07000000')}00000000`,
  })
  t.deepEqual(encoded(large, { key: 1, value: { ifindex: 3, program: 'second' } }), {
    key: native('01000000'),
    value: `${native('03000000')}00000000`,
    program: 'second',
  })
  t.deepEqual(problems(small, { key: 1, value: { ifindex: 3, program: 'second' } }), [
    'value.program: a value of 4 bytes has no room for a program: declare the map with struct bpf_devmap_val as its value',
  ])
  t.deepEqual(problems(large, { key: 1, value: { program: 'secnd', index: 4 } }), [
    'value.index: no field "index" in such a value; did you mean "ifindex"?',
    'value.ifindex: missing: a value has its ifindex',
    'value.program: expected the name of a program of its object, found "secnd"; did you mean "second"?',
  ])
})

test('the value of a CPU map is the length of its queue, and behind it a program', (t) => {
  const cpus = declared('cpumap', { value: -8 })
  t.is(encoded(cpus, { key: 0, value: 192 }).value, `${native('c0000000')}00000000`)
  t.like(encoded(cpus, { key: 0, value: { qsize: 192, program: 'first' } }), { program: 'first' })
})

test('programs and maps stand in maps by their names, under keys of any type', (t) => {
  t.deepEqual(encoded(declared('progArray'), { key: 3, value: 'first' }), {
    key: native('03000000'),
    program: 'first',
  })
  t.deepEqual(encoded(declared('arrayOfMaps'), { key: 0, value: 'inner' }), {
    key: '00000000',
    innerMap: 'inner',
  })
  t.deepEqual(encoded(declared('hashOfMaps', { key: 2 }), { key: 'fd00::1', value: 'inner' }), {
    key: `fd00${'00'.repeat(13)}01`,
    innerMap: 'inner',
  })
  t.deepEqual(problems(declared('arrayOfMaps'), { key: 0, value: 'iner' }), [
    'value: expected the name of a map of its object, found "iner"; did you mean "inner"?',
  ])
})

test('a place beyond the end of a map that counts its places is told; a key of a hash is any number', (t) => {
  for (const kind of ['array', 'progArray', 'devmap', 'cpumap', 'arrayOfMaps'] as const)
    t.is(problems(declared(kind), { key: 4, value: 1 })[0], 'key: expected 0 to 3, found 4')
  t.deepEqual(problems(declared('hash'), { key: 4, value: 1 }), [])
})

test('maps that cannot be filled from outside are told with the reason', (t) => {
  const wrong = (kind: keyof typeof kinds) => problems(declared(kind), { key: 0, value: 0 })
  const because = (why: string) => [`: it cannot be given entries from outside: ${why}`]
  t.deepEqual(
    wrong('sockmap'),
    because('it holds sockets, which are there only once a process has opened them'),
  )
  t.deepEqual(wrong('ringbuf'), because('programs write events into it'))
  t.deepEqual(wrong('perfEventArray'), because('programs write events into it'))
})

test('an entry has a key where the map has keys, and none where values are pushed', (t) => {
  t.deepEqual(problems(declared('queue'), { value: 7 }), [])
  t.deepEqual(problems(declared('queue'), { key: 0, value: 7 }), [
    'key: the map has no keys: values alone are pushed into it',
  ])
  t.deepEqual(problems(declared('hash'), { value: 7 }), ['key: missing'])
})

test('what is wrong with a key and with a value is told at once', (t) => {
  t.deepEqual(
    problems(declared('hash', { key: 3, value: 3 }), { key: { prefixlen: -1, adress: 1 }, value: 'x' }),
    [
      'key.prefixlen: expected 0 to 4294967295, found -1',
      'key.adress: no field "adress" in struct network; did you mean "address"?',
      'value: expected fields of struct network (prefixlen, address), found "x"',
    ],
  )
})
