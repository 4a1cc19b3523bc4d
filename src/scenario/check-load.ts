/** The trials of a scenario, taken together. Pure. */
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { Issue } from './yaml-file.ts'

/** That figures can be told apart by the kind of trial they come from. */
export const checkLoad = (load: readonly LoadTrial[]): Issue[] =>
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
