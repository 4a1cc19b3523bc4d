import test from 'ava'
import { BenchError } from '../../src/host/errors.ts'
import { parseRecord } from '../../src/keep/read.ts'
import { sampleRecord } from '../report/sample-record.ts'

const read = (changes: object) =>
  parseRecord(JSON.stringify({ ...sampleRecord(), ...changes }), 'theirs.json')

for (const name of ['../../x', '/etc/x', '..', '.hidden', '', 'a/b', 'a\u0000b', 'x'.repeat(300)])
  for (const field of ['runId', 'scenario'])
    test(`a record with ${field} ${JSON.stringify(name.slice(0, 20))} is refused: files are called after it`, (t) => {
      const error = t.throws(() => read({ [field]: name }), { instanceOf: BenchError })
      t.is(error.trouble, 'usage')
      t.is(error.details, `\u2716 expected a name that a file can have\n  \u2192 at ${field}`)
    })

test('what `bench run --json` prints can be read again', (t) => {
  const { trials: _trials, blocks: _blocks, rounds: _rounds, ...printed } = sampleRecord()
  const record = parseRecord(JSON.stringify(printed, null, 2), 'printed.json')
  t.deepEqual(record, { ...printed, trials: [], blocks: [], rounds: [] })
})
