/**
 * Mutated files through the commands that read them: whatever they hold, the user is told what is wrong with them,
 * or gets a result. The long form: `PATHBENCH_FUZZ=2000 node_modules/.bin/ava --timeout=30m test/fuzz`.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { saveBaseline } from '../../src/keep/save-baseline.ts'
import { describeScenario } from '../../src/cli/commands/show.ts'
import { saveReport } from '../../src/cli/commands/report.ts'
import { summary } from '../../src/cli/terminal/summary.ts'
import { gateTable } from '../../src/cli/terminal/gate-table.ts'
import { formats } from '../../src/export/formats.ts'
import { gatesForRun } from '../../src/gates/gates-for-run.ts'
import { judge } from '../../src/gates/judge.ts'
import { parseGatesFile } from '../../src/gates/read-gates.ts'
import { referenceFor } from '../../src/gates/reference.ts'
import { BenchError } from '../../src/host/errors.ts'
import { inProject } from '../../src/host/project.ts'
import { renderCompare } from '../../src/report/compare.ts'
import { parseRecord } from '../../src/keep/read.ts'
import { parseScenario } from '../../src/scenario/load.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { mutated, mutatedValue } from './mutate.ts'

const wanted = Number(process.env.PATHBENCH_FUZZ ?? 0)
const scenarioCount = Math.max(60, wanted)
const gatesCount = Math.max(60, Math.ceil(wanted / 4))
const recordCount = Math.max(12, Math.ceil(wanted / 4))

/** What came of it, where that was no result and nothing that a user can read. */
async function defectOf(action: () => unknown): Promise<string | undefined> {
  try {
    await action()
    return undefined
  } catch (error) {
    if (error instanceof BenchError) return undefined
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

test('a mutated scenario is shown, or told what is wrong with it', async (t) => {
  t.timeout(1_800_000)
  const files = readdirSync(inProject('scenarios')).filter((name) => name.endsWith('.yaml'))
  for (let seed = 0; seed < scenarioCount; seed += 1) {
    const file = inProject('scenarios', files[seed % files.length]!)
    const text = mutated(readFileSync(file, 'utf8'), seed)
    t.is(await defectOf(() => describeScenario(parseScenario(text, file))), undefined, `seed ${seed}`)
  }
})

test('a mutated file of gates gives gates, or is told what is wrong with it', async (t) => {
  t.timeout(1_800_000)
  const source = readFileSync(inProject('bench.gates.yaml'), 'utf8')
  const record = sampleRecord()
  for (let seed = 0; seed < gatesCount; seed += 1) {
    const text = mutated(source, seed)
    const defect = await defectOf(() =>
      gateTable(
        judge(
          parseGatesFile(text, 'gates.yaml', record.scenario),
          record,
          referenceFor(record, undefined, false),
        ),
      ),
    )
    t.is(defect, undefined, `seed ${seed}`)
  }
})

interface Folders {
  readonly top: string
  readonly reports: string
  readonly baselines: string
}

function foldersFor(t: ExecutionContext): Folders {
  const top = mkdtempSync(join(tmpdir(), 'pathbench-fuzz-'))
  t.teardown(() => {
    rmSync(top, { recursive: true })
  })
  const [reports, baselines] = [join(top, 'inner', 'reports'), join(top, 'inner', 'baselines')]
  for (const folder of [reports, baselines]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(top, 'inner', 'marker'), '')
  return { top, reports, baselines }
}

test('a mutated record is reported, checked, compared, exported and kept, or told what is wrong with it', async (t) => {
  t.timeout(1_800_000)
  const { top, reports, baselines } = foldersFor(t)
  const whole = sampleRecord()
  for (let seed = 0; seed < recordCount; seed += 1) {
    const text =
      seed % 4 === 0 ? mutated(JSON.stringify(whole), seed) : JSON.stringify(mutatedValue(whole, seed))
    const uses: Record<string, () => unknown> = {
      summary: () => summary(parseRecord(text, 'run.json')),
      report: () => saveReport(parseRecord(text, 'run.json'), reports),
      baseline: () => saveBaseline(baselines, 'main', parseRecord(text, 'run.json'), true),
      compare: () =>
        renderCompare(
          [
            { name: 'one', record: whole },
            { name: 'other', record: parseRecord(text, 'run.json') },
          ],
          0.01,
        ),
      check: () => {
        const record = parseRecord(text, 'run.json')
        return gateTable(judge(gatesForRun(record, undefined), record, referenceFor(record, whole, false)))
      },
    }
    for (const format of formats)
      uses[format.name] = () =>
        format.render(parseRecord(text, 'run.json'), {
          all: true,
          samples: false,
          gateChecks: [],
          scenarioFile: undefined,
        })
    for (const [name, use] of Object.entries(uses))
      t.is(await defectOf(use), undefined, `seed ${seed}, ${name}`)
  }
  t.deepEqual(readdirSync(top), ['inner'])
  t.deepEqual(readdirSync(join(top, 'inner')).toSorted(), ['baselines', 'marker', 'reports'])
})
