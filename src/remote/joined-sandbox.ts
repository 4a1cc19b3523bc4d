/** A sandbox here and one on another host as one: what is done in a namespace is done where that is. */
import { stretchesOf } from '../host/stretches.ts'
import type { RemoteSandbox, Sandbox, SandboxParts } from '../topology/sandbox.ts'
import { namespaceOfFile } from '../topology/plan.ts'

export interface JoinedSandbox extends Sandbox {
  readonly parts: SandboxParts
}

/**
 * Joins them. What is in no namespace is done on the other host: programs are loaded and pinned there.
 *
 * @param away the namespaces of that host, as the scenario calls them
 */
export function joinedSandbox(
  local: Sandbox,
  remote: RemoteSandbox,
  away: ReadonlySet<string>,
): JoinedSandbox {
  const partOf = (file: string | undefined): Sandbox =>
    file === undefined || away.has(namespaceOfFile(file)) ? remote : local
  const joined: JoinedSandbox = {
    parts: { local, remote },
    at: () => joined,
    firstProcess: remote.firstProcess,
    enter: (command, file) => partOf(file).enter(command, file),
    enterUnsealed: (command, file) => partOf(file).enterUnsealed(command, file),
    run: async (steps) => {
      const outputs: string[] = []
      for (const stretch of stretchesOf(steps, (step) => partOf(step.namespaceFile)))
        outputs.push(...(await partOf(stretch[0]?.namespaceFile).run(stretch)))
      return outputs
    },
    tryStep: (step) => partOf(step.namespaceFile).tryStep(step),
    close: async () => {
      await Promise.allSettled([remote.close(), local.close()])
    },
  }
  return joined
}
