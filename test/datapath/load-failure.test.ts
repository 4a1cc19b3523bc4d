import test from 'ava'
import { loadError } from '../../src/datapath/load-failure.ts'

const refused = (messages: string, licence: string | null = 'GPL', error = 'the kernel refused the object') =>
  loadError('redirect', '/home/me/mine.bpf.c', { state: 'failed', error, messages, licence })

// As libbpf 1.1 and kernel 6.18 wrote it.
const outOfBounds = `libbpf: prog 'unbounded': BPF program load failed: Permission denied
libbpf: prog 'unbounded': -- BEGIN PROG LOAD LOG --
0: R1=ctx() R10=fp0
; struct ethhdr *eth = (void *)(long)skb->data; @ mine.bpf.c:8
0: (61) r7 = *(u32 *)(r1 +76)         ; R1=ctx() R7=pkt(r=0)
;  @ mine.bpf.c:0
4: (07) r2 += -4                      ; R2=fp-4
; return bpf_map_lookup_elem(&hops, &slot); @ hop.h:55
7: (85) call bpf_map_lookup_elem#1    ; R0=map_value(map=hops,ks=4,vs=16)
; if (!hop || ip->protocol != IPPROTO_UDP) @ mine.bpf.c:12
9: (71) r1 = *(u8 *)(r7 +23)
invalid access to packet, off=23 size=1, R7(id=0,off=23,r=0)
R7 offset is outside of the packet
processed 9 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
-- END PROG LOAD LOG --
libbpf: prog 'unbounded': failed to load: -13
libbpf: failed to load object '/tmp/mine.bpf.o'
`

test("the verifier's own words are told first, with the source line that they are about", (t) => {
  const error = refused(outOfBounds)
  t.is(
    error.message,
    'Could not load program unbounded of mine.bpf.c for path "redirect": the verifier refuses it at mine.bpf.c:12 ("if (!hop || ip->protocol != IPPROTO_UDP)"): invalid access to packet, off=23 size=1, R7(id=0,off=23,r=0); R7 offset is outside of the packet',
  )
  t.is(error.trouble, 'failed')
  t.true(error.details?.includes('9: (71) r1 = *(u8 *)(r7 +23)'))
})

test('a kernel that quotes the source line without its place has it quoted', (t) => {
  t.regex(
    refused(outOfBounds.replaceAll(/ @ .*/g, '')).message,
    /refuses it at "if \(!hop \|\| ip->protocol != IPPROTO_UDP\)": invalid access/,
  )
})

test('of a log that is too long to be kept, the end tells program, place and reason', (t) => {
  const end = outOfBounds.slice(outOfBounds.indexOf('; if (!hop'))
  t.regex(
    refused(end).message,
    /^Could not load program unbounded of .* at mine\.bpf\.c:12 .*outside of the packet$/,
  )
})

const gplOnly = `libbpf: prog 'mine': BPF program load failed: Invalid argument
libbpf: prog 'mine': -- BEGIN PROG LOAD LOG --
; if (bpf_fib_lookup(skb, &way, sizeof(way), 0) != 0) @ mine.bpf.c:19
49: (85) call bpf_fib_lookup#69
cannot call GPL-restricted function from non-GPL compatible program
processed 49 insns (limit 1000000)
-- END PROG LOAD LOG --
`

for (const [licence, words] of [
  [null, 'names no licence'],
  ['Proprietary', 'has the licence "Proprietary"'],
] as const)
  test(`a helper for GPL programs only is told with what the object says: it ${words}`, (t) => {
    const { message, hint } = refused(gplOnly, licence)
    t.regex(message, /cannot call GPL-restricted function from non-GPL compatible program$/)
    t.is(
      hint,
      `the kernel lends bpf_fib_lookup to programs with a GPL-compatible licence only, and mine.bpf.c ${words}: char LICENSE[] SEC("license") = "GPL";`,
    )
  })

test('maps of the time before BTF are told, with how they are declared now', (t) => {
  const { message, hint } = refused(
    "libbpf: elf: legacy map definitions in 'maps' section are not supported by libbpf v1.0+\n",
  )
  t.regex(message, /its maps are declared as they were before BTF, in section "maps"$/)
  t.regex(hint ?? '', /SEC\("\.maps"\)$/)
})

test('an object without BTF is told to be compiled with -g', (t) => {
  t.is(refused('libbpf: BTF is required, but is missing or corrupted.\n').hint, 'compile it with -g')
})

test('where libbpf says nothing, the reason is what the loader says', (t) => {
  t.is(
    refused('', 'GPL', 'f is an XDP program by its section, SEC("xdp"); its hook takes TC programs').message,
    'Could not load mine.bpf.c for path "redirect": f is an XDP program by its section, SEC("xdp"); its hook takes TC programs',
  )
})

test('a loop without an end is told as such, and not by the states that the verifier shows for it', (t) => {
  const log = `libbpf: prog 'mine': BPF program load failed: Invalid argument
libbpf: prog 'mine': -- BEGIN PROG LOAD LOG --
; while (1) @ mine.bpf.c:18
infinite loop detected at insn 2
cur state: R1=scalar(smin=1) R10=fp0
old state: R1=scalar(smin=1) R10=fp0
processed 13 insns (limit 1000000)
-- END PROG LOAD LOG --
`
  t.regex(refused(log).message, /at mine\.bpf\.c:18 \("while \(1\)"\): infinite loop detected at insn 2$/)
})

const mapOf = (kind: number) => ({
  kind,
  key: -4,
  value: -4,
  maxEntries: 8,
  flags: 0,
  isPinnedByName: false,
})
const hintAbout = (kind: number, error: string, messages = '') =>
  loadError(
    'redirect',
    '/somewhere/mine.bpf.c',
    { state: 'failed', error, messages, licence: 'GPL' },
    new Map([['mine', mapOf(kind)]]),
  ).hint ?? ''

test('of a map that the kernel does not make, the hint says what its kind wants', (t) => {
  const failed = (why: string) => `libbpf: map 'mine': failed to create: ${why}(-22)\n`
  const refusal = 'the kernel refused the object: Invalid argument'
  t.regex(hintAbout(11, refusal, failed('Invalid argument')), /BPF_F_NO_PREALLOC\): mine is declared without/)
  t.regex(hintAbout(16, refusal, failed('Argument list too long')), /a CPU map has no more entries/)
  t.regex(hintAbout(1, refusal, failed('Cannot allocate memory')), /not enough memory for map mine/)
  t.regex(hintAbout(1, refusal, failed('Invalid argument')), /does the declaration of map mine fit its kind/)
})

test('of an entry that the kernel does not take, the hint says what a map of its kind takes', (t) => {
  const error = 'could not write an entry of map mine: Invalid argument'
  t.regex(hintAbout(3, error), /takes programs of one type/)
  t.regex(hintAbout(12, error), /an inner map of mine is declared as/)
  t.regex(hintAbout(14, error), /is there a device of that number/)
  t.regex(hintAbout(16, error), /is there a CPU of that number/)
  const tooLarge = 'could not write an entry of map mine: Value too large for defined data type'
  t.is(hintAbout(16, tooLarge), 'a queue of a CPU map holds up to 16384 packets')
  t.is(hintAbout(1, error), '')
})

test('a map that two objects of a path declare in different ways is told as that', (t) => {
  const messages =
    "libbpf: couldn't reuse pinned map at '/run/bpf/redirect/by-name/netns-2/mine': parameter mismatch\nlibbpf: map 'mine': failed to create: Invalid argument(-22)\n"
  t.regex(
    hintAbout(1, 'the kernel refused the object: Invalid argument', messages),
    /^another object of the path has made map mine, and declares it otherwise/,
  )
})

test('what the kernel finds in the types of an object is not taken for the verifier’s words', (t) => {
  const messages =
    "libbpf: -- BEGIN BTF LOAD LOG ---\n[6] ARRAY (anon) Array size overflows U32_MAX\n-- END BTF LOAD LOG --\nlibbpf: map 'mine': failed to create: Cannot allocate memory(-12)\n"
  const error = 'the kernel refused the object: Cannot allocate memory'
  const { message } = loadError('redirect', 'mine.bpf.c', { state: 'failed', error, messages, licence: null })
  t.is(
    message,
    `Could not load mine.bpf.c for path "redirect": ${error} (map 'mine': failed to create: Cannot allocate memory(-12))`,
  )
})
