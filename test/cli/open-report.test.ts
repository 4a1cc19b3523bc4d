import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import test from 'ava'
import { bench } from '../netns/bench-command.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { sampleRecord } from '../report/sample-record.ts'

test('--open hands the report to the browser, and says where there is none', async (t) => {
  const folder = temporaryFolder(t)
  const run = join(folder, 'run.json')
  const seen = join(folder, 'seen')
  const browser = join(folder, 'my browser')
  writeFileSync(run, JSON.stringify(sampleRecord()))
  writeFileSync(browser, `#!/bin/sh\nprintf '%s' "$1" >'${seen}.part'\nmv '${seen}.part' '${seen}'\n`, {
    mode: 0o755,
  })
  const report = ['report', run, '--open', '--reports', folder]
  const { exitCode, stdout, stderr } = await bench(report, { environment: { BROWSER: browser } })
  t.is(exitCode, 0, stderr)
  while (!existsSync(seen)) await setTimeout(10)
  t.is(`${readFileSync(seen, 'utf8')}\n`, stdout)

  const missing = await bench(report, { environment: { BROWSER: join(folder, 'none') } })
  t.is(missing.exitCode, 2)
  t.regex(missing.stderr, /^Could not open .*\.html: .*none cannot be started\nHint: open it by hand/)
  t.is(missing.stdout, stdout)
})
