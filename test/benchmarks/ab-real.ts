/**
 * How well `bench ab` judges real runs: of a program against itself, and against one that is slower by a
 * known cost.
 *
 *   sudo node test/benchmarks/ab-real.ts [same|slower] [runs] [options of bench ab…]
 *
 * The same program is bpf/redirect.bpf.c. The slower one is it with a loop before it redirects, against a base
 * with a shorter loop; how much longer is chosen so that it takes 3 % of what a packet costs the sender's CPU.
 * What the turns cost in truth is taken from BPF_PROG_TEST_RUN between the trials of every run, and from all runs
 * together, as each knows it to some 5 ns alone. A base without a loop would not do: what a processor does while
 * the last turns wait for each other, some 20 ns, is not the same in a run of the program alone and on a packet's way.
 * Of two loops that difference takes it out.
 *
 * The machine has to be quiet.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { headlinesOf } from '../../src/ab/regression.ts'
import { exitCodes } from '../../src/host/errors.ts'
import { listRuns, readRun } from '../../src/keep/store.ts'
import type { Comparison, RunRecord } from '../../src/record/record.ts'
import { bench, inProject } from '../netns/bench-command.ts'
import { builtFrom, changedText } from '../netns/own-scenario.ts'

const [mode = 'same', runs = '20', ...options] = process.argv.slice(2)
if (mode !== 'same' && mode !== 'slower') throw new Error(`${mode}: expected "same" or "slower"`)

const slowness = 0.03
/** Longer than what a processor has under way at once. */
const baseTurns = 60
const firstTurns = baseTurns + 50

const folder = mkdtempSync(join(tmpdir(), 'pathbench-ab-'))
const version = (name: string): string => join(folder, name)

/** A copy of the scenario whose program makes so many turns of a loop for every packet it redirects. */
function writeVersion(name: string, turns: number): string {
  const place = version(name)
  mkdirSync(place, { recursive: true })
  const program = ['paths', 'redirect', 'programs', 0]
  const scenario = changedText('redirect-vs-stack', [
    [[...program, 'object'], 'delayed.bpf.c'],
    [[...program, 'sample'], { source: '10.10.2.11:40000', destination: '10.10.3.20:7000' }],
  ])
  const file = join(place, 'delayed.yaml')
  writeFileSync(file, scenario)
  writeFileSync(join(place, 'delayed.bpf.c'), withLoop(turns))
  return file
}

/**
 * The program with a loop that has to end before it knows where to: multiplications by a number and its
 * inverse (mod 2³²), each of which waits for the one before.
 */
function withLoop(turns: number): string {
  const source = readFileSync(inProject('bpf', 'redirect.bpf.c'), 'utf8')
  const place = '\treturn bpf_redirect(hop->ifindex, 0);'
  if (!source.includes(place)) throw new Error('bpf/redirect.bpf.c redirects otherwise than it did')
  const loop = `\t__u32 ifindex = hop->ifindex;

	for (int turn = 0; turn < ${turns}; turn++) {
		ifindex *= 1664525;
		barrier_var(ifindex);
		ifindex *= 4276115653;
		barrier_var(ifindex);
	}
	return bpf_redirect(ifindex, 0);`
  return turns === 0 ? source : source.replace(place, loop)
}

interface Judged {
  /** Of the first run, and of the second where there was one. */
  readonly records: readonly RunRecord[]
  readonly exitCode: number | undefined
}

async function judge(head: string, results: string, words: readonly string[]): Promise<Judged> {
  const resultsFolder = join(folder, results)
  const { exitCode, stderr } = await bench([
    ...['ab', head, '--base', version('base'), '--path', 'redirect'],
    ...['--results', resultsFolder, '--no-report', '--quiet', ...words],
  ])
  if (exitCode !== exitCodes.ok && exitCode !== exitCodes.regression)
    throw new Error(`bench ab ended with ${exitCode}:\n${stderr}`)
  return {
    records: listRuns(resultsFolder).map((run) => readRun(resultsFolder, run.folder)),
    exitCode,
  }
}

const comparisonOf = ({ comparisons }: RunRecord, path: string, metric: string): Comparison => {
  const found = comparisons.find((one) => one.path === path && one.metric === metric)
  if (found === undefined) throw new Error(`the run has no ${metric} of ${path}`)
  return found
}

const costOf = ({ estimates }: RunRecord, path: string): number =>
  estimates.find((one) => one.path === path && one.metric === 'costNs')?.estimate ?? NaN

const programCostOf = ({ derived }: RunRecord, path: string): number =>
  derived.programCost?.find((one) => one.path === path)?.estimate ?? NaN

const extraNsOf = (record: RunRecord): number => programCostOf(record, 'head') - programCostOf(record, 'base')

const measuringS = (record: RunRecord): number =>
  ((record.phasesNs.measuring ?? 0) + (record.phasesNs.warmup ?? 0)) / 1e9

const percent = (ratio: number | null): string => (ratio === null ? '–' : ((ratio - 1) * 100).toFixed(2))

/** What a run of the program with so many turns costs more than the base's, and a packet on the base, ns. */
async function costsWith(turns: number): Promise<{ readonly extraNs: number; readonly packetNs: number }> {
  const results = `calibration-${turns}`
  const { records } = await judge(writeVersion('calibration', turns), results, ['--no-confirm', ...options])
  const [record] = records
  if (record === undefined) throw new Error('the calibration has no record')
  return { extraNs: extraNsOf(record), packetNs: costOf(record, 'base') }
}

/** How many turns take the share `slowness` of what a packet costs on the base. */
async function calibrate(): Promise<number> {
  let turns = firstTurns
  for (let step = 0; step < 2; step += 1) {
    const { extraNs, packetNs } = await costsWith(turns)
    console.log(
      `${turns - baseTurns} turns take ${extraNs.toFixed(1)} ns, a packet on the base ${packetNs.toFixed(0)} ns`,
    )
    turns = baseTurns + Math.round(((turns - baseTurns) * slowness * packetNs) / extraNs)
  }
  console.log(`${turns - baseTurns} turns make it ${slowness * 100} % slower`)
  return turns
}

/** What a run says of the cost, to be held against what all runs say of the truth. */
interface Claim {
  readonly low: number
  readonly high: number
  readonly packetNs: number
  readonly extraNs: number
}

const claimOf = (record: RunRecord): Claim => {
  const { low, high } = comparisonOf(record, 'head', 'costNs').ratio
  return {
    low: low ?? -Infinity,
    high: high ?? Infinity,
    packetNs: costOf(record, 'base'),
    extraNs: extraNsOf(record),
  }
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function tell(run: number, { records, exitCode }: Judged): void {
  const lines = records.map((record) => {
    const { packetNs, extraNs } = claimOf(record)
    const figures = (['costNs', 'throughputPps'] as const).map((metric) => {
      const { ratio, margin } = comparisonOf(record, 'head', metric)
      return `${metric} ${percent(ratio.estimate)} % (${percent(ratio.low)} to ${percent(ratio.high)}), margin ${percent(1 + margin)}`
    })
    const slower = headlinesOf(record.comparisons)
      .filter(({ verdict }) => verdict === 'slower')
      .map(({ metric }) => metric)
    return `${figures.join('; ')}; a packet on the base ${packetNs.toFixed(0)} ns, the program ${extraNs.toFixed(1)} ns more; slower: ${slower.join(', ') || 'none'}`
  })
  const verdict = exitCode === exitCodes.regression ? 'REGRESSION' : 'none'
  const spentS = records.reduce((sum, record) => sum + measuringS(record), 0)
  console.log(`${run}: ${verdict}, ${spentS.toFixed(1)} s\n   ${lines.join('\n   ')}`)
}

function summarise(judged: readonly Judged[]): void {
  const detected = judged.filter(({ exitCode }) => exitCode === exitCodes.regression)
  // What the first run does not suspect is not measured again.
  const suspected = judged.filter(({ records }) => records.length > 1)
  console.log(
    `${mode}: ${detected.length} of ${judged.length} found to be regressions (${suspected.length} were measured again)`,
  )
  const claims = judged.flatMap(({ records }) => records.map(claimOf))
  const extraNs = mode === 'same' ? 0 : middle(claims.map((claim) => claim.extraNs))
  const holding = claims.filter(
    ({ low, high, packetNs }) => low <= 1 + extraNs / packetNs && 1 + extraNs / packetNs <= high,
  )
  console.log(
    `the loop's true cost (${extraNs.toFixed(1)} ns) lies in the 95 % interval: ${holding.length} of ${claims.length}`,
  )
  const seconds = judged.map(({ records }) => records.reduce((sum, record) => sum + measuringS(record), 0))
  console.log(
    `seconds of measuring: median ${middle(seconds).toFixed(1)}, most ${Math.max(...seconds).toFixed(1)}`,
  )
}

try {
  writeVersion('base', mode === 'same' ? 0 : baseTurns)
  const head = mode === 'same' ? writeVersion('same', 0) : writeVersion('slower', await calibrate())
  const judged: Judged[] = []
  for (let run = 1; run <= Number(runs); run += 1) {
    const outcome = await judge(head, `run-${run}`, options)
    judged.push(outcome)
    tell(run, outcome)
  }
  summarise(judged)
} finally {
  for (const name of ['base', 'same', 'slower', 'calibration'])
    for (const built of builtFrom(version(name))) rmSync(built, { recursive: true })
  rmSync(folder, { recursive: true })
}
