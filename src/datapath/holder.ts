/** Attaches a path's programs for a while: by links that the kernel takes away with the process that holds them, or as filters. */
import { z } from 'zod'
import { converse } from '../host/conversation.ts'
import { BenchError } from '../host/errors.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { FilterPlace } from './filter-places.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import { namespacePlace, type Sandbox } from '../topology/sandbox.ts'
import { pinnedPrograms } from './instances.ts'
import { loaderCommand } from './loader.ts'

const answerSchema = z.union([
  z.object({ attached: z.literal(true) }),
  z.object({ detached: z.literal(true) }),
  z.object({ error: z.string(), index: z.number().optional() }),
])

export interface LinkHolder {
  /**
   * Attaches the programs of a path, before those of others.
   *
   * @param places of those that are filters
   * @throws BenchError `failed` about the first that cannot be: then none is
   */
  readonly attach: (
    path: ScenarioPath,
    fileOf: NamespaceFile,
    places: readonly (FilterPlace | undefined)[],
  ) => Promise<void>
  /** Takes away what was attached last. @throws BenchError `failed` if that cannot be done */
  readonly detach: () => Promise<void>
  readonly end: () => Promise<void>
}

export function startLinkHolder(sandbox: Sandbox): LinkHolder {
  const loader = converse(
    'bpfload',
    sandbox.enter([...loaderCommand, 'hold']),
    sandbox.parts?.remote.roundTrips,
  )
  const ask = async (order: object, what: string) => {
    loader.tell(order)
    return answerSchema.parse(await loader.hear(what))
  }
  return {
    attach: async (path, fileOf, places) => {
      const pins = pinnedPrograms(path)
      const orders = path.programs.map(({ namespace, device, hook }, index) => ({
        ...{ device, pin: pins[index], ...heldOrder(hook, places[index]) },
        namespace: namespacePlace(fileOf(namespace)),
      }))
      const answer = await ask({ attach: orders }, `attach the programs of path "${path.name}"`)
      const program = 'error' in answer ? path.programs[answer.index ?? 0] : undefined
      if (!('error' in answer) || program === undefined) return
      const where = `${program.hook} of ${program.device} in ${program.namespace}`
      throw new BenchError(
        `Could not attach ${program.program} at ${where} of path "${path.name}": ${answer.error}`,
        {
          trouble: 'failed',
          hint: 'netkit hooks of existing namespaces want the primary device of a netkit pair, XDP hooks a device that has no XDP program',
        },
      )
    },
    detach: async () => {
      const answer = await ask({ detach: true }, 'detach programs')
      if ('error' in answer)
        throw new BenchError(`Could not detach programs: ${answer.error}`, { trouble: 'failed' })
    },
    end: loader.end,
  }
}

/** How a program is attached, in the words of bpfload/hold.h. */
function heldOrder(hook: string, place: FilterPlace | undefined): object {
  const { held } = hookNamed(hook)
  return held.by === 'link'
    ? { link: { type: held.type, flags: held.flags } }
    : { filter: { isEgress: held.direction === 'egress', ...place } }
}
