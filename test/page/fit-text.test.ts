import test from 'ava'
import { wrapName } from '../../src/page/fit-text.ts'

test('a name that is too long for one line is split after an underscore', (t) => {
  t.deepEqual(wrapName('restore_source', 100, 7), ['restore_source'])
  t.deepEqual(wrapName('restore_destination', 100, 7), ['restore_', 'destination'])
  t.deepEqual(wrapName('averylongnamewithout', 100, 7), ['averylongname…'])
})
