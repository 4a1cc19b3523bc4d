/** A backend's programs, with the service in their map. */
import { sharedAsRoot } from '../netns/as-root.ts'
import { backendNetwork, serviceDscp, virtualAddress } from './dsr-network.ts'
import { loadPrograms, type Programs } from './sandboxed-program.ts'

export interface Backend {
  readonly programs: Programs
  /** Begins anew: no flow is known. */
  readonly begin: () => Promise<void>
}

/** Programs that the tests of a file share; there once the first test runs. */
export function sharedBackend(object: 'dsr-backend-tc' | 'dsr-backend-xdp'): Backend {
  let programs: Programs
  const setService = () => programs.write('services', [[{ dscp: serviceDscp }, { address: virtualAddress }]])
  sharedAsRoot(
    async () => {
      programs = await loadPrograms(object, backendNetwork)
      await setService()
    },
    () => programs.close(),
  )
  return {
    get programs() {
      return programs
    },
    begin: async () => {
      await programs.reload()
      await setService()
    },
  }
}
