/** Values as they are written, against those that the compiler makes of the same in C. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import type { Btf } from '../../src/datapath/btf.ts'
import { encode } from '../../src/datapath/encode.ts'
import { readBtf } from '../../src/datapath/read-btf.ts'
import { inProject } from '../../src/host/project.ts'
import type { Values } from '../../src/scenario/schema.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sectionOf } from './elf-section.ts'

const types = `
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <stdbool.h>

enum colour { RED, GREEN = 7, BELOW = -3 };
enum wide { LARGEST = 0xfffffffffffffffeULL };
typedef __u32 handle;
typedef handle twice;
struct backend { __be32 address; __be16 port; __u8 mac[6]; };
struct mixed {
	__u32 low : 3, middle : 7, : 2, high : 20;
	__s32 sloping : 5;
	bool is_on;
	union {
		__u64 whole;
		struct { __u16 first, second; __be32 third; };
	};
	struct backend backends[3];
	enum colour colour;
	__s8 minus[2][3];
};
`

interface Case {
  readonly what: string
  readonly type: string
  readonly initial: string
  readonly value: Values
}

const backend = 'bpf_htonl(0x0a0a0314), bpf_htons(7000), { 2, 0, 0, 0, 0, 0xab }'
const cases: readonly Case[] = [
  {
    what: 'a record within a record, with lists, bit-fields and nameless members',
    type: 'struct mixed V',
    initial: `{ .low = 5, .middle = 99, .high = 0xabcde, .sloping = -9, .is_on = true, .first = 1, .third = bpf_htonl(0x01020304),
      .backends = { { ${backend} }, { .port = bpf_htons(80) } }, .colour = GREEN, .minus = { { 0, -1 }, { 2, 0, -128 } } }`,
    value: {
      low: 5,
      middle: 99,
      high: '0xabcde',
      sloping: -9,
      is_on: true,
      first: 1,
      third: '1.2.3.4',
      backends: [{ address: '10.10.3.20', port: 7000, mac: '02:00:00:00:00:ab' }, { port: 80 }],
      colour: 'GREEN',
      minus: [
        [0, -1],
        [2, 0, -128],
      ],
    },
  },
  {
    what: 'the other member of a union',
    type: 'struct mixed V',
    initial: '{ .whole = 0x1122334455667788 }',
    value: { whole: '0x1122334455667788' },
  },
  { what: 'an enumerator below zero', type: 'enum colour V', initial: 'BELOW', value: 'BELOW' },
  { what: 'an enumerator of 64 bits', type: 'enum wide V', initial: 'LARGEST', value: 'LARGEST' },
  {
    what: 'a number beyond 2^53, hexadecimal',
    type: '__u64 V',
    initial: '0xfffffffffffffffdULL',
    value: '0xfffffffffffffffd',
  },
  {
    what: 'a number beyond 2^53, decimal',
    type: '__s64 V',
    initial: '-9007199254740995LL',
    value: '-9007199254740995',
  },
  {
    what: 'a number of 128 bits',
    type: 'unsigned __int128 V',
    initial: '((unsigned __int128)0x0123456789abcdefULL << 64) | 5',
    value: '0x0123456789abcdef0000000000000005',
  },
  { what: 'a number behind two typedefs', type: 'twice V', initial: '4000000000u', value: 4000000000 },
  { what: 'a boolean', type: 'bool V', initial: 'true', value: true },
  {
    what: 'a text that is shorter than its array',
    type: 'char V[16]',
    initial: '"veth2@1"',
    value: 'veth2@1',
  },
  { what: 'a text that just fits', type: 'char V[4]', initial: '{ 110, 101, 120, 116 }', value: 'next' },
  {
    what: 'a text that looks like an address',
    type: 'char V[16]',
    initial: '"10.0.0.1"',
    value: '10.0.0.1',
  },
  {
    what: 'an IPv6 address in the struct of the kernel',
    type: 'struct in6_addr V',
    initial: '{ .in6_u.u6_addr8 = { 0xfd, 0, 0, 1, [15] = 2 } }',
    value: 'fd00:1::2',
  },
  {
    what: 'an IPv4 address in the struct of the kernel',
    type: 'struct in_addr V',
    initial: '{ .s_addr = bpf_htonl(0xc0a8190a) }',
    value: '192.168.25.10',
  },
  { what: 'an IPv4 address in bytes', type: '__u8 V[4]', initial: '{ 10, 0, 0, 1 }', value: '10.0.0.1' },
  {
    what: 'an IPv6 address in words of no order of their own',
    type: '__u32 V[4]',
    initial: '{ bpf_htonl(0xfd000000), 0, 0, bpf_htonl(1) }',
    value: 'fd00::1',
  },
  {
    what: 'a port in a plain integer that holds it as it is sent',
    type: '__u16 V',
    initial: 'bpf_htons(7000)',
    value: 'network(7000)',
  },
  {
    what: 'an address in a plain integer that holds it as it is sent',
    type: '__u32 V',
    initial: 'bpf_htonl(0x0a000001)',
    value: 'network(10.0.0.1)',
  },
  {
    what: 'an address in a plain integer in the order of the machine',
    type: '__u32 V',
    initial: '0x0a000001',
    value: 'host(10.0.0.1)',
  },
  {
    what: 'the highest number of a bit',
    type: 'struct { __u8 a : 1, b : 1; } V',
    initial: '{ .b = 1 }',
    value: { b: 1 },
  },
  { what: 'nothing of a struct', type: 'struct mixed V', initial: '{}', value: {} },
]

/** The object with a global variable for each case, in a section of its own. */
async function compiled(t: ExecutionContext): Promise<{ btf: Btf; object: Buffer }> {
  const folder = temporaryFolder(t)
  const variables = cases.map(({ type, initial }, index) => {
    const declared = type.replace('V', `v${index}`)
    return `SEC(".data.v${index}") ${declared} = ${initial};\n`
  })
  writeFileSync(join(folder, 'values.bpf.c'), `${types}${variables.join('')}`)
  const { stdout: file } = await execa('sh', [
    inProject('bpf', 'compile.sh'),
    join(folder, 'values.bpf.c'),
    join(folder, 'objects'),
  ])
  const object = readFileSync(file)
  return { btf: await readBtf(file, object), object }
}

test('values have the bytes that the compiler gives the same in C', async (t) => {
  const { btf, object } = await compiled(t)
  for (const [index, { what, value }] of cases.entries()) {
    const { type } = btf.variables.get(`v${index}`)!
    const bytes = Buffer.from(encode(btf, type, value, (inner) => inner))
    t.is(bytes.toString('hex'), sectionOf(object, `.data.v${index}`).toString('hex'), what)
  }
})
