import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { samplesCsv, summaryCsv } from '../../src/keep/csv.ts'
import {
  listRuns,
  makeFolder,
  readRun,
  removeKept,
  writeResult,
  writeRun,
  writeWhole,
} from '../../src/keep/store.ts'
import { fillDiskFor, fullParts } from '../full-disk.ts'
import { sampleRecord } from '../report/sample-record.ts'

const folderFor = (t: ExecutionContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'pathbench-store-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  return folder
}

const thrownBy = (action: () => unknown): BenchError => {
  try {
    action()
  } catch (error) {
    if (error instanceof BenchError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const runId = '20261112T140312Z-0000002a'
const record = { ...sampleRecord(), runId }

test('a run is kept under its scenario and id, as a record and two tables', (t) => {
  const results = folderFor(t)
  const folder = writeRun(results, record)
  t.is(folder, join(results, 'redirect-vs-stack', runId))
  t.deepEqual(readdirSync(folder).toSorted(), ['run.json', 'samples.csv', 'summary.csv'])
  t.deepEqual(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')), record)
  t.is(readFileSync(join(folder, 'samples.csv'), 'utf8'), samplesCsv(record))
  t.is(readFileSync(join(folder, 'summary.csv'), 'utf8'), summaryCsv(record))
})

test('writing again replaces each file whole, and leaves no part', (t) => {
  const results = folderFor(t)
  writeRun(results, { ...record, complete: false })
  const folder = writeRun(results, record)
  t.true(readRun(results, runId).complete)
  t.is(readdirSync(folder).length, 3)
})

test('a full disk is told, and what stood there before is still whole', (t) => {
  const file = join(folderFor(t), 'run.json')
  writeWhole(file, 'before')
  fillDiskFor(file)
  const error = thrownBy(() => {
    writeWhole(file, 'after')
  })
  t.is(
    describeError(error),
    `Could not write ${file}: ENOSPC: no space left on device, write\nHint: free some space, or name another place with --results`,
  )
  t.is(error.trouble, 'failed')
  t.is(readFileSync(file, 'utf8'), 'before')
  t.is(readdirSync(dirname(file)).length, fullParts)
})

test('a device is written into, and not replaced by a file', (t) => {
  const device = join(folderFor(t), 'nowhere')
  symlinkSync('/dev/null', device)
  writeWhole(device, 'text')
  t.is(readlinkSync(device), '/dev/null')
  t.deepEqual(readdirSync(dirname(device)), ['nowhere'])
})

test('a link stays one, and its file is replaced', (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'file'), 'before')
  symlinkSync('file', join(folder, 'link'))
  writeWhole(join(folder, 'link'), 'after')
  t.is(readlinkSync(join(folder, 'link')), 'file')
  t.is(readFileSync(join(folder, 'file'), 'utf8'), 'after')
})

test('what a killed writer left is taken away by the next, and what a live one writes is not', (t) => {
  const results = folderFor(t)
  const folder = writeRun(results, record)
  const namespace = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''
  // Process numbers end at 4,194,304 (proc_sys_kernel(5)).
  writeFileSync(join(folder, `run.json.${namespace}-4194305-1.part`), 'half')
  writeFileSync(join(folder, `run.json.${namespace}-${process.pid}-999.part`), 'half')
  writeFileSync(join(folder, 'mine.part'), 'the user has put it there')
  writeWhole(join(folder, 'other.html'), 'text')
  t.deepEqual(
    readdirSync(folder).toSorted(),
    [
      'mine.part',
      'other.html',
      `run.json.${namespace}-${process.pid}-999.part`,
      'run.json',
      'samples.csv',
      'summary.csv',
    ].toSorted(),
  )
})

test('a run that is killed while its first record is written is no run, and its rest goes with the next', async (t) => {
  const results = folderFor(t)
  const scenarioFolder = join(results, 'redirect-vs-stack')
  const script = join(results, 'write.ts')
  writeFileSync(
    script,
    [
      `import { writeRecord } from '${join(import.meta.dirname, '../../src/keep/store.ts')}'`,
      // Once nobody heeds it any more, the signal of a file that grows too large ends a process (setrlimit(2)).
      `const ignore = () => {}`,
      `process.on('SIGXFSZ', ignore).off('SIGXFSZ', ignore)`,
      `writeRecord('${results}', ${JSON.stringify(record)})`,
    ].join('\n'),
  )
  const { signal } = await execa('sh', ['-c', 'ulimit -f 1; exec "$@"', 'sh', process.execPath, script], {
    reject: false,
  })
  t.is(signal, 'SIGXFSZ')
  t.regex(readdirSync(scenarioFolder).join(), new RegExp(`^${runId}\\.\\d+-\\d+-\\d+\\.part$`))
  t.deepEqual(listRuns(results), [])
  writeRun(results, { ...record, runId: '20261111T000000Z-00000000' })
  t.deepEqual(readdirSync(scenarioFolder), ['20261111T000000Z-00000000'])
})

test('a run of which nothing could be kept has no folder', (t) => {
  const results = folderFor(t)
  const folder = join(results, 'redirect-vs-stack', 'n'.repeat(255))
  t.throws(() => {
    writeResult(folder, 'run.json', 'text')
  })
  t.deepEqual(readdirSync(dirname(folder)), [])
})

test('a folder in the place of a file is told, and no part is left', (t) => {
  const folder = folderFor(t)
  mkdirSync(join(folder, 'run.json'))
  const error = thrownBy(() => {
    writeWhole(join(folder, 'run.json'), 'text')
  })
  t.true(error.message.startsWith(`Could not write ${folder}/run.json: EISDIR: `), error.message)
  t.deepEqual(readdirSync(folder), ['run.json'])
})

test('a file in the place of a folder is told', (t) => {
  const results = folderFor(t)
  writeFileSync(join(results, 'redirect-vs-stack'), '')
  const error = thrownBy(() => writeRun(results, record))
  t.is(
    describeError(error),
    `Could not make folder ${results}/redirect-vs-stack: EEXIST: file already exists, mkdir '${results}/redirect-vs-stack'\nHint: name another place with --results`,
  )
})

test('an error of cleaning up does not hide the first', (t) => {
  const file = join(folderFor(t), 'file')
  writeFileSync(file, '')
  const error = thrownBy(() => {
    writeWhole(join(file, 'inside'), 'text')
  })
  t.true(error.message.startsWith(`Could not write ${file}/inside: ENOTDIR: `), error.message)
})

test('a folder that cannot be written is told', (t) => {
  // Not even root makes folders there (sysfs(5)).
  const error = thrownBy(() => {
    makeFolder('/sys/pathbench')
  })
  t.regex(error.message, /^Could not make folder \/sys\/pathbench: (EPERM|EACCES|EROFS): /)
})

test('runs are listed oldest first, and nothing else is', (t) => {
  const results = folderFor(t)
  const ids = ['20261113T000000Z-00000001', '20261112T235959Z-ffffffff', '20261113T000000Z-00000000']
  for (const [index, id] of ids.entries())
    mkdirSync(join(results, `scenario-${index}`, id), { recursive: true })
  mkdirSync(join(results, 'scenario-0', 'sample'))
  writeFileSync(join(results, 'run.schema.json'), '{}')
  t.deepEqual(listRuns(results), [
    { scenario: 'scenario-1', runId: ids[1]!, folder: join(results, 'scenario-1', ids[1]!) },
    { scenario: 'scenario-2', runId: ids[2]!, folder: join(results, 'scenario-2', ids[2]!) },
    { scenario: 'scenario-0', runId: ids[0]!, folder: join(results, 'scenario-0', ids[0]!) },
  ])
})

test('a folder of results that is not there has no runs', (t) => {
  t.deepEqual(listRuns('/nowhere/at/all'), [])
})

test('a run is found by its id, the start of it, latest, its folder and its file', (t) => {
  const results = folderFor(t)
  const older = { ...record, runId: '20261111T000000Z-00000000' }
  const folder = writeRun(results, record)
  writeRun(results, older)
  for (const name of [runId, '20261112', 'latest', folder, join(folder, 'run.json')])
    t.is(readRun(results, name).runId, runId, name)
})

test('a run that there is not is told, with where to look', (t) => {
  const results = folderFor(t)
  t.is(
    describeError(thrownBy(() => readRun(results, 'latest'))),
    `Could not find run "latest"\nHint: there are no runs in ${results}`,
  )
  writeRun(results, record)
  t.is(
    describeError(thrownBy(() => readRun(results, '2025'))),
    'Could not find run "2025"\nHint: `bench list` shows the runs that are kept',
  )
})

test('the start of two ids is told with both', (t) => {
  const results = folderFor(t)
  const ids = ['20261112T140312Z-00000001', '20261112T140312Z-00000002']
  for (const id of ids) writeRun(results, { ...record, runId: id })
  const error = thrownBy(() => readRun(results, '20261112'))
  t.is(error.message, 'Could not tell which run "20261112" is: 2 begin so')
  t.is(error.details, ids.join('\n'))
})

test('a folder without a record is told by its file', (t) => {
  const folder = folderFor(t)
  t.is(
    thrownBy(() => readRun(folder, folder)).message,
    `Could not read run ${folder}/run.json: ENOENT: no such file or directory, open '${folder}/run.json'`,
  )
})

test('a damaged record is told by its file', (t) => {
  const results = folderFor(t)
  const folder = writeRun(results, record)
  writeFileSync(join(folder, 'run.json'), '{"schemaVersion": 1, ')
  t.is(
    thrownBy(() => readRun(results, runId)).message,
    `Could not read run ${folder}/run.json: it is truncated, or not JSON`,
  )
})

test('what cannot be removed is told', (t) => {
  const error = thrownBy(() => {
    removeKept('/proc/self/stat')
  })
  t.regex(error.message, /^Could not remove \/proc\/self\/stat: E/)
})

test('removing a run removes its folder and no other', (t) => {
  const results = folderFor(t)
  writeRun(results, record)
  writeRun(results, { ...record, runId: '20261111T000000Z-00000000' })
  removeKept(listRuns(results)[0]!.folder)
  t.deepEqual(
    listRuns(results).map((run) => run.runId),
    [runId],
  )
})
