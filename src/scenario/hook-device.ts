/** Whether a device has the hook that a program is to be attached at. Pure. */
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { Program, Topology } from './schema.ts'
import type { FilePath, Issue } from './yaml-file.ts'

/** What a hook that only devices of one kind of link have is named on, where the topology tells another kind. */
export function checkHookDevice(
  { hook, namespace, device }: Pick<Program, 'hook' | 'namespace' | 'device'>,
  { links }: Topology,
  at: FilePath,
): Issue[] {
  const { linkKind } = hookNamed(hook)
  const link = Object.values(links).find(({ ends }) =>
    ends.some((end) => end.namespace === namespace && end.device === device),
  )
  if (linkKind === undefined || link === undefined || link.kind === linkKind) return []
  const message = `${hook} is of links of kind ${linkKind} alone, and ${device} in ${namespace} is of kind ${link.kind}`
  return [{ path: [...at, 'hook'], message }]
}
