/** Which version of what is measured: what tells two runs of one scenario apart. */
import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { commitAt } from '../host/git.ts'
import { isPackage, projectFolder } from '../host/project.ts'
import type { Subject } from '../record/record.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** A package is no part of the repository whose node_modules it lies in. */
const isOfPackage = (file: string): boolean => isPackage && file.startsWith(`${projectFolder}/`)

/** What is known of a scenario's file. The programs of its paths have hashes of their own in the record. */
export async function readSubject({ file, source }: Scenario): Promise<Subject> {
  return {
    scenarioSha256: createHash('sha256').update(source).digest('hex'),
    git: isOfPackage(file) ? null : await commitAt(dirname(file)),
  }
}
