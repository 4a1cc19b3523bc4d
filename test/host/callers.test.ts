import test from 'ava'
import { execa } from 'execa'
import { inProject } from '../netns/bench-command.ts'

const child = `
import { endWithCallers } from '${inProject('src', 'host', 'callers.ts')}'
endWithCallers()
process.on('SIGTERM', () => { console.log('told'); process.exit() })
setTimeout(() => undefined, 600_000)
console.log('begun')`

test('a process that is to end with its callers is told by SIGTERM once one far above it is gone', async (t) => {
  // The shell in the middle stays; the one above it goes.
  const above = execa(
    'sh',
    ['-c', `sh -c '"$0" --input-type=module -e "$1"; true' "$0" "$1"; true`, process.execPath, child],
    {
      reject: false,
    },
  )
  const said: string[] = []
  for await (const line of above.iterable()) {
    said.push(line)
    if (line === 'begun') above.kill('SIGKILL')
  }
  t.deepEqual(said, ['begun', 'told'])
})
