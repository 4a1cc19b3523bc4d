import test from 'ava'
import { execa } from 'execa'

test('the unit tests of the accounting and the histogram pass under the sanitizers', async (t) => {
  const { exitCode, stderr } = await execa('make', ['-C', 'udpgen', 'test'], { reject: false })
  t.is(exitCode, 0, stderr)
})
