/** `bench exec`: a command inside a scenario's topology, with one path active. */
import type { Command as CliCommand } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { requireTools } from '../../host/tools.ts'
import { didYouMean } from '../../host/nearest.ts'
import { alone } from '../../run/exclusive.ts'
import { buildPath } from '../../run/live-paths.ts'
import { tearDownPaths } from '../../run/own-commands.ts'
import { PathSwitch } from '../../run/path-switch.ts'
import { prepareScenario } from '../../run/prepare-scenario.ts'
import { startSharedServers } from '../../run/shared-servers.ts'
import { findScenario } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import { requireHere } from '../../scenario/require-here.ts'
import { baselineOf } from '../../scenario/scenario.ts'
import { toolsOf } from '../../scenario/tools.ts'
import { lendNamespaces } from '../../topology/existing.ts'
import { hasCgroup, inCgroup } from '../../topology/cgroups.ts'
import { openSandbox } from '../../topology/sandbox.ts'
import { addChangeOptions, type ChangeFlags, changesOf } from '../options/change-options.ts'
import { requireRoot } from './root.ts'
import { runInTerminal } from '../terminal/run-in-terminal.ts'
import { waitingFor } from '../terminal/waiting.ts'
import { noWait } from '../options/no-wait.ts'

interface Flags extends ChangeFlags {
  readonly path?: string
  readonly in?: string
  readonly wait: boolean
}

const help = `
Examples:
  sudo ./bench exec redirect-vs-stack --path redirect --in netns-2 -- tc filter show dev veth1@2 ingress
  sudo ./bench exec redirect-vs-stack --in netns-2 -- tcpdump -ni veth2@1
  sudo ./bench exec redirect-vs-stack -- bash

All namespaces of the path are under /run/netns inside: \`ip netns exec netns-3 …\` works there.
Exits as the command does: with its code, 128 + n where signal n ended it, 127 where there is no such command,
126 where it cannot be executed.`

/** Adds the command. */
export function addExec(program: CliCommand): void {
  const command = program
    .command('exec')
    .summary('run a command inside a topology, with one path active')
    .description(
      'Builds the topology of one path, attaches its programs, and runs a command in one of its namespaces: tcpdump, ping, a shell. Needs root; all of it is gone when the command ends.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .argument('<command...>', 'the command, after --')
    .option('--path <path>', 'the path to bring up (default: the baseline)')
    .option('--in <namespace>', "the namespace to run in (default: the client's)")
    .option(...noWait)
  addChangeOptions(command).addHelpText('after', help).action(exec)
}

async function exec(scenarioName: string, command: [string, ...string[]], flags: Flags): Promise<void> {
  const scenario = loadScenario(findScenario(scenarioName), changesOf(flags))
  requireHere(scenario, 'run a command in a topology')
  const pathName = flags.path ?? baselineOf(scenario).name
  const path = scenario.paths.find(({ name }) => name === pathName)
  if (path === undefined)
    throw noSuch(
      'path',
      pathName,
      scenario.paths.map(({ name }) => name),
    )
  const namespace = flags.in ?? scenario.client.namespace
  const namespaces = Object.keys(path.topology.namespaces)
  if (!namespaces.includes(namespace)) throw noSuch(`namespace on path ${path.name}`, namespace, namespaces)
  requireRoot('run a command in a topology')
  requireTools(toolsOf(scenario))

  const sandbox = await openSandbox()
  const pathSwitch = new PathSwitch(sandbox, () => plainFile)
  try {
    // Building loads the machine, and would distort a run; the command itself is the user's to time.
    await alone(waitingFor(`exec ${scenario.name}`, flags.wait), async () => {
      const objects = await prepareScenario({ ...scenario, paths: [path] })
      if (scenario.place === 'existing') await lendNamespaces(sandbox, [path], () => plainFile)
      await buildPath(sandbox, path, { objects, ...scenario, fileOf: plainFile })
      if (scenario.place !== 'existing') return
      await startSharedServers(sandbox, [path], { fileOf: plainFile }, scenario.load)
      await pathSwitch.to(path)
    })
    const isOfClient = namespace === scenario.client.namespace && hasCgroup(path)
    const entered = isOfClient ? inCgroup(path.name, command) : command
    process.exitCode = await runInTerminal(sandbox, entered, namespace)
    await pathSwitch.end()
    const torn = scenario.place === 'existing' ? [] : [path]
    for (const error of (await tearDownPaths(sandbox, torn, () => plainFile)).values()) throw error
  } finally {
    // Where something failed before, that is told.
    await pathSwitch.end().catch(() => undefined)
    await sandbox.close()
  }
}

/** With one path up, namespaces have the names of the scenario. */
const plainFile = (name: string): string => name

const noSuch = (what: string, name: string, known: readonly string[]): BenchError =>
  new BenchError(`Could not find ${what} "${name}"${didYouMean(name, known)}`, {
    trouble: 'usage',
    hint: `there are: ${known.join(', ')}`,
  })
