/** `bench exec`: a command inside a scenario's topology, with one path active. */
import type { Command as CliCommand } from 'commander'
import { execa } from 'execa'
import { prepareObjects } from '../datapath/object.ts'
import { BenchError, exitCodes } from '../host/errors.ts'
import type { Command } from '../host/tool.ts'
import { requireTools } from '../host/tools.ts'
import { didYouMean } from '../host/nearest.ts'
import { buildPath } from '../run/live-paths.ts'
import { findScenario } from '../scenario/find.ts'
import { loadScenario } from '../scenario/load.ts'
import { baselineOf } from '../scenario/scenario.ts'
import { toolsOf } from '../scenario/tools.ts'
import { openSandbox } from '../topology/sandbox.ts'
import { requireRoot } from './root.ts'

interface Flags {
  readonly path?: string
  readonly in?: string
}

const help = `
Examples:
  sudo ./bench exec redirect-vs-stack --path redirect --in netns-2 -- tc filter show dev veth1@2 ingress
  sudo ./bench exec redirect-vs-stack --in netns-2 -- tcpdump -ni veth2@1
  sudo ./bench exec redirect-vs-stack -- bash

All namespaces of the path are under /run/netns inside: \`ip netns exec netns-3 …\` works there.
Exits with the command's own exit code.`

/** Adds the command. */
export function addExec(program: CliCommand): void {
  program
    .command('exec')
    .summary('run a command inside a topology, with one path active')
    .description(
      'Builds the topology of one path, attaches its programs, and runs a command in one of its namespaces: tcpdump, ping, a shell. Needs root; all of it is gone when the command ends.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
    .argument('<command...>', 'the command, after --')
    .option('--path <path>', 'the path to bring up (default: the baseline)')
    .option('--in <namespace>', "the namespace to run in (default: the client's)")
    .addHelpText('after', help)
    .action(exec)
}

async function exec(scenarioName: string, command: [string, ...string[]], flags: Flags): Promise<void> {
  const scenario = loadScenario(findScenario(scenarioName))
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

  const objects = await prepareObjects({ ...scenario, paths: [path] })
  const sandbox = await openSandbox()
  try {
    // With one path up, namespaces have the names of the scenario.
    await buildPath(sandbox, path, { objects, load: scenario.load, fileOf: (name) => name })
    process.exitCode = await runInTerminal(
      sandbox.enterUnsealed(['env', '--default-signal=INT,QUIT', ...command], namespace),
      command[0],
    )
  } finally {
    await sandbox.close()
  }
}

// nsenter waits for its child and dies of a Ctrl-C that is the child's to deal with, unless it ignores it.
const ignoreKeys = `trap '' INT QUIT; exec "$0" "$@"`

/** Runs a command that has the terminal to itself; returns its exit code. @param enter ends in the command */
async function runInTerminal(enter: Command, name: string): Promise<number> {
  // A Ctrl-C is for the command; pathbench ends after it.
  const leaveToCommand = () => undefined
  process.on('SIGINT', leaveToCommand).on('SIGQUIT', leaveToCommand)
  const child = execa('sh', ['-c', ignoreKeys, ...enter], { stdio: 'inherit', reject: false })
  const passOn = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGTERM', passOn).on('SIGHUP', passOn)
  const { exitCode, signal } = await child
  process.off('SIGINT', leaveToCommand).off('SIGQUIT', leaveToCommand)
  process.off('SIGTERM', passOn).off('SIGHUP', passOn)
  if (exitCode === 127)
    throw new BenchError(`Could not run ${name}: it is not installed`, { trouble: 'usage' })
  return exitCode ?? (signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.failed)
}

const noSuch = (what: string, name: string, known: readonly string[]): BenchError =>
  new BenchError(`Could not find ${what} "${name}"${didYouMean(name, known)}`, {
    trouble: 'usage',
    hint: `there are: ${known.join(', ')}`,
  })
