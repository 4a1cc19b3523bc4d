/** `bench check`: gates held against a run. */
import type { Command } from 'commander'
import { readRunOrBaseline } from '../../keep/read-run-or-baseline.ts'
import { type Confirmed, confirm, timesToDecide, toConfirm } from '../../gates/confirm.ts'
import { gatesForRun } from '../../gates/gates-for-run.ts'
import { judge, type Judgement, type Outcome } from '../../gates/judge.ts'
import { defaultGatesFile } from '../../gates/read-gates.ts'
import { referenceFor } from '../../gates/reference.ts'
import type { Gate } from '../../gates/rule.ts'
import { BenchError, exitCodes } from '../../host/errors.ts'
import { defaultResults } from '../../host/project.ts'
import type { RunRecord } from '../../record/record.ts'
import { readRun } from '../../keep/store.ts'
import { checkJson } from './check-json.ts'
import { checkNotes } from './check-notes.ts'
import { confirmationTable, gateTable, outcomeLine } from '../terminal/gate-table.ts'
import { measureAgain } from './measure-again.ts'
import { print, printText, styled, tell } from '../terminal/output.ts'

interface Flags {
  readonly baseline?: string
  readonly gates?: string
  readonly confirm?: true
  readonly absolute?: true
  readonly json?: true
  readonly results: string
  readonly baselines: string
}

const help = `
Gates are lines in a scenario's \`gates:\`, or in ${defaultGatesFile} under the scenario's name:

  redirect-vs-stack:
    - valid                                 every path's proof holds
    - redirect.throughputPps.ratio >= 1.02  a path's ratio to the baseline path
    - redirect.rttNs.p50 <= 20us            a path's own value: ns, us, ms; pps, kpps, Mpps; req/s
    - regression <= 3%                      no headline metric of a candidate is worse by more,
                                            against --baseline; that is asked where no gate says another limit

A gate is held when the 95 % interval lies wholly on its right side, breached when it lies wholly beyond,
and undecided otherwise. What has no figure is never held: it is a breach where the path is invalid, where other paths
have the figure, or where the baseline had it. With several figures, intervals that a breach is judged by are widened (Holm), so that at
most 2.5 % of checks raise a false alarm. Another run is compared by its ratios to its own baseline path: the
speed of the machine is not in them.

Examples:
  sudo ./bench run redirect-vs-stack && ./bench check latest
  ./bench check latest --baseline main          against a named baseline (see bench baseline)
  ./bench check latest --baseline old/run.json  against a file
  sudo ./bench check latest --baseline main --confirm
                                                fail only if a second run says so too

Exit codes: 0 no gate is breached (some may be undecided), 2 wrong usage or gates, 4 a run to confirm
failed, 5 a gate is breached, 130 interrupted.`

/** Adds the command. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .summary('hold a run to its gates')
    .description(
      'Holds a run to the gates in its scenario and in a file of gates, judged on intervals; ends with 5 if one is breached.',
    )
    .argument('<run>', '`latest`, the id of a run or its start (see `bench list`), a folder, or a run.json')
    .option('--baseline <run>', 'what `regression` is judged against: a named baseline, a run, or a file')
    .option('--gates <file>', `gates by scenario (default: ${defaultGatesFile}, if there is one here)`)
    .option('--confirm', 'measure what is breached or undecided again, longer, before failing; needs root')
    .option('--absolute', 'compare absolute figures too; refused where the environments differ')
    .option('--json', 'print the outcome as JSON on stdout')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--baselines <folder>', 'where named baselines are kept', 'baselines')
    .addHelpText('after', help)
    .action(check)
}

async function check(run: string, flags: Flags): Promise<void> {
  const record = readRun(flags.results, run)
  const gates = requireGates(record, flags)
  const baseline =
    flags.baseline === undefined ? undefined : readRunOrBaseline(flags, flags.baseline, record.scenario)
  const isAbsolute = flags.absolute ?? false
  if (isAbsolute && baseline === undefined)
    throw new BenchError('Could not use --absolute: there is no other run to compare with', {
      trouble: 'usage',
      hint: 'name one with --baseline',
    })
  const show = flags.json === true ? () => undefined : printText
  const judgeOn = (one: RunRecord, some: readonly Gate[]) =>
    judge(some, one, referenceFor(one, baseline, isAbsolute))
  const first = judgeOn(record, gates)
  const notes = checkNotes(record, baseline, first, isAbsolute)
  // Before anything is written: a reader that has had enough, as `head` has, changes nothing of it.
  process.exitCode = exitCodeFor(first.map(({ outcome }) => outcome))
  show([gateTable(first), ...notes.map((note) => `${styled('dim', 'note')}  ${note}`)].join('\n'))

  const open = flags.confirm === true ? toConfirm(first) : []
  if (flags.confirm === true && open.length === 0)
    tell('Nothing is measured again: nothing is breached, nor would a run of reasonable length decide more')
  const fresh = open.length === 0 ? undefined : await freshRun(record, open, flags)
  const confirmed = fresh === undefined ? [] : confirmAll(open, fresh, judgeOn)
  if (confirmed.length > 0) show(`\n${confirmationTable(confirmed)}`)
  const outcomes = first.map(
    ({ gate, outcome }) => confirmed.find((one) => one.gate === gate)?.outcome ?? outcome,
  )
  process.exitCode = exitCodeFor(outcomes)
  show(`\n${outcomeLine(outcomes)}`)
  if (flags.json === true)
    print(JSON.stringify(checkJson({ record, baseline, fresh, first, confirmed, outcomes, notes }), null, 2))
}

const exitCodeFor = (outcomes: readonly Outcome[]): number =>
  outcomes.includes('breached') ? exitCodes.regression : exitCodes.ok

function freshRun(record: RunRecord, open: readonly Judgement[], { results }: Flags): Promise<RunRecord> {
  tell(`\nMeasuring again: ${open.map(({ gate }) => gate.text).join(', ')}`)
  return measureAgain({ record, times: timesToDecide(open), resultsFolder: results })
}

function confirmAll(
  open: readonly Judgement[],
  fresh: RunRecord,
  judgeOn: (record: RunRecord, gates: readonly Gate[]) => Judgement[],
): Confirmed[] {
  const again = judgeOn(
    fresh,
    open.map(({ gate }) => gate),
  )
  return open.map((judgement, index) => confirm(judgement, again[index]!))
}

/** @throws BenchError `usage` where gates are wrong, or there are none: nothing held is nothing passed */
function requireGates(record: RunRecord, { gates: file, baseline }: Flags): Gate[] {
  const gates = gatesForRun(record, file, baseline !== undefined)
  if (gates.length > 0) return gates
  throw new BenchError(`Could not check run ${record.runId}: there are no gates for ${record.scenario}`, {
    trouble: 'usage',
    hint: `name a run to hold it against with --baseline, or write gates in its scenario or in ${file ?? defaultGatesFile}; \`bench check --help\` shows how`,
  })
}
