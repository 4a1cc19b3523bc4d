/** Measures a scenario for one who sits at a terminal: progress, Ctrl-C, the summary, the report. */
import { randomInt } from 'node:crypto'
import { exitCodes } from '../../host/errors.ts'
import type { RunRecord } from '../../record/record.ts'
import type { RunOptions } from '../../run/settings.ts'
import type { SessionInput, SessionResult } from '../../run/session.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { explainCommand } from '../../run/command-text.ts'
import { glance } from '../terminal/glance.ts'
import { warningLine } from '../terminal/glance-warning.ts'
import { type MeasuringFlags, optional } from '../options/measuring-options.ts'
import { whileInterruptible } from '../terminal/interruption.ts'
import { columnsOf, print, tell } from '../terminal/output.ts'
import { createDisplay } from '../terminal/progress-display.ts'
import { requirePlaces } from './require-places.ts'
import { requireRoot } from './root.ts'
import { summary, warningLines } from '../terminal/summary.ts'

export interface MeasureInput {
  readonly scenario: Scenario
  /** The command, as it was given up to its options. */
  readonly asked: SessionInput['asked']
  readonly options: RunOptions
  /** Where it is not this machine's kernel. */
  readonly kernels?: SessionInput['kernels']
  readonly flags: Pick<MeasuringFlags, 'cpus' | 'wait' | 'results' | 'report'> &
    Partial<Pick<MeasuringFlags, 'reports'>> & {
      readonly quiet?: true
      readonly trace?: true
    }
}

/** Done with the result while nothing else loads the machine: a report is computing, too. */
type Afterwards = (measured: Measured) => Promise<void>

export interface Measured extends SessionResult {
  readonly isInterrupted: boolean
}

/** Measures, with progress on stderr; a Ctrl-C ends the run after its block, a second one at once. */
export async function measure(
  { scenario, asked, options, flags, kernels }: MeasureInput,
  afterwards: Afterwards = () => Promise.resolve(),
): Promise<Measured> {
  requireRoot('run a scenario')
  requirePlaces(flags)
  const { measureScenario } = await import('../../run/session.ts')
  const display = createDisplay(flags)
  try {
    return await whileInterruptible(display.warning, async (signal) => {
      const withEnd = (result: SessionResult): Measured => ({ ...result, isInterrupted: signal.aborted })
      const result = await measureScenario({
        scenario,
        asked,
        options: { ...options, seed: options.seed ?? randomInt(2 ** 32) },
        ...optional('cpus', flags.cpus),
        ...optional('kernels', kernels),
        mayWait: flags.wait,
        isTraced: flags.trace ?? false,
        resultsFolder: flags.results,
        progress: display,
        signal,
        besideFirstBuild: async () =>
          flags.report ? (await import('./report.ts')).loadRenderer() : undefined,
        afterwards: async (done) => {
          display.end()
          await afterwards(withEnd(done))
        },
      })
      return withEnd(result)
    })
  } finally {
    display.end()
  }
}

/** What a command shows of a run in place of its summary, and adds to its JSON. */
export interface Presentation {
  readonly text: string
  readonly json: object
}

/** Shows what was found, and writes the report. */
export async function present(
  { record, folder }: Pick<Measured, 'record' | 'folder'>,
  flags: Pick<MeasuringFlags, 'json' | 'markdown' | 'verbose' | 'report' | 'reports'>,
  own?: Presentation,
): Promise<void> {
  const found = await foundText(record, flags, own)
  if (found !== '') print(found)
  const isBrief = own === undefined && !flags.json && !flags.markdown && !flags.verbose
  const warnings = isBrief
    ? warningLine(record, columnsOf(process.stderr), process.stderr)
    : warningLines(record, process.stderr)
  for (const line of warnings) tell(line)
  tell(folder === undefined ? '' : `\nresult  ${folder}`)
  for (const line of explainLines(record)) tell(line)
  if (flags.report) tell(`report  ${await writeReport(record, flags.reports)}`)
  if (isBrief) tell('more    figures in full by --verbose, Markdown for a pull request by --markdown')
}

/** How to see where the packets of a path end that delivers nothing. */
const explainLines = ({ paths, request }: RunRecord): string[] =>
  request?.command !== 'run' || request.kernels !== undefined
    ? []
    : paths
        .filter(({ status, diagnosis }) => status === 'invalid' && diagnosis !== undefined)
        .map(({ name }) => `why     ${explainCommand(request, name)}`)

async function foundText(
  record: RunRecord,
  flags: Pick<MeasuringFlags, 'json' | 'markdown' | 'verbose'>,
  own: Presentation | undefined,
): Promise<string> {
  if (flags.json) return JSON.stringify({ ...withoutRawSamples(record), ...own?.json }, null, 2)
  if (flags.markdown) {
    const { markdown } = await import('../../export/markdown.ts')
    return markdown(record, { all: false }, []).trimEnd()
  }
  if (own !== undefined) return own.text
  return flags.verbose ? summary(record) : glance(record, columnsOf(process.stdout)).join('\n')
}

async function writeReport(record: RunRecord, folder: string): Promise<string> {
  const { saveReport } = await import('./report.ts')
  return saveReport(record, folder)
}

/** The record that --json prints. */
function withoutRawSamples(record: RunRecord): Partial<RunRecord> {
  const { trials: _trials, blocks: _blocks, rounds: _rounds, ...rest } = record
  return rest
}

/** The exit code that a run's record and end call for. @throws BenchError what ended the run early */
export function exitCodeFor({ record, failure, isInterrupted }: Measured): number {
  if (failure !== undefined) throw failure
  if (isInterrupted) return exitCodes.interrupted
  return record.paths.some(({ status }) => status === 'invalid') ? exitCodes.failed : exitCodes.ok
}
