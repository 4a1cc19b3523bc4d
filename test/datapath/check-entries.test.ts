import test from 'ava'
import { btfOf } from '../../src/datapath/btf.ts'
import { checkEntries } from '../../src/datapath/check-entries.ts'
import type { Entry } from '../../src/datapath/encode-entry.ts'

/** A map of numbers by numbers of 4 bytes, in a program of netns-2. */
const problems = (kind: number, entries: readonly Entry[]): string[] =>
  checkEntries(
    {
      name: 'mine',
      declaration: { kind, key: -4, value: -4, maxEntries: 2, flags: 0, isPinnedByName: false },
      btf: btfOf([]),
      home: 'netns-2',
      at: [],
    },
    entries,
  ).map(({ path, message }) => `${path.join('.')}: ${message}`)

const [hash, devmap, ringbuf] = [1, 14, 27]

test('a second entry under a key is told, however the key is written', (t) => {
  t.deepEqual(
    problems(hash, [
      { key: 16, value: 1 },
      { key: '0x10', value: 2 },
    ]),
    ['1.key: a second entry under this key'],
  )
})

test('keys that are looked up later may well be different ones', (t) => {
  t.deepEqual(
    problems(hash, [
      { key: 'ifindex(veth1@2)', value: 1 },
      { key: 'ifindex(veth2@1)', value: 1 },
    ]),
    [],
  )
})

test('more entries than a map holds are told', (t) => {
  t.deepEqual(
    problems(
      hash,
      [1, 2, 3].map((key) => ({ key, value: key })),
    ),
    [': map "mine" holds at most 2 entries, found 3'],
  )
})

test('a device map takes no device of another namespace, in which the number means another one', (t) => {
  const value = 'ifindex(netns-3/veth2@2)'
  const wrong = 'map "mine" takes devices of netns-2, where its program is: "veth2@2" is in netns-3'
  t.deepEqual(problems(devmap, [{ key: 0, value }]), [`0.value: ${wrong}`])
  t.deepEqual(problems(devmap, [{ key: 0, value: { ifindex: value } }]), [`0.value.ifindex: ${wrong}`])
  t.deepEqual(problems(devmap, [{ key: 0, value: 'ifindex(netns-2/veth2@1)' }]), [])
  t.deepEqual(problems(hash, [{ key: 0, value }]), [])
})

test('a map that cannot be filled is told once, and not at all where it is left empty', (t) => {
  const entries = [0, 1].map((key) => ({ key, value: 1 }))
  t.deepEqual(problems(ringbuf, entries), [
    ': map "mine" cannot be given entries from outside: programs write events into it',
  ])
  t.deepEqual(problems(ringbuf, []), [])
})
