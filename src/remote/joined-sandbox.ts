/** A sandbox here and one on another host as one: what is done in a namespace is done where that is. */
import type { RemoteSandbox, Sandbox } from '../topology/sandbox.ts'
import { namespaceOfFile } from '../topology/plan.ts'
import type { Step } from '../topology/steps.ts'

/**
 * Joins them. What is in no namespace is done on the other host: programs are loaded and pinned there.
 *
 * @param away the namespaces of that host, as the scenario calls them
 */
export function joinedSandbox(local: Sandbox, remote: RemoteSandbox, away: ReadonlySet<string>): Sandbox {
  const partOf = (file: string | undefined): Sandbox =>
    file === undefined || away.has(namespaceOfFile(file)) ? remote : local
  return {
    parts: { local, remote },
    firstProcess: remote.firstProcess,
    enter: (command, file) => partOf(file).enter(command, file),
    enterUnsealed: (command, file) => partOf(file).enterUnsealed(command, file),
    run: async (steps) => {
      const outputs: string[] = []
      for (const { part, together } of stretches(steps, (step) => partOf(step.namespaceFile)))
        outputs.push(...(await part.run(together)))
      return outputs
    },
    tryStep: (step) => partOf(step.namespaceFile).tryStep(step),
    close: async () => {
      await Promise.allSettled([remote.close(), local.close()])
    },
  }
}

interface Stretch {
  readonly part: Sandbox
  readonly together: readonly Step[]
}

/** Steps in their order, those that follow each other in one part together. */
function stretches(steps: readonly Step[], partOf: (step: Step) => Sandbox): Stretch[] {
  const found: { part: Sandbox; together: Step[] }[] = []
  for (const step of steps) {
    const part = partOf(step)
    const last = found.at(-1)
    if (last?.part === part) last.together.push(step)
    else found.push({ part, together: [step] })
  }
  return found
}
