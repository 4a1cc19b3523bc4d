import { endianness } from 'node:os'
import test from 'ava'
import { type Btf, btfOf } from '../../src/datapath/btf.ts'
import type { BtfType } from '../../src/datapath/btf-type.ts'
import { encode } from '../../src/datapath/encode.ts'
import type { EncodeError } from '../../src/datapath/encode-error.ts'
import type { Values } from '../../src/scenario/schema.ts'
import { redirectBtf, serviceTypes } from './types.ts'

/** Types by the id that the tests call them by. */
const types: Record<string, Omit<BtfType, 'id'>> = {
  1: { kind: 'INT', name: 'unsigned char', size: 1, encoding: '(none)' },
  2: { kind: 'INT', name: 'unsigned int', size: 4, encoding: '(none)' },
  3: { kind: 'INT', name: 'int', size: 4, encoding: 'SIGNED' },
  4: { kind: 'INT', name: 'unsigned long long', size: 8, encoding: '(none)' },
  5: { kind: 'INT', name: '_Bool', size: 1, encoding: 'BOOL' },
  6: { kind: 'ENUM', name: 'colour', size: 4 },
  7: { kind: 'ARRAY', name: '(anon)', type_id: 1, nr_elems: 16 },
  8: { kind: 'TYPEDEF', name: '__be64', type_id: 4 },
  9: { kind: 'CONST', name: '(anon)', type_id: 8 },
  10: {
    kind: 'STRUCT',
    name: 'flags',
    size: 4,
    members: [
      { name: 'first', type_id: 2, bits_offset: 0, bitfield_size: 3 },
      { name: 'second', type_id: 2, bits_offset: 3, bitfield_size: 5 },
    ],
  },
  11: { kind: 'ARRAY', name: '(anon)', type_id: 12, nr_elems: 4 },
  12: { kind: 'TYPEDEF', name: '__be32', type_id: 2 },
}
const btf = btfOf(Object.entries(types).map(([id, type]) => ({ ...type, id: Number(id) }) as BtfType))
const asIs = (value: string | number | boolean) => value

const hex = (typeId: number, value: Values, types = btf) =>
  Buffer.from(encode(types, typeId, value, asIs)).toString('hex')
/** The bytes of an integer as this machine keeps it. */
const native = (littleEndian: string) =>
  endianness() === 'LE' ? littleEndian : Buffer.from(littleEndian, 'hex').reverse().toString('hex')

test('an integer is written in the order of this machine', (t) => {
  t.is(hex(2, 0x01020304), native('04030201'))
  t.is(hex(4, 2 ** 40 + 5), native('0500000000010000'))
  t.is(hex(3, -2), native('feffffff'))
  t.is(hex(6, 7), native('07000000'))
  t.is(hex(5, true), '01')
  t.is(hex(5, false), '00')
})

test('an integer of network byte order is written so, also behind qualifiers', (t) => {
  t.is(hex(8, 258), '0000000000000102')
  t.is(hex(9, 258), '0000000000000102')
})

test('the key of the redirect program is its address and port in network byte order', (t) => {
  const { key } = serviceTypes
  t.is(hex(key, { address: '10.10.3.20', port: 7000 }, redirectBtf), '0a0a03141b580000')
})

test('the value of the redirect program is an interface and two MAC addresses', (t) => {
  const { value } = serviceTypes
  const entry = { ifindex: 3, source_mac: '02:00:00:00:00:0a', destination_mac: 'AA:bb:00:00:00:0b' }
  t.is(hex(value, entry, redirectBtf), `${native('03000000')}02000000000aaabb0000000b`)
})

test('fields that are not given are zero', (t) => {
  const { value } = serviceTypes
  t.is(hex(value, { ifindex: 1 }, redirectBtf), `${native('01000000')}${'00'.repeat(12)}`)
})

test('references are resolved before they are written', (t) => {
  const { value } = serviceTypes
  const resolved = encode(redirectBtf, value, { ifindex: 'ifindex(veth2@1)' }, (one) =>
    one === 'ifindex(veth2@1)' ? 258 : one,
  )
  t.is(Buffer.from(resolved).toString('hex'), `${native('02010000')}${'00'.repeat(12)}`)
})

const ipv6Texts: readonly (readonly [text: string, bytes: string])[] = [
  ['fd00::1', 'fd000000000000000000000000000001'],
  ['::', '00000000000000000000000000000000'],
  ['2001:db8:1:2:3:4:5:6', '20010db8000100020003000400050006'],
  ['1::', '00010000000000000000000000000000'],
  ['::ffff:10.0.0.1', '00000000000000000000ffff0a000001'],
]
for (const [text, bytes] of ipv6Texts)
  test(`the IPv6 address ${text} fills 16 bytes`, (t) => {
    t.is(hex(7, text), bytes)
    t.is(hex(11, text), bytes)
  })

const refused = test.macro({
  title: (what) => `${what} is refused`,
  exec: (t, typeId: number, value: Values, message: string, field?: string, types: Btf = btf) => {
    const error = t.throws<EncodeError>(() => encode(types, typeId, value, asIs), { name: 'EncodeError' })
    t.deepEqual(error.problems, [{ path: field === undefined ? [] : [field], message }])
  },
})

test('an integer that is too large', refused, 1, 256, 'expected 0 to 255, found 256')
test('a negative integer without a sign', refused, 2, -1, 'expected 0 to 4294967295, found -1')
test(
  'a signed integer that is too large',
  refused,
  3,
  2 ** 31,
  'expected -2147483648 to 2147483647, found 2147483648',
)
test(
  'a number for an array',
  refused,
  7,
  5,
  'expected an address of 16 bytes, or a list of at most 16, found 5',
)
test('a text that is no address', refused, 12, 'ten', 'expected a number or an address, found "ten"')
test(
  'a short MAC address',
  refused,
  7,
  '02:00:00',
  'expected an address of 16 bytes or a list, found "02:00:00"',
)
test('an address of another size', refused, 12, 'fd00::1', '"fd00::1" has 16 bytes, and the field has 4')
test(
  'an address where the order of the machine is expected',
  refused,
  2,
  '10.0.0.1',
  '"10.0.0.1" needs a field in network byte order (__be32), and this is unsigned int: network(10.0.0.1) if the program keeps it in that order all the same, host(10.0.0.1) if in the machine\'s',
)
test(
  'fields for what has none',
  refused,
  2,
  { a: 1 },
  'expected a single value: the type is unsigned int, no struct',
)

const { key } = serviceTypes
test(
  'a misspelt field',
  refused,
  key,
  { adress: '10.0.0.1' },
  'no field "adress" in struct service_key; did you mean "address"?',
  'adress',
  redirectBtf,
)
test(
  'a field far from any name',
  refused,
  key,
  { protocol: 17 },
  'no field "protocol" in struct service_key (there: address, port, unused)',
  'protocol',
  redirectBtf,
)
test(
  'a port out of range',
  refused,
  key,
  { port: 70000 },
  'expected 0 to 65535, found 70000',
  'port',
  redirectBtf,
)
test(
  'a single value for a struct',
  refused,
  key,
  5,
  'expected fields of struct service_key (address, port, unused), found 5',
  undefined,
  redirectBtf,
)

test('every item of a list that does not fit is told with its place, and that there are too many', (t) => {
  const values = ['10.0.0.1', -1, 'ten', 4, 5]
  const error = t.throws<EncodeError>(() => encode(btf, 11, values, asIs), { name: 'EncodeError' })
  t.deepEqual(error.problems, [
    { path: [], message: 'expected at most 4 items, found 5' },
    { path: [1], message: 'expected 0 to 4294967295, found -1' },
    { path: [2], message: 'expected a number or an address, found "ten"' },
  ])
})

test('enumerators of 64 bits, as clang 16 has them, are written by name', (t) => {
  const value = (name: string, val: string) => ({ name, val })
  const wide = btfOf([
    {
      ...{ id: 1, kind: 'ENUM64', name: 'big', encoding: 'UNSIGNED', size: 8 },
      values: [value('HUGE', '1311768467463790320'), value('TOP', '18446744073709551615')],
    },
    {
      ...{ id: 2, kind: 'ENUM64', name: 'negative', encoding: 'SIGNED', size: 8 },
      values: [value('LOW', '-8070450532247928832')],
    },
  ])
  t.is(hex(1, 'HUGE', wide), native('f0debc9a78563412'))
  t.is(hex(1, 'TOP', wide), 'ff'.repeat(8))
  t.is(hex(2, 'LOW', wide), native('0000000000000090'))
})

test('bit-fields stand beside each other, and members of a union cannot both be set', (t) => {
  t.is(hex(10, { first: 5, second: 31 }), native('fd000000'))
  const union = btfOf([
    { id: 1, kind: 'INT', name: 'unsigned int', size: 4, encoding: '(none)' },
    {
      id: 2,
      kind: 'UNION',
      name: 'either',
      size: 4,
      members: ['a', 'b'].map((name) => ({ name, type_id: 1, bits_offset: 0 })),
    },
  ])
  const error = t.throws<EncodeError>(() => encode(union, 2, { a: 1, b: 2 }, asIs))
  t.deepEqual(error.problems, [{ path: ['b'], message: '"a" is set in the same bytes' }])
})

test('what cannot be set is told: pointers and floating-point numbers', (t) => {
  const odd = btfOf([
    { id: 1, kind: 'PTR', name: '(anon)', type_id: 2 },
    { id: 2, kind: 'FLOAT', name: 'double', size: 8 },
  ])
  t.throws(() => encode(odd, 1, 5, asIs), { message: 'a pointer cannot be set from a scenario' })
  t.throws(() => encode(odd, 2, 5, asIs), { message: /^a floating-point number cannot be set/ })
})
