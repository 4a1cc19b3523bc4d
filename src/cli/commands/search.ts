/** `bench search`: how much each path can take. */
import type { Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { savePage } from '../../keep/save-page.ts'
import { knownGoals } from '../../mlrsearch/goal.ts'
import type { Search, SearchGoal } from '../../record/search.ts'
import { roughTime } from '../../words/wall-time.ts'
import { addChangeOptions, type ChangeFlags } from '../options/change-options.ts'
import { optional } from '../options/measuring-options.ts'
import { parsePercent, parseRate, parseSeconds } from '../options/option-values.ts'
import { highestPps } from '../../parts/loads/udp.ts'
import { addRateOptions, type RateFlags } from '../options/rate-options.ts'
import { foundLine, searchText } from '../terminal/search-text.ts'
import { measureRates } from './rate-session.ts'

const help = `
Examples:
  sudo ./bench search redirect-vs-stack                 no loss (ndr), and at most 0.5 % (pdr): some minutes
  sudo ./bench search redirect-vs-stack --quick         trials of 0.1 s, wider bounds: some 40 seconds
  sudo ./bench search redirect-vs-stack --goal pdr --loss 1%
  sudo ./bench search redirect-vs-stack --goal ndr --only redirect --max-time 2m

Multiple Loss Ratio search (RFC 9971), with the goals of FD.io CSIT: a trial of every path in turns, at the load
that tells most. What a path takes is given with the bounds that say so; where a bound is missing, or they
are too far apart, the result is called irregular, and why. What was not sent in time counts as lost; it is said
who lost what was lost: the path, the receiver's socket, or the generator.

Exit codes: 0 measured, 2 wrong usage or scenario, 3 this machine cannot, 4 it failed or a path is invalid,
130 interrupted (what was measured is kept).`

interface SearchFlags extends RateFlags, ChangeFlags {
  readonly goal: string
  readonly loss?: string
  readonly trial?: string
  readonly sum?: string
  readonly exceed?: string
  readonly width?: string
  readonly minRate: string
  readonly maxRate?: string
  readonly maxTime?: string
  readonly quick?: true
}

/** Adds the command. */
export function addSearch(program: Command): void {
  const command = program
    .command('search')
    .summary('find how much each path can take')
    .description(
      'Searches for the highest rate that each path takes without loss, or with little: by trials at loads that close in on it, paths in turns. Needs root.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .option('--goal <names>', 'ndr (no loss), pdr (partial drop rate), or both', 'ndr,pdr')
    .option('--loss <percent>', 'what pdr may lose (default: 0.5%)')
    .option('--trial <time>', 'how long a trial is (default: 1s)')
    .option('--sum <time>', 'of trials at a load, before it is known for what it is (default: 21s)')
    .option('--exceed <percent>', 'the share of trials that may lose more (default: 50%)')
    .option('--width <percent>', 'how close the bounds have to be (default: 0.5%)')
    .option('--min-rate <pps>', 'the lowest rate that is tried', '1k')
    .option('--max-rate <pps>', 'the highest rate that is tried (default: 1M)')
    .option('--max-time <time>', 'measure no longer than this (default: 15m, of --quick 3m)')
    .option('--quick', 'trials of 0.1 s, a sum of 2.1 s, a width of 2 %')
  addRateOptions(addChangeOptions(command)).addHelpText('after', help).action(search)
}

const quickGoal = { trialS: 0.1, durationSumS: 2.1, width: 0.02 }

/** @throws BenchError `usage` */
function goalsOf(flags: SearchFlags): SearchGoal[] {
  const names = flags.goal.split(',')
  if (flags.loss !== undefined && !names.includes('pdr'))
    throw new BenchError('Could not use --loss: it is what pdr may lose, and --goal does not name pdr', {
      trouble: 'usage',
    })
  const time = (name: string, text: string | undefined) =>
    text === undefined ? undefined : parseSeconds(name, text)
  const share = (name: string, text: string | undefined) =>
    text === undefined ? undefined : parsePercent(name, text)
  const own = {
    ...(flags.quick === true ? quickGoal : {}),
    ...optional('trialS', time('--trial', flags.trial)),
    ...optional('durationSumS', time('--sum', flags.sum)),
    ...optional('exceedRatio', share('--exceed', flags.exceed)),
    ...optional('width', share('--width', flags.width)),
  }
  return [...new Set(names)].map((name) => {
    if (name !== 'ndr' && name !== 'pdr')
      throw new BenchError(`Could not search for ${name}: there are ndr and pdr`, { trouble: 'usage' })
    const loss = name === 'pdr' ? share('--loss', flags.loss) : undefined
    return checkedGoal({ name, ...knownGoals[name], ...own, ...optional('lossRatio', loss) })
  })
}

/** Longer trials would hold more packets than the generator counts. */
const longestTrialS = 10

function checkedGoal(goal: SearchGoal): SearchGoal {
  const { trialS, durationSumS } = goal
  const wrong =
    trialS < 0.01 || trialS > longestTrialS
      ? `--trial: a trial takes 10 ms to ${longestTrialS} s`
      : durationSumS < trialS
        ? '--sum: it has room for no trial'
        : undefined
  if (wrong !== undefined) throw new BenchError(`Could not use ${wrong}`, { trouble: 'usage' })
  return goal
}

/** @throws BenchError `usage` */
function rangeOf(flags: SearchFlags, [first]: readonly SearchGoal[]) {
  const minPps = Math.round(parseRate('--min-rate', flags.minRate))
  const most = Math.floor(Math.min(highestPps, highestPps / first!.trialS))
  const maxPps = flags.maxRate === undefined ? most : Math.round(parseRate('--max-rate', flags.maxRate))
  if (maxPps > most)
    throw new BenchError(
      `Could not offer ${maxPps} packets/s in trials of ${first!.trialS} s: a trial has at most ${highestPps} packets`,
      {
        trouble: 'usage',
        hint: 'shorten --trial, or lower --max-rate',
      },
    )
  if (minPps >= maxPps)
    throw new BenchError('Could not search between --min-rate and --max-rate: nothing lies between', {
      trouble: 'usage',
    })
  return { minPps, maxPps }
}

async function search(scenarioName: string, flags: SearchFlags): Promise<void> {
  const goals = goalsOf(flags)
  const range = rangeOf(flags, goals)
  const maxTimeS = parseSeconds('--max-time', flags.maxTime ?? (flags.quick === true ? '3m' : '15m'))
  const names = goals.map(({ name }) => name).join(' and ')
  await measureRates(scenarioName, flags, {
    command: 'search',
    maxTimeS,
    begins: ({ paths }) => `searching ${paths.length} paths for ${names}: at most ${roughTime(maxTimeS)}`,
    measure: async (input, say, ended) => {
      const { measureSearch } = await import('../../run/search-session.ts')
      await measureSearch({
        ...input,
        ...{ goals, range },
        found: (result) => {
          say(foundLine(result))
        },
        afterwards: ({ search: found, ...end }) =>
          ended(
            { ...end, paths: found.paths },
            {
              text: (columns) => searchText(found, columns),
              json: async () => (await import('../../search/json.ts')).searchJson(found),
              save: (reports) => saveSearchReport(found, reports),
            },
          ),
      })
    },
  })
}

/** @returns the file @throws BenchError `failed` if it cannot be written */
export async function saveSearchReport(found: Search, reports: string): Promise<string> {
  const { renderSearch } = await import('../../search/page.ts')
  return savePage(reports, found.scenario, found.searchId, renderSearch(found))
}
