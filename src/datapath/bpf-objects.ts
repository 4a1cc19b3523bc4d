/** The objects of a scenario's programs, as they were built. */
import type { BenchError } from '../host/errors.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Btf } from './btf.ts'

/** An object ready to be loaded. */
export interface BpfObject {
  readonly state: 'ready'
  /** The compiled file. */
  readonly file: string
  /** Of that file, in hexadecimal digits. */
  readonly sha256: string
  readonly btf: Btf
  /** What the compiler had to say of the source, or empty. */
  readonly warnings: string
}

/** One that does not compile or is none: that costs the paths it is on, and not the run. */
export interface FailedObject {
  readonly state: 'failed'
  readonly error: BenchError
}

/** The objects of a scenario by the file that the scenario names, absolute. */
export type BpfObjects = ReadonlyMap<string, BpfObject | FailedObject>

/** Why a path cannot be built, if an object of its programs has failed. */
export function failedObjectOf({ programs }: ScenarioPath, objects: BpfObjects): BenchError | undefined {
  for (const { object } of programs) {
    const prepared = objects.get(object)
    if (prepared?.state === 'failed') return prepared.error
  }
  return undefined
}
