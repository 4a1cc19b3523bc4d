/** `bench doctor`: whether this machine can, and what to do where it cannot. */
import type { Command } from 'commander'
import { exitCodes } from '../../host/errors.ts'
import { asCalled } from '../../host/project.ts'
import { findScenario, listScenarios } from '../../scenario/find.ts'
import { loadScenario } from '../../scenario/load.ts'
import { findAll, type Finding, mainScenario } from './doctor-findings.ts'
import { examplesText } from '../options/examples.ts'
import { print, styled } from '../terminal/output.ts'
import { textTable } from '../terminal/text-table.ts'

const help = examplesText([
  ['sudo ./bench doctor', 'what this machine has, and what is missing'],
  ['sudo ./bench doctor --json', 'the same for programs'],
])

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('check whether this machine can run scenarios')
    .description(
      `Tries each thing that runs need: whether it is there, what it is for, what its absence costs, and how to get it. Exits with 0 if ${mainScenario} can run, else with 3.`,
    )
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', help)
    .action(async ({ json }: { json?: true }) => {
      const findings = await findAll(listScenarios().map((name) => loadScenario(findScenario(name))))
      const hindrances = findings.filter(({ state, isRequired }) => state !== 'there' && isRequired)
      print(
        json === true
          ? asCalled(JSON.stringify(findings, null, 2))
          : asCalled(`${findingsTable(findings)}\n\n${conclusion(hindrances)}`),
      )
      if (hindrances.length > 0) process.exitCode = exitCodes.machine
    })
}

function conclusion(hindrances: readonly Finding[]): string {
  if (hindrances.length === 0) return `${mainScenario} can run: sudo ./bench run ${mainScenario}`
  const named = (state: Finding['state']) =>
    hindrances.filter((one) => one.state === state).map(({ name }) => name)
  const [missing, unknown] = [named('missing'), named('unknown')]
  return missing.length > 0
    ? `${mainScenario} cannot run: ${missing.join(', ')} missing`
    : `Whether ${mainScenario} can run is not known: ${unknown.join(', ')} could not be tried`
}

function findingsTable(findings: readonly Finding[]): string {
  const mark = ({ state, isRequired }: Finding) => {
    if (state === 'there') return styled('green', 'there')
    return styled(isRequired ? 'red' : 'yellow', state)
  }
  return textTable(
    ['', 'state', 'what for', 'without it', 'how to get it'].map((title) => ({ title, align: 'left' })),
    findings.map((one) => [
      one.name,
      mark(one),
      one.why,
      ...(one.state === 'there' ? [] : [one.cost, one.remedy]),
    ]),
  )
}
