/** `bench fleet`: a scenario on many hosts, by Ansible. */
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { filesAlong } from '../../ansible/files.ts'
import { packInto } from '../../ansible/package.ts'
import { BenchError, exitCodes } from '../../host/errors.ts'
import { defaultReports, defaultResults } from '../../host/project.ts'
import { writeAll } from '../../host/write-all.ts'
import { readFleet } from '../../keep/fleet-store.ts'
import type { FleetHost, ReadFleet } from '../../record/fleet.ts'
import { furtherWords } from '../../run/command-text.ts'
import { findScenario } from '../../scenario/find.ts'
import { addChangeOptions, type ChangeFlags, changesOf } from '../options/change-options.ts'
import { examplesText } from '../options/examples.ts'
import { addSettingOptions, runOptions, type SettingFlags } from '../options/measuring-options.ts'
import { parsePercent } from '../options/option-values.ts'
import { tell } from '../terminal/output.ts'
import { loadForRun } from './check-scenario.ts'
import { type FleetFlags, presentFleet } from './compare-fleet.ts'
import { measureFleet } from './measure-fleet.ts'

interface Flags extends FleetFlags {
  readonly inventory?: string
  readonly from?: string
  readonly package?: string
  readonly folder: string
  readonly install: boolean
  readonly apart: string
  readonly quiet?: true
}

type AllFlags = Flags & SettingFlags & ChangeFlags

const help = `${examplesText([
  ['./bench fleet redirect-vs-stack --inventory hosts.yaml', 'on every host of an inventory of Ansible’s'],
  [
    './bench fleet ./my-path.yaml --inventory hosts.yaml --quick -- --limit web --forks 40',
    'words for ansible-playbook',
  ],
  [
    './bench fleet --from fleet-20261127',
    'what a fleet came to, again; or a folder that ansible-playbook fetched',
  ],
])}

What pathbench is here is installed on each host below --folder, where it gets what it lacks: tools by apt, Node by npm
(--no-install forbids that). A scenario file of your own goes along with its programs and scripts. Hosts are reached as
Ansible reaches them; root, or sudo, is needed there and not here. A host that fails costs its row.

Exit codes: 0 every host measured, 2 wrong usage or scenario, 3 no ansible-playbook, 4 a host failed or a path's proof did
not hold there, 130 interrupted.`

/** Adds the command. */
export function addFleet(program: Command): void {
  const command = program
    .command('fleet')
    .summary('measure a scenario on many hosts by Ansible, and set them beside each other')
    .description(
      'Installs pathbench on every host of an inventory, runs a scenario there, fetches the records, and shows which hosts differ and what is different about them.',
    )
    .argument('[scenario]', 'name of a scenario (see `bench list`), or a file')
    .argument('[words...]', 'behind --: further words for ansible-playbook')
    .option(
      '--inventory <hosts>',
      'an inventory of Ansible’s: a file, a folder, or names with a comma behind each',
    )
    .option(
      '--from <fleet>',
      'measure nothing: show a fleet that is kept, or a folder with a folder for each host',
    )
    .option('--package <file>', 'install this tarball of `npm pack`, instead of one that is made now')
    .option('--folder <folder>', 'where pathbench is on a host', '/opt/pathbench')
    .option('--no-install', 'hosts get no tools and no Node: what is missing there is told')
  addSettingOptions(addChangeOptions(command))
    .option('--apart <percent>', 'hosts within ± this are not called different', '2%')
    .option('--html <file>', 'where to write the report (default: in the folder of reports)')
    .option('--no-report', 'write no HTML report')
    .option('--json', 'print what was found as JSON on stdout')
    .option('--quiet', 'no progress')
    .option('--results <folder>', 'where results are kept', defaultResults)
    .option('--reports <folder>', 'where reports are written', defaultReports)
    .addHelpText('after', help)
    .action(fleet)
}

async function fleet(scenario: string | undefined, words: readonly string[], flags: AllFlags): Promise<void> {
  const apart = parsePercent('--apart', flags.apart)
  if (flags.from !== undefined) {
    const { fleet: kept } = readFleet(flags.results, flags.from)
    await presentFleet(kept, apart, flags)
    process.exitCode = exitCodeOf(kept)
    return
  }
  if (scenario === undefined || flags.inventory === undefined)
    throw new BenchError(
      `Could not measure a fleet: ${scenario === undefined ? 'no scenario is named' : 'no inventory is named'}`,
      { trouble: 'usage', hint: 'as in: bench fleet redirect-vs-stack --inventory hosts.yaml' },
    )
  process.exitCode = await measured(scenario, words, { ...flags, inventory: flags.inventory }, apart)
}

async function measured(
  scenarioName: string,
  words: readonly string[],
  flags: AllFlags & { readonly inventory: string },
  apart: number,
): Promise<number> {
  requireThere('inventory', flags.inventory.includes(',') ? undefined : flags.inventory)
  requireThere('package', flags.package)
  const { seed, ...options } = runOptions(flags)
  const changes = changesOf(flags)
  const scenario = await loadForRun(findScenario(scenarioName), changes)
  const request = {
    ...{ command: 'run' as const, scenario: scenarioName, options },
    ...(Object.keys(changes).length === 0 ? {} : { changes }),
    ...(flags.cpus === undefined ? {} : { cpus: flags.cpus }),
  }
  const stage = mkdtempSync(join(tmpdir(), 'pathbench-fleet-'))
  try {
    const along = filesAlong(scenario, changes, stage)
    const filesFolder = join(stage, 'files')
    if (along.files.length > 0) writeAll(filesFolder, along.files)
    const given = flags.package
    if (given === undefined && !flags.quiet) tell('packing pathbench for the hosts')
    const result = await measureFleet({
      ...{ request, results: flags.results, scenario: scenario.name, words, isQuiet: flags.quiet ?? false },
      inventory: flags.inventory,
      variables: {
        pathbench_package: given === undefined ? await packInto(stage) : resolve(given),
        pathbench_scenario: along.scenario,
        pathbench_files: along.files.length > 0 ? filesFolder : '',
        pathbench_options: [
          ...furtherWords({ ...request, changes: along.changes }),
          ...(seed === undefined ? [] : ['--seed', String(seed)]),
          ...(flags.wait ? [] : ['--no-wait']),
        ],
        // What the inventory says of a host is not to be overruled by what nobody said here.
        ...(flags.folder === '/opt/pathbench' ? {} : { pathbench_folder: flags.folder }),
        ...(flags.install ? {} : { pathbench_may_install: false }),
      },
      id: randomInt(2 ** 32),
    })
    const { fleet: kept, folder } = readFleet(flags.results, result.folder)
    await presentFleet(kept, apart, flags)
    tell(`result  ${folder}`)
    return result.isInterrupted ? exitCodes.interrupted : exitCodeOf(kept)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** @throws BenchError `usage` */
function requireThere(what: string, file: string | undefined): void {
  if (file === undefined || existsSync(file)) return
  throw new BenchError(`Could not find ${what} ${resolve(file)}`, { trouble: 'usage' })
}

const isSound = ({ state, record }: FleetHost): boolean =>
  state === 'measured' && record !== undefined && record.paths.every(({ status }) => status !== 'invalid')

const exitCodeOf = ({ hosts }: ReadFleet): number => (hosts.every(isSound) ? exitCodes.ok : exitCodes.failed)
