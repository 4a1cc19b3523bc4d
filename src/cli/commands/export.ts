/** `bench export`: a run in the formats of other tools. */
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type Format, formats } from '../../export/formats.ts'
import { type FigureKind, figureKinds } from '../../export/figures.ts'
import { validitiesOf } from '../../export/validity.ts'
import { inRepository, scenarioFileOf } from '../../export/scenario-file.ts'
import { defaultGatesFile } from '../../gates/read-gates.ts'
import { BenchError, exitCodes } from '../../host/errors.ts'
import { defaultResults } from '../../host/project.ts'
import type { RunRecord } from '../../record/record.ts'
import { deliveryClause } from '../../words/delivery-words.ts'
import { soundnessWords } from '../../words/soundness-words.ts'
import { readRun } from '../../keep/store.ts'
import { type GateFlags, judgedGates } from './export-gates.ts'
import { requireTaken } from '../options/export-options.ts'
import { append, summaryFileOf, write } from './export-places.ts'
import { printExport, tell } from '../terminal/output.ts'
import { textTable } from '../terminal/text-table.ts'

interface Flags extends GateFlags {
  readonly format: string
  readonly output?: string
  readonly all?: true
  readonly only?: FigureKind
  readonly samples?: true
  readonly summary?: true
  readonly scenarioFile?: string
}

const formatTable = textTable(
  [
    { title: 'Format', align: 'left' },
    { title: 'for', align: 'left' },
  ],
  formats.map(({ name, purpose }) => [`  ${name}`, purpose]),
)

const help = `
${formatTable}

Unless --all is given, figures are the headline metrics of the baseline and the candidates: control and floor
are there to check a run. Ratios to the baseline path hold from machine to machine; absolute values do not, so
on shared runners --only ratio raises fewer false alarms. Paths that are skipped, invalid, or lack figures that
others have, have none. Formats of numbers carry beside them whether a path is valid, 1 or 0.

Gates of the scenario and of ${defaultGatesFile} are judged as \`bench check\` does; where there are none, junit and
github-annotations count a candidate that is slower than the baseline path as a failure.

Examples:
  bench export latest --format markdown --summary              into the summary of a GitHub job
  bench export latest --format junit -o build/bench.xml
  bench export latest --format github-action-benchmark-bigger --only ratio -o bigger.json
  bench export old --format go -o old.txt; bench export new --format go -o new.txt; benchstat old.txt new.txt
  bench export latest --format csv --samples -o samples.csv

Exit codes: 0 exported, 2 wrong usage or no such run, 4 the run has nothing for the format, or a file could
not be written, or (github-action-benchmark, bencher, go) it is written and a path in it is invalid, which what
reads these formats may pass over. Otherwise what a run found does not change the exit code: \`bench check\` judges.`

/** Adds the command. */
export function addExport(program: Command): void {
  program
    .command('export')
    .summary('write a run in the format of another tool')
    .description('Writes a run in a format that CI services and other tools read, on stdout or to a file.')
    .argument('<run>', '`latest`, the id of a run or its start (see `bench list`), a folder, or a run.json')
    .addOption(
      new Option('--format <format>', 'which format; see below')
        .choices(formats.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'write to a file, instead of stdout')
    .option('--all', 'every metric of every path')
    .addOption(
      new Option('--only <kind>', 'only ratios to the baseline, or only absolute values').choices(
        figureKinds,
      ),
    )
    .option('--samples', 'csv: every sample, instead of the summary')
    .option('--summary', 'markdown: append to the file that GITHUB_STEP_SUMMARY names, instead of stdout')
    .option(
      '--scenario-file <file>',
      'github-annotations: the scenario in the repository (default: the file that was run)',
    )
    .option(
      '--baseline <run>',
      'what gates that say `regression` are judged against: a named baseline, a run, or a file',
    )
    .option('--gates <file>', `gates by scenario (default: ${defaultGatesFile}, if there is one here)`)
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--baselines <folder>', 'where named baselines are kept', 'baselines')
    .addHelpText('after', help)
    .action(exportRun)
}

function exportRun(run: string, flags: Flags): void {
  const format = formats.find(({ name }) => name === flags.format)!
  requireTaken(format, {
    all: flags.all,
    only: flags.only,
    gates: flags.gates,
    baseline: flags.baseline,
    samples: flags.samples,
    summary: flags.summary,
    'scenario-file': flags.scenarioFile,
  })
  const summaryFile = flags.summary === true ? summaryFileOf(process.env) : undefined
  const record = readRun(flags.results, run)
  const repository = process.env.GITHUB_WORKSPACE ?? process.cwd()
  const selection = {
    all: flags.all ?? false,
    ...(flags.only === undefined ? {} : { only: flags.only }),
  }
  const text = format.render(record, {
    ...selection,
    samples: flags.samples ?? false,
    gateChecks: format.takes.includes('gates') ? judgedGates(record, flags, repository) : [],
    scenarioFile: scenarioFile(record, flags.scenarioFile, repository),
  })
  for (const note of notesOn(record)) tell(note)
  if (text === '' && format.mayBeEmpty !== true) throw nothingFor(record, format)
  if (summaryFile !== undefined) append(summaryFile, text)
  if (flags.output !== undefined) write(flags.output, text)
  else if (summaryFile === undefined && text !== '') printExport(text.trimEnd())
  // What reads these formats judges numbers alone, and would find nothing wrong.
  if (format.isOfNumbers === true && validitiesOf(record, selection).some(({ isValid }) => !isValid))
    process.exitCode = exitCodes.failed
}

/** Annotations name files from the top of the repository. */
const scenarioFile = (
  record: RunRecord,
  given: string | undefined,
  repository: string,
): string | undefined =>
  given === undefined
    ? scenarioFileOf(record, repository, process.cwd())
    : (inRepository(resolve(given), repository) ?? given)

/** What a reader of the export cannot see in it. */
const notesOn = (record: RunRecord): string[] => [
  ...(record.complete ? [] : ['the run is partial: it was interrupted or failed']),
  ...record.paths.flatMap((path) => {
    const trouble = soundnessWords(record, path)
    if (trouble !== undefined) return [`${path.name} has no figures: it ${trouble}`]
    const lost = deliveryClause(record, path)
    return lost === undefined ? [] : [`${path.name} ${lost}`]
  }),
]

const nothingFor = ({ runId }: RunRecord, { name }: Format): BenchError =>
  new BenchError(`Could not export run ${runId} as ${name}: it has nothing for this format`, {
    trouble: 'failed',
    hint: 'a run whose paths were not measured has no figures; one that was stripped of its trials has no samples',
  })
