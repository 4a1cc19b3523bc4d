/** What `bench show` has looked at, in words. Pure. */
import { compilerWarnings } from '../../datapath/build-objects.ts'
import type { CheckedScenario } from '../commands/check-scenario.ts'
import { styled } from './output.ts'

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Lines below a heading. */
export function checkedText({ scenario, objects, rulesets, unchecked }: CheckedScenario): string {
  const { gates } = scenario
  const looked = [
    ...(objects.size === 0
      ? []
      : [`${counted(objects.size, 'object')}: built; programs, maps, fields and constants are there`]),
    ...(rulesets === 0
      ? []
      : [`${counted(rulesets, 'ruleset')}: nft takes ${rulesets === 1 ? 'it' : 'them'}`]),
    ...(gates.length === 0 ? [] : [`${counted(gates.length, 'gate')}: paths and metrics are there`]),
  ]
  return [
    styled('bold', 'Checked'),
    [
      ...(looked.length === 0 ? ['the file itself'] : looked),
      ...compilerWarnings(objects).map(({ message }) => `${styled('yellow', 'warning')}  ${message}`),
      ...unchecked.map((words) => `${styled('yellow', 'not checked')}  ${words}`),
    ].join('\n'),
  ].join('\n\n')
}
