/** The trials of a scenario, taken together. Pure. */
import { mostPayloadBytes, type Family } from '../parts/ip-address.ts'
import { loadOf, type LoadTrial } from '../parts/loads/loads.ts'
import { tooLongSchedule } from '../parts/loads/schedule-length.ts'
import type { ScenarioFile } from './schema.ts'
import type { Issue } from './yaml-file.ts'

/**
 * That figures can be told apart by the trial that they come from, and that each datagram is one frame, in each of a
 * scenario's loads.
 */
export const checkLoads = (
  { load, loads }: Pick<ScenarioFile, 'load' | 'loads'>,
  family: Family,
): Issue[] => [
  ...checkLoad(load, family, ['load']),
  ...Object.entries(loads).flatMap(([name, one]) => checkLoad(one, family, ['loads', name])),
]

const checkLoad = (load: readonly LoadTrial[], family: Family, at: Issue['path']): Issue[] => [
  ...checkKinds(load, at),
  ...checkPayloads(load, family, at),
  ...checkSchedules(load, at),
]

const checkSchedules = (load: readonly LoadTrial[], at: Issue['path']): Issue[] =>
  load.flatMap((trial, index) => {
    const fault = tooLongSchedule(trial)
    return fault === undefined ? [] : [{ path: [...at, index, fault.key], message: fault.message }]
  })

const checkPayloads = (load: readonly LoadTrial[], family: Family, at: Issue['path']): Issue[] =>
  load.flatMap((trial, index) =>
    'payloadBytes' in trial && trial.payloadBytes > mostPayloadBytes(family)
      ? [
          {
            path: [...at, index, 'payloadBytes'],
            message: `expected a payload of at most ${mostPayloadBytes(family)} bytes, one Ethernet frame over IPv${family}, found ${trial.payloadBytes}`,
          },
        ]
      : [],
  )

const checkKinds = (load: readonly LoadTrial[], at: Issue['path']): Issue[] =>
  load.flatMap(({ kind, name }, index) => {
    const alike = load.filter((trial) => trial.kind === kind)
    if (alike.length === 1) return []
    if (loadOf(kind).isOfOtherTools)
      return alike[0] === load[index] ? [] : [{ path: [...at, index], message: oneOfOtherTools(kind) }]
    if (name === undefined)
      return [
        {
          path: [...at, index],
          message: `one of ${alike.length} trials of kind ${kind}, and without a name: give each a \`name\`, by which its figures are told from the others'`,
        },
      ]
    return load.findIndex((trial) => trial.kind === kind && trial.name === name) === index
      ? []
      : [{ path: [...at, index, 'name'], message: `a second trial of kind ${kind} that is called ${name}` }]
  })

const oneOfOtherTools = (kind: string): string =>
  `a second trial of kind ${kind}: its servers have one port, so there can be one`
