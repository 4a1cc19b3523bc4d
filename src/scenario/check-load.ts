/** The trials of a scenario, taken together. Pure. */
import { mostPayloadBytes, type Family } from '../parts/ip-address.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { Issue } from './yaml-file.ts'

/** That figures can be told apart by the kind of trial they come from, and that each datagram is one frame. */
export const checkLoad = (load: readonly LoadTrial[], family: Family): Issue[] => [
  ...checkKinds(load),
  ...checkPayloads(load, family),
]

const checkPayloads = (load: readonly LoadTrial[], family: Family): Issue[] =>
  load.flatMap((trial, index) =>
    'payloadBytes' in trial && trial.payloadBytes > mostPayloadBytes(family)
      ? [
          {
            path: ['load', index, 'payloadBytes'],
            message: `expected a payload of at most ${mostPayloadBytes(family)} bytes, one Ethernet frame over IPv${family}, found ${trial.payloadBytes}`,
          },
        ]
      : [],
  )

const checkKinds = (load: readonly LoadTrial[]): Issue[] =>
  load.flatMap(({ kind }, index) =>
    load.findIndex((trial) => trial.kind === kind) === index
      ? []
      : [
          {
            path: ['load', index],
            message: `a second trial of kind ${kind}: figures are told apart by their kind, so there can be one of each`,
          },
        ],
  )
