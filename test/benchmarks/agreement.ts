/**
 * Whether runs hold what they claim: how narrow their intervals are, how often they agree with each
 * other, and how often the control comes out equivalent.
 *
 *   sudo node test/benchmarks/agreement.ts [runs] [arguments of bench run…]
 *
 * Measures throughput alone, for 10 s a run unless the arguments say otherwise.
 *
 * Both sides of every ratio are measured in one run. Two 95 % intervals of the same thing leave each
 * other's estimate out more often than one in twenty; what should hold 95 % of the time is that the
 * difference of two estimates lies within the two half-widths added in quadrature.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { parseDocument } from 'yaml'
import type { RunRecord } from '../../src/record/record.ts'

const [runs = '10', ...runArguments] = process.argv.slice(2)
const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'pathbench-agreement-'))

const document = parseDocument(readFileSync(join(project, 'scenarios', 'redirect-vs-stack.yaml'), 'utf8'))
document.set('load', [{ kind: 'flood', packets: 800, payloadBytes: 64 }])
const scenario = join(folder, 'throughput.yaml')
writeFileSync(scenario, document.toString())

interface Outcome {
  readonly estimate: number
  readonly halfWidth: number
  readonly text: string
  readonly isControlEquivalent: boolean
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`

/** One run: its throughput ratio of the candidate, on the log scale, and the control's verdict. */
async function measure(): Promise<Outcome> {
  const { stdout } = await execa(
    join(project, 'bench'),
    [
      'run',
      scenario,
      '--max-time',
      '10s',
      '--json',
      '--quiet',
      '--no-report',
      '--results',
      folder,
      ...runArguments,
    ],
    { reject: false },
  )
  const record = JSON.parse(stdout) as Pick<RunRecord, 'comparisons' | 'phasesNs'>
  const find = (path: string) =>
    record.comparisons.find((one) => one.path === path && one.metric === 'throughputPps')
  const redirect = find('redirect')
  const control = find('control')
  if (redirect === undefined || control === undefined) throw new Error('the run has no throughput comparison')
  const { estimate, low, high } = redirect.ratio
  if (low === null || high === null) throw new Error('the run has no interval')
  const halfWidth = (Math.log(high) - Math.log(low)) / 2
  const measuringS = ((record.phasesNs.measuring ?? 0) + (record.phasesNs.warmup ?? 0)) / 1e9
  return {
    estimate: Math.log(estimate),
    halfWidth,
    text: `redirect / stack ${estimate.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)}, ±${percent(halfWidth)}), control ${control.ratio.estimate.toFixed(4)} ${control.verdict}, ${measuringS.toFixed(1)} s of blocks`,
    isControlEquivalent: control.verdict === 'equivalent',
  }
}

try {
  const outcomes: Outcome[] = []
  for (let run = 0; run < Number(runs); run += 1) {
    const outcome = await measure()
    outcomes.push(outcome)
    console.log(`run ${run + 1}: ${outcome.text}`)
  }
  const pairs = outcomes.flatMap((a, index) => outcomes.slice(index + 1).map((b) => [a, b] as const))
  const agreeing = pairs.filter(
    ([a, b]) => Math.abs(a.estimate - b.estimate) <= Math.hypot(a.halfWidth, b.halfWidth),
  )
  const widths = outcomes.map(({ halfWidth }) => halfWidth).toSorted((a, b) => a - b)
  console.log(`half-width of the interval: median ±${percent(widths[Math.floor(widths.length / 2)] ?? NaN)}`)
  console.log(`pairs of runs that agree: ${agreeing.length} of ${pairs.length}`)
  console.log(
    `control equivalent: ${outcomes.filter((one) => one.isControlEquivalent).length} of ${outcomes.length}`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
