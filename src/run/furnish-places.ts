/** What a sandbox gets before paths are brought up on namespaces that they share. */
import { allOf } from '../host/all-of.ts'
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { lendNamespaces } from '../topology/existing.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'

/** Paths, and what their programs were compiled to. */
export interface Furniture {
  readonly paths: readonly ScenarioPath[]
  readonly objects: BpfObjects
}

/**
 * Lends it the namespaces of paths, and brings the objects of their programs to where they are loaded.
 *
 * @throws BenchError `failed` about a namespace that is not there
 */
export async function furnishPlaces(
  sandbox: Sandbox,
  { paths, objects }: Furniture,
  filesOf: (path: string) => NamespaceFile,
): Promise<void> {
  const files = [...objects.values()].flatMap((object) => (object.state === 'ready' ? [object.file] : []))
  await allOf([lendNamespaces(sandbox, paths, filesOf), sandbox.parts?.remote.bring(files)])
}
