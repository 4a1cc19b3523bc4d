import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'
import test, { type ExecutionContext } from 'ava'
import { btfOf } from '../../src/datapath/btf.ts'
import { readBtf } from '../../src/datapath/read-btf.ts'
import { BenchError } from '../../src/host/errors.ts'
import { redirectBtf, serviceTypes } from './types.ts'

test('an object has its programs, and its maps with the types of key and value', (t) => {
  t.deepEqual(redirectBtf.programs, ['redirect'])
  t.deepEqual([...redirectBtf.maps.keys()], ['services'])
  const { key, value } = serviceTypes
  t.is(redirectBtf.type(key).name, 'service_key')
  t.is(redirectBtf.type(value).name, 'next_hop')
})

test('static functions are no programs, and neither are global ones that take a number', (t) => {
  const { programs } = btfOf([
    { id: 1, kind: 'FUNC', name: 'main_program', linkage: 'global', type_id: 4 },
    { id: 2, kind: 'FUNC', name: 'inlined', linkage: 'static', type_id: 4 },
    { id: 3, kind: 'FUNC', name: 'hash', linkage: 'global', type_id: 5 },
    { id: 4, kind: 'FUNC_PROTO', name: '(anon)', params: [{ type_id: 6 }] },
    { id: 5, kind: 'FUNC_PROTO', name: '(anon)', params: [{ type_id: 7 }] },
    { id: 6, kind: 'PTR', name: '(anon)', type_id: 8 },
    { id: 7, kind: 'INT', name: 'int', size: 4 },
    { id: 8, kind: 'STRUCT', name: 'xdp_md', size: 24 },
  ])
  t.deepEqual(programs, ['main_program'])
})

test('a map has what it is declared with: its kind, what keys and values are, how many, its flags and pin', (t) => {
  const { maps } = btfOf([
    { id: 1, kind: 'INT', name: 'int', size: 4 },
    ...[14, 4, 8, 64, 128, 1].flatMap((length, index) => [
      { id: 10 + index, kind: 'ARRAY', name: '(anon)', type_id: 1, nr_elems: length },
      { id: 20 + index, kind: 'PTR', name: '(anon)', type_id: 10 + index },
    ]),
    {
      id: 30,
      kind: 'STRUCT',
      name: '(anon)',
      members: ['type', 'key_size', 'value_size', 'max_entries', 'map_flags', 'pinning'].map(
        (name, index) => ({ name, type_id: 20 + index, bits_offset: 64 * index }),
      ),
    },
    { id: 31, kind: 'VAR', name: 'ports', type_id: 30 },
    { id: 32, kind: 'DATASEC', name: '.maps', vars: [{ type_id: 31 }] },
  ])
  t.deepEqual(
    [...maps],
    [['ports', { kind: 14, key: -4, value: -8, maxEntries: 64, flags: 128, isPinnedByName: true }]],
  )
})

test('what has only a size is a number where there is one of that size, else bytes', (t) => {
  const { type } = btfOf([])
  t.like(type(-8), { kind: 'INT', size: 8 })
  t.like(type(-6), { kind: 'ARRAY', nr_elems: 6, type_id: -1 })
})

test('variables outside the section of maps are no maps, and a ring buffer has neither keys nor values', (t) => {
  const { maps } = btfOf([
    { id: 1, kind: 'INT', name: 'int', size: 4 },
    { id: 3, kind: 'STRUCT', name: '(anon)', members: [] },
    { id: 4, kind: 'VAR', name: 'ring', type_id: 3 },
    { id: 5, kind: 'VAR', name: '_license', type_id: 1 },
    { id: 6, kind: 'DATASEC', name: '.maps', vars: [{ type_id: 4 }] },
    { id: 7, kind: 'DATASEC', name: 'license', vars: [{ type_id: 5 }] },
  ])
  t.deepEqual([...maps.keys()], ['ring'])
  t.like(maps.get('ring'), { key: undefined, value: undefined })
})

test('an id that is not there is an error', (t) => {
  t.throws(() => redirectBtf.type(999), { message: 'BTF has no type 999' })
})

const refusal = async (t: ExecutionContext, contents: Uint8Array): Promise<string> =>
  (await t.throwsAsync(readBtf('/tmp/mine.bpf.o', contents), { instanceOf: BenchError })).message

test('a file that is no BPF object is refused in these words, whatever it is', async (t) => {
  const program = readFileSync('/bin/sh')
  t.is(
    await refusal(t, Buffer.from('{}')),
    'Could not read /tmp/mine.bpf.o: it is not a BPF object (it is no ELF file)',
  )
  t.is(
    await refusal(t, Buffer.alloc(0)),
    'Could not read /tmp/mine.bpf.o: it is not a BPF object (it is empty)',
  )
  t.is(
    await refusal(t, program),
    'Could not read /tmp/mine.bpf.o: it is not a BPF object (it is for another machine)',
  )
  // Byte order, and EM_BPF in it.
  const other = Buffer.alloc(64)
  const isLittle = endianness() === 'LE'
  other.write('\x7fELF', 'latin1')
  other[5] = isLittle ? 2 : 1
  other[isLittle ? 19 : 18] = 247
  t.is(await refusal(t, other), 'Could not read /tmp/mine.bpf.o: it is for machines of the other byte order')
})
