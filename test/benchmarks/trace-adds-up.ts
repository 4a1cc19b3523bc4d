/**
 * Whether traces tell the truth: how far the sum of stations is from the delay without probes, how many packets are
 * followed whole, and how often two paths' sums differ by as much as a run measures.
 *
 *   sudo node test/benchmarks/trace-adds-up.ts [tries] [arguments of bench run…]
 *
 * A try is one `bench run --trace` of redirect-vs-stack with a ping-pong alone, for 10 s unless the arguments say otherwise.
 * Delays are those of its rounds (forwardNs.p50), sums those of the trace behind them. A sum rests on trials with probes
 * alone (src/trace/calibration.ts), so that nothing makes the two agree but that both are right. Differences agree where
 * they are apart by no more than their half-widths, added in quadrature.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { parseDocument } from 'yaml'
import type { RunRecord } from '../../src/record/record.ts'
import type { TracedPath } from '../../src/record/trace.ts'
import { sumOf } from '../../src/trace/trace.ts'

const [tries = '10', ...runArguments] = process.argv.slice(2)
const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'pathbench-trace-adds-up-'))

const document = parseDocument(readFileSync(join(project, 'scenarios', 'redirect-vs-stack.yaml'), 'utf8'))
document.set('load', [{ kind: 'pingpong', packets: 250, payloadBytes: 64 }])
const scenario = join(folder, 'pingpong.yaml')
writeFileSync(scenario, document.toString())

type Delay = Readonly<Record<'estimate' | 'low' | 'high', number>>
type Whole<Value> = { readonly [Key in keyof Value]: Value[Key] | null }

const known = (delay: Whole<Delay> | undefined, what: string): Delay => {
  const { estimate = null, low = null, high = null } = delay ?? {}
  if (estimate === null || low === null || high === null) throw new Error(`${what} has no interval`)
  return { estimate, low, high }
}

const halfWidth = ({ low, high }: Delay): number => (high - low) / 2
const ns = (value: number): string => value.toFixed(0)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

interface Outcome {
  readonly line: string
  readonly isWithin: boolean
  readonly isWhole: boolean
  /** Whether its difference to the baseline agrees; undefined of the baseline. */
  readonly agrees: boolean | undefined
}

async function measure(): Promise<Outcome[]> {
  const { stdout } = await execa(
    join(project, 'bench'),
    [
      ...['run', scenario, '--trace', '--max-time', '10s', '--json', '--quiet', '--no-report'],
      ...['--results', folder, ...runArguments],
    ],
    { reject: false },
  )
  const { trace, estimates } = JSON.parse(stdout) as Pick<RunRecord, 'trace' | 'estimates'>
  if (trace === undefined) throw new Error('the run has no trace')
  const delayOf = (path: string): Delay =>
    known(
      estimates.find((one) => one.path === path && one.metric === 'forwardNs.p50'),
      `forwardNs.p50 of ${path}`,
    )
  const [baseline] = trace.paths
  if (baseline === undefined) throw new Error('the trace has no path')
  return trace.paths.map((path) => {
    const { there, untracedNs, whole, sent } = path
    const sum = there === undefined ? NaN : sumOf(there)
    const off = sum / untracedNs - 1
    const said = [
      `${path.path}: ${there?.stations.length ?? 0} stations, sum ${ns(sum)} ns, untraced ${ns(untracedNs)} ns (${percent(off)})`,
      `in the run ${ns(delayOf(path.path).estimate)} ns, whole ${whole} of ${sent}`,
    ]
    const shared = { isWithin: Math.abs(off) <= 0.1, isWhole: whole >= 0.99 * sent }
    if (path === baseline) return { ...shared, line: said.join(', '), agrees: undefined }
    const [traced, measured] = [
      [expectedOf(path), expectedOf(baseline)],
      [delayOf(path.path), delayOf(baseline.path)],
    ].map(([one, other]) => ({
      ns: one!.estimate - other!.estimate,
      halfWidth: Math.hypot(halfWidth(one!), halfWidth(other!)),
    }))
    const agrees = Math.abs(traced!.ns - measured!.ns) <= Math.hypot(traced!.halfWidth, measured!.halfWidth)
    const difference = [traced, measured].map((one) => `${ns(one!.ns)} ±${ns(one!.halfWidth)}`)
    said.push(
      `against ${baseline.path} ${difference[0]} traced, ${difference[1]} measured: ${agrees ? 'agrees' : 'differs'}`,
    )
    return { ...shared, line: said.join(', '), agrees }
  })
}

const expectedOf = ({ path, expectedNs }: TracedPath): Delay => known(expectedNs, `the trace of ${path}`)

try {
  const outcomes: Outcome[] = []
  for (let run = 0; run < Number(tries); run += 1) {
    const ofTry = await measure()
    outcomes.push(...ofTry)
    for (const { line } of ofTry) console.log(`try ${run + 1}, ${line}`)
  }
  const share = (of: readonly Outcome[], is: (outcome: Outcome) => boolean): string =>
    `${of.filter(is).length} of ${of.length}`
  const compared = outcomes.filter(({ agrees }) => agrees !== undefined)
  console.log(`sums within 10 % of the delay without probes: ${share(outcomes, ({ isWithin }) => isWithin)}`)
  console.log(`at least 99 % followed whole: ${share(outcomes, ({ isWhole }) => isWhole)}`)
  console.log(`differences that agree: ${share(compared, ({ agrees }) => agrees === true)}`)
} finally {
  rmSync(folder, { recursive: true })
}
