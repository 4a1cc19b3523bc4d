/** The trials of a scenario, taken together. Pure. */
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { ScenarioFile } from './schema.ts'
import type { Issue } from './yaml-file.ts'

/** That figures can be told apart by the kind of trial they come from, in each of a scenario's loads. */
export const checkLoads = ({ load, loads }: Pick<ScenarioFile, 'load' | 'loads'>): Issue[] => [
  ...checkLoad(load, ['load']),
  ...Object.entries(loads).flatMap(([name, one]) => checkLoad(one, ['loads', name])),
]

const checkLoad = (load: readonly LoadTrial[], at: Issue['path']): Issue[] =>
  load.flatMap(({ kind }, index) =>
    load.findIndex((trial) => trial.kind === kind) === index
      ? []
      : [
          {
            path: [...at, index],
            message: `a second trial of kind ${kind}: figures are told apart by their kind, so there can be one of each`,
          },
        ],
  )
