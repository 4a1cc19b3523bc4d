/** What commands have in common that offer packets at given rates: how they begin, how they end. */
import { randomInt } from 'node:crypto'
import { type BenchError, exitCodes, tellingFirst } from '../../host/errors.ts'
import type { PathRecord } from '../../record/record.ts'
import type { RateSessionInput } from '../../run/rate-session.ts'
import { findScenario } from '../../scenario/find.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { type ChangeFlags, changesOf } from '../options/change-options.ts'
import { optional } from '../options/measuring-options.ts'
import { parseCount, parsePayload } from '../options/option-values.ts'
import type { RateFlags } from '../options/rate-options.ts'
import { whileInterruptible } from '../terminal/interruption.ts'
import { columnsOf, print, tell } from '../terminal/output.ts'
import { createDisplay } from '../terminal/progress-display.ts'
import { loadForRun } from './check-scenario.ts'
import { requirePlaces } from './require-places.ts'
import { requireRoot } from './root.ts'

/** Tells people how it goes, unless they want no progress. */
export type Say = (text: string) => void

export interface RateEnd {
  readonly folder: string
  readonly paths: readonly Pick<PathRecord, 'status'>[]
  readonly failure?: BenchError
}

export interface RateCommand {
  readonly command: string
  readonly maxTimeS: number
  /** What is said before it begins. */
  readonly begins: (scenario: Scenario) => string
  readonly measure: (
    input: RateSessionInput,
    say: Say,
    ended: (end: RateEnd, result: RateResult) => Promise<void>,
  ) => Promise<void>
}

/** What was found, for people, for programs and as a page; each made when it is asked for. */
export interface RateResult {
  readonly text: (columns: number) => string
  readonly json: () => Promise<unknown>
  /** @returns the file @throws BenchError `failed` if it cannot be written */
  readonly save: (reports: string) => Promise<string>
}

/** @throws BenchError what is wrong, what broke, and `usage` */
export async function measureRates(
  scenarioName: string,
  flags: RateFlags & ChangeFlags,
  { command, maxTimeS, begins, measure }: RateCommand,
): Promise<void> {
  const seed =
    flags.seed === undefined ? randomInt(2 ** 32) : parseCount('--seed', flags.seed, 0, 2 ** 32 - 1)
  const payloadBytes = flags.payload === undefined ? undefined : parsePayload(flags.payload)
  requireRoot(command)
  const changes = changesOf(flags)
  const scenario = await loadForRun(findScenario(scenarioName), changes)
  const display = createDisplay(flags)
  const say = (text: string) => {
    if (!flags.quiet) display.warning(text)
  }
  requirePlaces(flags)
  say(begins(scenario))
  try {
    await whileInterruptible(display.warning, (signal) =>
      measure(
        {
          ...{ scenario, maxTimeS, seed, signal },
          asked: { scenario: scenarioName, ...(Object.keys(changes).length === 0 ? {} : { changes }) },
          ...optional('payloadBytes', payloadBytes),
          receiver: flags.receiver,
          ...optional('cpus', flags.cpus),
          mayWait: flags.wait,
          resultsFolder: flags.results,
          progress: display,
        },
        say,
        async (end, result) => {
          display.end()
          await tellingFirst(end.failure, present(result, end.folder, flags))
          process.exitCode = exitCodeOf(end, signal.aborted)
        },
      ),
    )
  } finally {
    display.end()
  }
}

async function present({ text, json, save }: RateResult, folder: string, flags: RateFlags): Promise<void> {
  print(flags.json === true ? JSON.stringify(await json(), null, 2) : text(columnsOf(process.stdout)))
  tell(`\nresult  ${folder}`)
  if (flags.report) tell(`report  ${await save(flags.reports)}`)
}

/** @throws BenchError what broke */
function exitCodeOf({ paths, failure }: RateEnd, isInterrupted: boolean): number {
  if (failure !== undefined) throw failure
  if (isInterrupted) return exitCodes.interrupted
  return paths.some(({ status }) => status === 'invalid') ? exitCodes.failed : exitCodes.ok
}
