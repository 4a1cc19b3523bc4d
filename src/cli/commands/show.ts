/** `bench show`: a scenario, before anything runs. */
import { trialLabel } from '../../parts/loads/trial-name.ts'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { endpointText } from '../../parts/ip-address.ts'
import { claimOf } from '../../parts/proofs/claims.ts'
import type { WayStep } from '../../record/record.ts'
import type { OwnCommand, OwnCommands } from '../../scenario/commands.ts'
import { findScenario } from '../../scenario/find.ts'
import { needsOf } from '../../scenario/needs.ts'
import { baselineOf, type Scenario, type ScenarioPath } from '../../scenario/scenario.ts'
import type { Topology } from '../../scenario/schema.ts'
import { addChangeOptions, addEngineOption, type ChangeFlags, changesOf } from '../options/change-options.ts'
import { checkScenario } from './check-scenario.ts'
import { checkedText } from '../terminal/checked-text.ts'
import { examplesText } from '../options/examples.ts'
import { printText, styled } from '../terminal/output.ts'
import { loadOf } from '../../parts/loads/loads.ts'
import { topologyText } from '../terminal/topology-text.ts'

const help = `${examplesText([
  ['./bench show redirect-vs-stack', 'what the main job builds and compares'],
  ['./bench show scenarios/dsr-vs-nat.yaml', 'a file'],
])}

Exit codes: 0 all is right that could be checked, 2 wrong usage or scenario, or a program that does not compile.`

/** Adds the command. */
export function addShow(program: Command): void {
  const command = program
    .command('show')
    .summary('check a scenario, and show its topology and paths')
    .description(
      'Shows what a scenario builds and compares, once all has been checked that can be without root: the file, its programs, maps and fields, rules of nftables, and gates. Every mistake is told at once, with its line.',
    )
    .argument('<scenario>', 'name of a scenario (see `bench list`), or a file')
  addEngineOption(addChangeOptions(command))
    .addHelpText('after', help)
    .action(async (name: string, flags: ChangeFlags) => {
      const checked = await checkScenario(findScenario(name), changesOf(flags))
      printText(`${describeScenario(checked.scenario)}\n\n${checkedText(checked)}`)
    })
}

/** A scenario in words and drawings. */
export function describeScenario(scenario: Scenario): string {
  const { title, description, client, load, paths } = scenario
  const baseline = baselineOf(scenario)
  const shared = baseline.topology
  return [
    styled('bold', title),
    ...(description === '' ? [] : [description.trim()]),
    styled('bold', 'Topology'),
    topologyText(shared),
    hostsText(client, baseline),
    styled('bold', 'Load, in every block for every path'),
    load.map(loadText).join('\n'),
    styled('bold', 'Paths'),
    paths.map((path) => pathText(path, shared)).join('\n\n'),
  ].join('\n\n')
}

function hostsText({ namespace, flows }: Scenario['client'], { servers, targets }: ScenarioPath): string {
  const at = ({ address, port }: ScenarioPath['targets'][number]) => endpointText(address, port)
  const called = targets.map(at).join(', ')
  const listening = servers.map((server) => `${server.namespace} on ${at(server)}`)
  const isCalledItself = servers.every((server) => called.includes(at(server)))
  return [
    `client in ${namespace}${flows === 1 ? '' : `, ${flows} UDP flows`}${isCalledItself ? '' : `, calls ${called}`}`,
    `server in ${listening.join(', server in ')} (UDP)`,
  ].join(', ')
}

/** As wide as the longest of the usual kinds. */
const kindWidth = 8
const loadText = (trial: Scenario['load'][number]): string =>
  `${trialLabel(trial).padEnd(kindWidth)}  ${loadOf(trial.kind).text(trial)}`

function pathText(path: ScenarioPath, shared: Topology): string {
  const isOther = JSON.stringify(path.topology.links) !== JSON.stringify(shared.links)
  const needs = needsOf(path)
  const lines = [
    `${styled('bold', path.name)} (${path.role}): ${path.title}`,
    ...(path.way.length === 0 ? [] : [`  ${wayText(path.way)}`]),
    ...(path.returnWay.length === 0 ? [] : [`  back: ${wayText(path.returnWay)}`]),
    ...(isOther
      ? topologyText(path.topology, 4)
          .split('\n')
          .map((line) => `    ${line}`)
      : []),
    ...commandTexts(path),
    ...programTexts(path.programs),
    ...path.found.map(
      ({ program, hook, device, namespace }) =>
        `  finds     ${program} at ${hook} of ${device} in ${namespace}`,
    ),
    ...(needs.length === 0 ? [] : [`  needs     ${needs.join(', ')}`]),
    ...path.skips.map((skip) => `  skips     ${skip}`),
    ...path.proof.map((rule) => `  proof     ${claimOf(rule).words}`),
  ]
  return lines.join('\n')
}

/** A path's own commands, a line each. */
function commandTexts({ setup, agents, teardown }: OwnCommands): string[] {
  const texts = (title: string, commands: readonly OwnCommand[]) =>
    commands.map(({ text, namespace }) => `  ${title.padEnd(9)} ${inLines(text)} (in ${namespace})`)
  return [...texts('sets up', setup), ...texts('agent', agents), ...texts('ends by', teardown)]
}

/** A text of several lines, below its first. */
const inLines = (text: string): string => text.trim().replaceAll('\n', `\n${' '.repeat(12)}`)

/** A line a program, whichever namespaces it is in. */
const programTexts = (programs: ScenarioPath['programs']): string[] =>
  [...Map.groupBy(programs, ({ index }) => index).values()].flatMap((same) =>
    same.slice(0, 1).map(({ program, object, hook, device }) => {
      const where = same.map(({ namespace }) => namespace).join(' and ')
      return `  attaches  ${program} of ${basename(object)} at ${hook} of ${device} in ${where}`
    }),
  )

function wayText(way: readonly WayStep[]): string {
  const devices = way.filter((step) => step.through === 'device')
  const isShared = (device: string) =>
    new Set(devices.filter((step) => step.device === device).map(({ namespace }) => namespace)).size > 1
  return way.map((step) => stepText(step, isShared)).join(' → ')
}

/** @param isShared whether devices of several namespaces on the way have this name */
function stepText(step: WayStep, isShared: (device: string) => boolean): string {
  switch (step.through) {
    case 'stack':
      return `[${step.namespace} stack]`
    case 'device':
      return isShared(step.device) ? `${step.namespace}/${step.device}` : step.device
    case 'program':
      return `<${step.program} at ${step.hook}>`
  }
}
