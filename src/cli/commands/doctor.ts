/** `bench doctor`: whether this machine can, and what to do where it cannot. */
import type { Command } from 'commander'
import { BenchError, exitCodes } from '../../host/errors.ts'
import { readKernelConfig } from '../../host/kernel-config.ts'
import { asCalled } from '../../host/project.ts'
import { needs } from '../../parts/needs/needs.ts'
import { findScenario, listScenarios } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import { checkAll, type HostCheck, mainScenario } from './doctor-checks.ts'
import { examplesText } from '../options/examples.ts'
import { kernelConfigText, lackingOptions } from '../terminal/kernel-config-text.ts'
import { print, printText } from '../terminal/output.ts'
import { checksText, hostText } from '../terminal/doctor-text.ts'

const help = examplesText([
  ['sudo ./bench doctor', 'what this machine has, and what is missing'],
  ['sudo ./bench doctor --json', 'the same for programs'],
  ['./bench doctor --host root@192.0.2.7', 'another host: what it lacks, its devices, how it is reached'],
  [
    './bench doctor my-path.yaml --host dut',
    'the same of a host of a scenario, and the devices that this names',
  ],
])

interface Flags {
  readonly json?: true
  readonly kernelConfig?: true
  readonly host?: string
}

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('check whether this machine can run scenarios')
    .description(
      `Tries each thing that runs need: whether it is there, what it is for, what its absence costs, and how to get it. Exits with 0 if ${mainScenario} can run, else with 3.`,
    )
    .argument('[scenario]', 'with --host: the scenario that the host is of')
    .option('--host <host>', 'look at another host, by ssh: a host of the scenario, else what ssh takes')
    .option('--json', 'print the findings as JSON')
    .option('--kernel-config', 'only tell which options this kernel was built without, and what wants them')
    .addHelpText('after', help)
    .action(async (scenarioName: string | undefined, { json, kernelConfig, host }: Flags) => {
      if (host !== undefined || scenarioName !== undefined) {
        await lookAtHost(host, scenarioName, json === true)
        return
      }
      if (kernelConfig === true) {
        printKernelConfig(json === true)
        return
      }
      const checks = await checkAll(allScenarios())
      const hindrances = checks.filter(({ state, isRequired }) => state !== 'there' && isRequired)
      if (json === true) print(asCalled(JSON.stringify(checks, null, 2)))
      else printText(asCalled(`${checksText(checks)}\n\n${conclusion(hindrances)}`))
      if (hindrances.length > 0) process.exitCode = exitCodes.machine
    })
}

const allScenarios = () => listScenarios().map((name) => loadScenario(findScenario(name)))

/** @throws BenchError `machine` where the host cannot be reached */
async function lookAtHost(
  name: string | undefined,
  scenarioName: string | undefined,
  asJson: boolean,
): Promise<void> {
  if (name === undefined)
    throw new BenchError('Could not tell which host of the scenario is meant', {
      trouble: 'usage',
      hint: 'name it with --host; without a scenario, `bench doctor` looks at this machine',
    })
  const { findOnHost, namedHost } = await import('./doctor-host.ts')
  const { host, scenario } = namedHost(name, scenarioName)
  const found = await findOnHost(host, scenario, allScenarios())
  const hindered = [
    ...found.checks
      .filter(({ state, isRequired }) => state !== 'there' && isRequired)
      .map((one) => `${one.name} is missing`),
    ...found.devices.flatMap(({ device, namespace, hindrance }) =>
      namespace === undefined || hindrance === undefined ? [] : [`${device}: ${hindrance}`],
    ),
  ]
  if (asJson) print(JSON.stringify(found, null, 2))
  else printText(asCalled(hostText(found, hindered)))
  if (hindered.length > 0) process.exitCode = exitCodes.machine
}

/** @throws BenchError `machine` where the kernel does not say */
function printKernelConfig(asJson: boolean): void {
  const config = readKernelConfig()
  if (config === undefined)
    throw new BenchError('Could not read how this kernel was built: no /proc/config.gz, nothing in /boot', {
      trouble: 'machine',
      hint: '`sudo ./bench doctor` tries what the kernel can do',
    })
  const lacking = lackingOptions(needs, config)
  if (asJson) print(JSON.stringify(lacking, null, 2))
  else printText(kernelConfigText(lacking, config.file))
}

function conclusion(hindrances: readonly HostCheck[]): string {
  if (hindrances.length === 0) return `${mainScenario} can run: sudo ./bench run ${mainScenario}`
  const named = (state: HostCheck['state']) =>
    hindrances.filter((one) => one.state === state).map(({ name }) => name)
  const [missing, unknown] = [named('missing'), named('unknown')]
  return missing.length > 0
    ? `${mainScenario} cannot run: ${missing.join(', ')} missing`
    : `Whether ${mainScenario} can run is not known: ${unknown.join(', ')} could not be tried`
}
