import { endianness } from 'node:os'
import test from 'ava'
import { btfOf } from '../../src/datapath/btf.ts'
import { countIn, counterPlace } from '../../src/datapath/counter-place.ts'

const member = (name: string, type_id: number, bytes: number) => ({ name, type_id, bits_offset: 8 * bytes })

const btf = btfOf([
  { id: 1, kind: 'INT', name: 'unsigned int', size: 4, encoding: '(none)' },
  { id: 2, kind: 'TYPEDEF', name: '__be32', type_id: 1 },
  { id: 3, kind: 'ARRAY', name: '(anon)', type_id: 4, nr_elems: 3 },
  { id: 4, kind: 'STRUCT', name: 'queue', size: 8, members: [member('packets', 1, 0), member('sent', 2, 4)] },
  {
    id: 5,
    kind: 'UNION',
    name: '(anon)',
    size: 4,
    members: [member('errors', 1, 0), member('faults', 1, 0)],
  },
  {
    id: 6,
    kind: 'STRUCT',
    name: 'stats',
    size: 28,
    members: [member('(anon)', 5, 0), member('queues', 3, 4)],
  },
])
const place = (field: string | undefined, type = 6) => counterPlace(btf, type, { map: 'stats', field })

test('a counter is found through lists, structs and nameless members', (t) => {
  t.deepEqual(place('faults'), { offsetBytes: 0, sizeBytes: 4, isBigEndian: false })
  t.deepEqual(place('queues[2].packets'), { offsetBytes: 20, sizeBytes: 4, isBigEndian: false })
  t.deepEqual(place('queues[0].sent'), { offsetBytes: 8, sizeBytes: 4, isBigEndian: true })
  t.deepEqual(place('[1].packets', 3), { offsetBytes: 8, sizeBytes: 4, isBigEndian: false })
})

test('what is no number is told, with what there is', (t) => {
  t.is(
    place(undefined),
    'map "stats" holds fields: name one, as in map.stats(KEY).errors (there: errors, faults, queues)',
  )
  t.is(place('queues'), 'map "stats" holds a list there: say which item, as in queues[0]')
  t.is(place('queues[3].packets'), 'no item "3" in a list of map "stats": there are 0 to 2')
  t.is(
    place('queues[1].packet'),
    'no field "packet" in the values of map "stats"; did you mean "packets"? (there: packets, sent)',
  )
})

test('the count is the sum over CPUs, each number in its own order of bytes', (t) => {
  const one = endianness() === 'LE' ? '01000000' : '00000001'
  t.is(countIn([`ffff${one}`, `ffff${one}`], { offsetBytes: 2, sizeBytes: 4, isBigEndian: false }), 2)
  t.is(countIn(['00000102'], { offsetBytes: 0, sizeBytes: 4, isBigEndian: true }), 258)
  t.is(countIn([], { offsetBytes: 0, sizeBytes: 4, isBigEndian: true }), 0)
})
