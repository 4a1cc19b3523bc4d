/** What of a user's own goes along to the hosts: a scenario's file, its programs and scripts. */
import { dirname } from 'node:path'
import { inProject } from '../host/project.ts'
import type { NewFile } from '../host/write-all.ts'
import { copiedFiles } from '../new/copied-files.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface AlongWith {
  /** Relative to the folder that goes along. */
  readonly files: readonly NewFile[]
  /** How a host calls the scenario. */
  readonly scenario: string
}

/**
 * @param folder that the files will be in
 * @throws BenchError `usage` where two of them would be one
 */
export function filesAlong({ name, file }: Scenario, folder: string): AlongWith {
  if (dirname(file) === inProject('scenarios')) return { files: [], scenario: name }
  const files = copiedFiles({ name, folder }, file).filter((one) => one.file !== 'README.md')
  return {
    files: files.map(({ file: place, text, isExecutable = false }) => ({ file: place, text, isExecutable })),
    scenario: `./${name}.yaml`,
  }
}
