/** `bench trace`: where the time of a path goes, station by station. */
import { type Command, Option } from 'commander'
import { defaultReports } from '../../host/project.ts'
import { savePage } from '../../keep/save-page.ts'
import { makeFolder } from '../../keep/store.ts'
import { type TracedKind, tracedKinds } from '../../record/trace.ts'
import { traceOf, usualTrace } from '../../run/trace-record.ts'
import { usualKind } from '../../run/traced-loads.ts'
import { findScenario } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import type { TracePage } from '../../trace/page/page.ts'
import { formatInstant } from '../../words/numbers.ts'
import { addChangeOptions, type ChangeFlags, changesOf, collect } from '../options/change-options.ts'
import { examplesText } from '../options/examples.ts'
import { parseCount, parsePayload } from '../options/option-values.ts'
import { print, tell } from '../terminal/output.ts'
import { traceText } from '../terminal/trace-text.ts'
import { waitingFor } from '../terminal/waiting.ts'
import { onlyPaths } from './only-paths.ts'
import { requireRoot } from './root.ts'
import { noWait } from '../options/no-wait.ts'

interface Flags extends ChangeFlags {
  readonly path?: readonly string[]
  readonly kind?: TracedKind
  readonly packets: string
  readonly payload: string
  readonly cpus?: string
  readonly cpu?: true
  readonly json?: true
  readonly wait: boolean
  readonly report: boolean
  readonly reports: string
}

const help = `
Packets of a ping-pong, on a schedule (paced) or of TCP (tcp-rr) are followed by BPF programs at tracepoints, netfilter's
hooks and the path's own programs, in trials that count for nothing. Trials with some of these
probes tell what probes take, and trials with none whether that is right. docs/tracing.md says what each station is.
${examplesText([
  ['sudo ./bench trace redirect-vs-stack', 'all paths beside each other'],
  ['sudo ./bench trace redirect-vs-stack --path stack --path redirect --packets 5000', 'two of them'],
  ['sudo ./bench trace redirect-vs-stack --kind tcp-rr', 'requests and answers over TCP'],
])}
Exit codes: 0 traced, 2 wrong usage or scenario, 3 this machine or kernel cannot, 4 no path could be traced.
A path that does not deliver all of its packets whole is left out, and why is said.`

/** Adds the command. */
export function addTrace(program: Command): void {
  const command = program
    .command('trace')
    .summary('show where the time goes, station by station')
    .description(
      'Follows packets through client, router and server, and shows the stations of the kernel that each path passes, and the time between them. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .option('--path <path>', 'trace this path; can be repeated (default: all)', collect)
    .addOption(
      new Option('--kind <trial>', 'what is sent (default: round trips of what the scenario sends)').choices(
        tracedKinds,
      ),
    )
    .option('--packets <n>', 'requests on each path', String(usualTrace.packets))
    .option('--payload <bytes>', 'bytes of payload in each packet or message', '64')
    .option('--cpus <a,b>', 'CPUs of sender and receiver, as of `bench run`')
    .option('--cpu', "also say where the sender's CPU is in a flood, by perf")
    .option(...noWait)
    .option('--json', 'write the trace as JSON')
    .option('--no-report', 'write no page')
    .option('--reports <folder>', 'where pages are written', defaultReports)
  addChangeOptions(command).addHelpText('after', help).action(trace)
}

async function trace(scenarioName: string, flags: Flags): Promise<void> {
  const scenario = onlyPaths(loadScenario(findScenario(scenarioName), changesOf(flags)), flags.path)
  const packets = parseCount('--packets', flags.packets, 1, 100_000)
  const payloadBytes = parsePayload(flags.payload, scenario.family)
  requireRoot('trace packets')
  if (flags.report) makeFolder(flags.reports, '--reports')
  const order = { ...usualTrace, load: flags.kind ?? usualKind(scenario.load), packets, payloadBytes }
  const { traceScenario } = await import('../../run/trace-session.ts')
  const traces = await traceScenario({
    ...{ scenario, ...order },
    isFloodSampled: flags.cpu ?? false,
    waiting: waitingFor(`trace ${scenario.name}`, flags.wait),
    ...(flags.cpus === undefined ? {} : { cpus: flags.cpus }),
  })
  const result = traceOf(traces, order)
  const { name, title } = scenario
  const { kernel } = traces
  print(
    flags.json === true
      ? JSON.stringify({ scenario: name, title, kernel, ...result }, undefined, 2)
      : traceText(title, result),
  )
  if (flags.report)
    tell(`\nreport  ${await saveTrace({ scenario: name, title, kernel, trace: result }, flags.reports)}`)
}

/** @returns the file @throws BenchError `failed` if it cannot be written */
async function saveTrace(page: Omit<TracePage, 'when'>, reports: string): Promise<string> {
  const { renderTrace } = await import('../../trace/page/page.ts')
  const now = new Date().toISOString()
  const name = `trace-${now.replaceAll(/[-:]|\.\d+/g, '')}`
  return savePage(reports, page.scenario, name, renderTrace({ ...page, when: formatInstant(now) }))
}
