/** `bench soak`: a given rate for a given time. */
import type { Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { savePage } from '../../keep/save-page.ts'
import type { Soak } from '../../record/soak.ts'
import { formatRate } from '../../words/numbers.ts'
import { roughTime } from '../../words/wall-time.ts'
import { addChangeOptions, type ChangeFlags } from '../options/change-options.ts'
import { parseRate, parseSeconds } from '../options/option-values.ts'
import { addRateOptions, type RateFlags } from '../options/rate-options.ts'
import { soakText } from '../terminal/soak-text.ts'
import { measureRates } from './rate-session.ts'

const help = `
Examples:
  sudo ./bench soak redirect-vs-stack --rate 100k --time 1h
  sudo ./bench soak redirect-vs-stack --rate 20k --time 10m --only redirect

Paths take turns of a second. Losses, who lost them, and percentiles of the delay are kept by the minute, and so is the
kernel's memory; of a soak of less than ten minutes by tenths of it, and of more than ten hours by longer stretches,
so that what is kept is bounded. It is written as it goes: one that was interrupted, or killed, keeps what it measured.

Exit codes: 0 measured, 2 wrong usage or scenario, 3 this machine cannot, 4 it failed or a path is invalid,
130 interrupted.`

interface SoakFlags extends RateFlags, ChangeFlags {
  readonly rate: string
  readonly time: string
}

/** Adds the command. */
export function addSoak(program: Command): void {
  const command = program
    .command('soak')
    .summary('offer a given rate for a long time')
    .description(
      'Offers packets at a given rate for a given time, paths in turns: loss and delay by the minute, what drifts, and what the kernel holds more of. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .requiredOption('--rate <pps>', 'packets a second, as in 100k')
    .option('--time <time>', 'for how long, over all paths, as in 30m or 8h', '10m')
  addRateOptions(addChangeOptions(command)).addHelpText('after', help).action(soak)
}

const longestS = 7 * 24 * 3600

/** @throws BenchError `usage` */
function timeOf(text: string): number {
  const hours = /^(\d+(?:\.\d+)?)\s*h$/.exec(text)
  const timeS = hours === null ? parseSeconds('--time', text) : Number(hours[1]) * 3600
  if (timeS >= 2 && timeS <= longestS) return timeS
  throw new BenchError(`Could not use --time ${text}: expected 2 s to 168 h`, { trouble: 'usage' })
}

async function soak(scenarioName: string, flags: SoakFlags): Promise<void> {
  const ratePps = parseRate('--rate', flags.rate)
  const timeS = timeOf(flags.time)
  await measureRates(scenarioName, flags, {
    command: 'soak',
    // It ends by itself; what is beyond is for a machine that cannot keep up.
    maxTimeS: timeS * 1.5 + 30,
    begins: ({ paths }) => `soaking ${paths.length} paths at ${formatRate(ratePps)}: ${roughTime(timeS)}`,
    measure: async (input, _, ended) => {
      const { measureSoak } = await import('../../run/soak-session.ts')
      await measureSoak({
        ...input,
        ...{ ratePps, timeS },
        afterwards: ({ soak: done, ...end }) =>
          ended(
            { ...end, paths: done.paths },
            {
              text: (columns) => soakText(done, columns),
              json: async () => (await import('../../soak/json.ts')).soakJson(done),
              save: (reports) => saveSoakReport(done, reports),
            },
          ),
      })
    },
  })
}

/** @returns the file @throws BenchError `failed` if it cannot be written */
export async function saveSoakReport(done: Soak, reports: string): Promise<string> {
  const { renderSoak } = await import('../../soak/page.ts')
  return savePage(reports, done.scenario, done.soakId, await renderSoak(done))
}
