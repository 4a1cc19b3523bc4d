/** Attaches a path's programs by links that the kernel takes away with the process that holds them. */
import { z } from 'zod'
import { converse } from '../host/conversation.ts'
import { BenchError } from '../host/errors.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { type Sandbox, sandboxFolders } from '../topology/sandbox.ts'
import { pinnedPrograms } from './instances.ts'
import { loaderCommand } from './loader.ts'

const answerSchema = z.union([
  z.object({ attached: z.literal(true) }),
  z.object({ detached: z.literal(true) }),
  z.object({ error: z.string(), index: z.number() }),
])

export interface LinkHolder {
  /**
   * Attaches the programs of a path, before those of others.
   *
   * @throws BenchError `failed` about the first that cannot be: then none is
   */
  readonly attach: (path: ScenarioPath, fileOf: NamespaceFile) => Promise<void>
  /** Takes away what was attached last. */
  readonly detach: () => Promise<void>
  readonly end: () => Promise<void>
}

export function startLinkHolder(sandbox: Sandbox): LinkHolder {
  const loader = converse('bpfload', sandbox.enter([...loaderCommand, 'hold']))
  const ask = async (order: object, what: string) => {
    loader.tell(order)
    return answerSchema.parse(await loader.hear(what))
  }
  return {
    attach: async (path, fileOf) => {
      const programs = inTurn(path)
      const orders = programs.map(({ namespace, device, hook, pin }) => {
        const { type, flags } = hookNamed(hook).link
        return { device, type, flags, pin, namespace: `${sandboxFolders.namespaces}/${fileOf(namespace)}` }
      })
      const answer = await ask({ attach: orders }, `attach the programs of path "${path.name}"`)
      const program = 'error' in answer ? programs[answer.index] : undefined
      if (!('error' in answer) || program === undefined) return
      const where = `${program.hook} of ${program.device} in ${program.namespace}`
      throw new BenchError(
        `Could not attach ${program.program} at ${where} of path "${path.name}": ${answer.error}`,
        {
          trouble: 'failed',
          hint: 'tc and tcx hooks of existing namespaces want Linux 6.6 (tcx links), netkit hooks the primary device of a netkit pair, XDP hooks a device that has no XDP program',
        },
      )
    },
    detach: async () => {
      await ask({ detach: true }, 'detach programs')
    },
    end: loader.end,
  }
}

/** The programs of a path in the order in which they meet a packet, as far as hooks tell. */
function inTurn(path: ScenarioPath) {
  const pins = pinnedPrograms(path)
  const turnOf = ({ hook }: { readonly hook: string }) => hookNamed(hook).link.turn
  return path.programs
    .map((program, index) => ({ ...program, pin: pins[index] ?? '' }))
    .toSorted((a, b) => turnOf(a) - turnOf(b))
}
