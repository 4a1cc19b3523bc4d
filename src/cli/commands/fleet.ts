/** `bench fleet`: a scenario on many hosts, by Ansible, and what they have in common. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { filesAlong } from '../../ansible/files.ts'
import { packInto } from '../../ansible/package.ts'
import { comparedFleet, defaultFleetMargin, hasRecord } from '../../fleet/compared.ts'
import { asBenchError, BenchError, exitCodes, nothingMeasured } from '../../host/errors.ts'
import { keptFolder } from '../../host/kept-folder.ts'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { partOf, removePart } from '../../host/unfinished.ts'
import { writeAll } from '../../host/write-all.ts'
import { readFleet } from '../../keep/fleet-store.ts'
import type { FleetHost, ReadFleet } from '../../record/fleet.ts'
import { examplesText } from '../options/examples.ts'
import { optional } from '../options/measuring-options.ts'
import { parseCount, parsePercent } from '../options/option-values.ts'
import { fleetText } from '../terminal/fleet-text.ts'
import { columnsOf, print, tell } from '../terminal/output.ts'
import { requirePlaces } from './require-places.ts'
import { saveFleetReport } from './fleet-report.ts'
import { measureFleet } from './measure-fleet.ts'
import { scenarioOnHosts } from './scenario-on-hosts.ts'
import { lookAtNamed } from '../../host/named-place.ts'

interface Flags {
  readonly inventory?: string
  readonly limit?: string
  readonly forks?: string
  readonly package?: string
  readonly folder?: string
  readonly install: boolean
  readonly margin: string
  readonly html?: string
  readonly report: boolean
  readonly json?: true
  readonly quiet?: true
  readonly results: string
  readonly reports: string
}

const help = `${examplesText([
  ['./bench fleet redirect-vs-stack --inventory hosts.yaml', 'on every host of an inventory of Ansible’s'],
  ['./bench fleet ./my-path.yaml --inventory web1,web2,web3, -- --quick', 'words for `bench run` behind --'],
  ['./bench fleet fleet-20261127', 'what a fleet came to, again'],
  ['./bench fleet ./fetched', 'of a folder with a folder of results for each host'],
])}

What pathbench is here is installed on each host below --folder, and gets there what it lacks: tools by apt, Node by npm
(--no-install forbids that). A scenario file of your own goes along with its programs and scripts. Hosts are reached as
Ansible reaches them; root, or sudo, is needed there and not here. A host that fails costs its row.

A host counts once, however much was measured on it: what is said of hosts in general rests on their number.

Exit codes: 0 every host measured, 2 wrong usage or scenario, 3 no ansible-playbook, 4 a host failed or a path's proof did
not hold there, 130 interrupted.`

/** Adds the command. */
export function addFleet(program: Command): void {
  program
    .command('fleet')
    .summary('measure a scenario on many hosts by Ansible, and say what they have in common')
    .description(
      'Installs pathbench on every host of an inventory, runs a scenario there, fetches the records, and says what hosts have in common, how they differ, and what goes with that. Without --inventory it measures nothing, and shows hosts that have been measured.',
    )
    .argument(
      '<what>',
      'with --inventory a scenario, by name or file; else a fleet that is kept, or a folder',
    )
    .argument('[words...]', 'behind --: further words for `bench run` on every host')
    .option(
      '--inventory <hosts>',
      'an inventory of Ansible’s: a file, a folder, or names with a comma behind each',
    )
    .option('--limit <hosts>', 'only these hosts of the inventory, as ansible-playbook takes them')
    .option('--forks <n>', 'so many hosts at a time (default: as Ansible is configured, else 5)')
    .option('--package <file>', 'install this tarball of `npm pack`, instead of one that is made now')
    .option('--folder <folder>', 'where pathbench is on a host (default: /opt/pathbench)')
    .option('--no-install', 'hosts get no tools and no Node: what is missing there is told')
    .option(
      '--margin <percent>',
      'hosts within ± this are not called different',
      `${defaultFleetMargin * 100}%`,
    )
    .option('--html <file>', 'where to write the report (default: in the folder of reports)')
    .option('--no-report', 'write no HTML report')
    .option('--json', 'print what was found as JSON on stdout')
    .option('--quiet', 'no progress')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action(fleet)
}

async function fleet(what: string, words: readonly string[], flags: Flags): Promise<void> {
  const margin = parsePercent('--margin', flags.margin)
  if (flags.inventory !== undefined) {
    process.exitCode = await measured(what, words, { ...flags, inventory: flags.inventory }, margin)
    return
  }
  const [word] = words
  if (word !== undefined)
    throw new BenchError(`Could not use ${word}: without --inventory nothing is measured`, {
      trouble: 'usage',
    })
  const { fleet: kept } = readFleet(flags.results, what)
  await present(kept, margin, flags)
  process.exitCode = exitCodeOf(kept)
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A Ctrl-C reaches what packs, too. @returns the package @throws BenchError */
async function pack(stage: string, stopped: AbortSignal): Promise<string> {
  const packed = await packInto(stage).catch(asBenchError)
  if (stopped.aborted) throw nothingMeasured()
  if (packed instanceof BenchError) throw packed
  return packed
}

async function measured(
  scenarioName: string,
  words: readonly string[],
  flags: Flags & { readonly inventory: string },
  margin: number,
): Promise<number> {
  requireThere('inventory', flags.inventory.includes(',') ? undefined : flags.inventory)
  requireThere('package', flags.package)
  const forks = flags.forks === undefined ? undefined : parseCount('--forks', flags.forks, 1, 1000)
  const scenario = await scenarioOnHosts(scenarioName, words)
  requirePlaces({ ...flags, report: flags.report && flags.html === undefined })
  const stage = partOf(join(keptFolder('fleet', 'fleet'), 'stage'))
  const stop = new AbortController()
  const interrupt = (): void => {
    if (!stop.signal.aborted) tell('Interrupted: what hosts are measuring is ended there')
    stop.abort()
  }
  for (const signal of signals) process.on(signal, interrupt)
  try {
    mkdirSync(stage)
    const along = filesAlong(scenario, stage)
    const files = join(stage, 'files')
    if (along.files.length > 0) writeAll(files, along.files)
    if (flags.package === undefined && flags.quiet !== true) tell('packing pathbench for the hosts')
    const packed = flags.package === undefined ? await pack(stage, stop.signal) : resolve(flags.package)
    const folder = await measureFleet(
      {
        ...{ scenario: scenario.name, options: words, inventory: flags.inventory },
        ...{ results: flags.results, isQuiet: flags.quiet ?? false },
        words: [
          ...(flags.limit === undefined ? [] : ['--limit', flags.limit]),
          ...(forks === undefined ? [] : ['--forks', String(forks)]),
        ],
        variables: {
          pathbench_package: packed,
          pathbench_scenario: along.scenario,
          pathbench_files: along.files.length > 0 ? files : '',
          pathbench_options: words,
          // What the inventory says of a host is not to be overruled by what nobody said here.
          ...optional('pathbench_folder', flags.folder),
          ...(flags.install ? {} : { pathbench_may_install: false }),
        },
      },
      stop.signal,
    )
    const { fleet: kept } = readFleet(flags.results, folder)
    await present(kept, margin, flags)
    tell(`result  ${folder}`)
    return stop.signal.aborted ? exitCodes.interrupted : exitCodeOf(kept)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
    removePart(stage)
  }
}

/** Shows the hosts beside each other, and writes the page. */
async function present(kept: ReadFleet, margin: number, flags: Flags): Promise<void> {
  const compared = comparedFleet(kept, margin)
  if (flags.json === true) {
    const { fleetJson } = await import('../../fleet/json.ts')
    print(JSON.stringify(fleetJson(compared), null, 2))
  } else print(fleetText(compared, columnsOf(process.stdout, 80)))
  if (!flags.report || !kept.hosts.some(hasRecord)) return
  tell(`\nreport  ${await saveFleetReport(compared, flags.reports, flags.html)}`)
}

/** @throws BenchError `usage` */
function requireThere(what: string, file: string | undefined): void {
  if (file === undefined) return
  const found = lookAtNamed(file, what)
  // As of /dev/null, Ansible would say that it has no hosts, once all is packed.
  if (found?.isFile() === true || found?.isDirectory() === true) return
  const fault = found === undefined ? 'there is none' : 'it is neither a file nor a folder'
  throw new BenchError(`Could not read ${what} ${resolve(file)}: ${fault}`, {
    trouble: 'usage',
    hint: 'an inventory of names has a comma behind each, as in --inventory web1,web2,',
  })
}

const isSound = ({ state, record }: FleetHost): boolean =>
  state === 'measured' && (record?.paths.every(({ status }) => status !== 'invalid') ?? false)

const exitCodeOf = ({ hosts }: ReadFleet): number => (hosts.every(isSound) ? exitCodes.ok : exitCodes.failed)
