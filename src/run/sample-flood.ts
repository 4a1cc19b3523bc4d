/** Where the sender's thread spends a flood: samples of its CPU by perf, where the machine has that. */
import { type ToolFailure, type ToolSuccess, tryTool } from '../host/tool.ts'
import { endsOf } from '../load/ends.ts'
import type { Generator } from '../load/generator.ts'
import { enginesOf } from '../scenario/engines.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { type CpuShare, parsePerfReport } from '../trace/perf-report.ts'

export interface FloodTools {
  readonly sandbox: Sandbox
  readonly generator: Pick<Generator, 'runBlock'>
  readonly scenario: Pick<Scenario, 'place' | 'load'>
  readonly senderCpu: number
}

/** Functions by their share of the samples; or why there are none. */
export type FloodSamples = { readonly shares: readonly CpuShare[] } | { readonly missing: string }

const recordS = 1
/** A clock of software: virtual machines often have no counters of cycles. */
const samplesPerS = 4000
const file = '/run/flood.perf'
/** However long perf takes to end. */
const floodsMax = 2000

export async function sampleFlood(
  { sandbox, generator, scenario, senderCpu }: FloodTools,
  path: ScenarioPath,
  payloadBytes: number,
): Promise<FloodSamples> {
  const perf = async (...words: string[]): Promise<ToolSuccess | ToolFailure> =>
    await tryTool(sandbox.enter(['perf', ...words]))
  const end = new AbortController()
  const recording = perf(
    ...['record', '--quiet', '--event', 'cpu-clock', '--freq', String(samplesPerS)],
    ...['--cpu', String(senderCpu), '--output', file, '--', 'sleep', String(recordS)],
  ).finally(() => {
    end.abort()
  })
  const [engine] = enginesOf(scenario.load)
  const flood = {
    kind: 'flood',
    ...(engine === undefined ? {} : { engine: engine.name }),
    payloadBytes,
    packets: 2000,
    path: endsOf(scenario.place, path.name),
  } as const
  for (let floods = 0; !end.signal.aborted && floods < floodsMax; floods += 1)
    await generator.runBlock([flood])
  const recorded = await recording
  if (recorded.state === 'failed') return { missing: whyNot(recorded) }
  const report = await perf(
    ...['report', '--input', file, '--stdio', '--no-children', '--comms', 'udpgen'],
    ...['--fields', 'overhead,sym', '--field-separator', '\t'],
  )
  return report.state === 'failed' ? { missing: whyNot(report) } : { shares: parsePerfReport(report.stdout) }
}

const whyNot = ({ exitCode, stderr }: ToolFailure): string => {
  const [line = ''] = stderr.trim().split('\n')
  return exitCode === 127 || line.includes('No such file') ? 'perf is not installed' : `perf: ${line}`
}
