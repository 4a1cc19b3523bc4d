/** `bench compare` of two sweeps. */
import { requireSameScenario } from '../../across/require-comparable.ts'
import { BenchError } from '../../host/errors.ts'
import { savePage } from '../../keep/save-page.ts'
import { readPoints, sweeps } from '../../keep/sweep-store.ts'
import { type ComparedSweeps, comparedSweeps, type ReadSweep } from '../../sweep/compared.ts'
import { changeSentences } from '../../sweep/compared-words.ts'
import { comparedSweepsText } from '../terminal/compared-sweeps-text.ts'
import { columnsOf, print, tell } from '../terminal/output.ts'

interface CompareFlags {
  readonly html?: string
  readonly report: boolean
  readonly json?: true
  readonly results: string
  readonly reports: string
}

/** @throws BenchError `usage` where they are not two sweeps of one scenario with points in common */
export async function compareSweeps(
  names: readonly string[],
  margin: number,
  flags: CompareFlags,
): Promise<void> {
  const other = names.find((name) => !sweeps.has(flags.results, name))
  if (other !== undefined || names.length !== 2)
    throw new BenchError(
      other === undefined
        ? `Could not compare ${names.length} sweeps: two can be set beside each other`
        : `Could not compare a sweep with ${other}: that is no sweep`,
      {
        trouble: 'usage',
        hint: 'name two sweeps; a point by itself is a run, which --results SWEEP finds',
      },
    )
  const [first, second] = names.map((name): ReadSweep => {
    const { kept: sweep, folder } = sweeps.read(flags.results, name)
    return { sweep, records: readPoints(folder, sweep) }
  }) as [ReadSweep, ReadSweep]
  const [a] = first.records.values()
  const [b] = second.records.values()
  if (a !== undefined && b !== undefined) requireSameScenario(a, b)
  const compared = comparedSweeps(first, second, margin)
  requirePoints(compared)
  print(
    flags.json === true
      ? JSON.stringify({ ...compared, sentences: changeSentences(compared) }, null, 2)
      : comparedSweepsText(compared, columnsOf(process.stdout)),
  )
  if (flags.report) tell(`\nreport  ${await save(compared, flags)}`)
}

/** @throws BenchError `usage` */
function requirePoints({ points, notCompared, first, second }: ComparedSweeps): void {
  if (points.length > 0) return
  throw new BenchError(`Could not compare ${first} and ${second}: they have no measured point in common`, {
    trouble: 'usage',
    details: notCompared.join('\n'),
    hint: 'sweep over the same values again; `--resume` goes on with a sweep that ended early',
  })
}

async function save(compared: ComparedSweeps, flags: CompareFlags): Promise<string> {
  const { renderComparedSweeps } = await import('../../sweep/compared-page.ts')
  const name = `compare-${compared.first}-${compared.second}`
  return savePage(flags.reports, compared.scenario, name, renderComparedSweeps(compared), flags.html)
}
