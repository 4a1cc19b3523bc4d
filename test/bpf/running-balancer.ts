/** The balancer's program, with the service in its map. */
import { sharedAsRoot } from '../netns/as-root.ts'
import { backends, balancerNetwork, macs, serviceDscp, servicePort, virtualAddress } from './dsr-network.ts'
import type { Packet } from './packet.ts'
import { loadPrograms, type Outcome, type Programs } from './sandboxed-program.ts'

export interface Balancer {
  readonly programs: Programs
  /** Runs the program on frames, with one backend. */
  readonly withBackend: (backend: string, frames: readonly Buffer[]) => Promise<Outcome[]>
}

/** Sets how new flows of the service choose. */
export async function setChoice(programs: Programs, choice: 'consistent' | 'random'): Promise<void> {
  const value = { dscp: serviceDscp, is_random: choice === 'random' ? 1 : 0 }
  await programs.write(
    'services',
    [6, 17].map((protocol) => [{ address: virtualAddress, port: servicePort, protocol }, value]),
  )
}

/** A balancer that the tests of a file share; there once the first test runs. */
export function sharedBalancer(): Balancer {
  let programs: Programs
  let onlyBackend: string | undefined
  sharedAsRoot(
    async () => {
      programs = await loadPrograms('dsr-balancer', balancerNetwork)
      await programs.setForwarding(true)
      await setChoice(programs, 'consistent')
    },
    () => programs.close(),
  )
  return {
    get programs() {
      return programs
    },
    withBackend: async (backend, frames) => {
      if (backend !== onlyBackend) await programs.write('backends', [[0, { address: backend }]])
      onlyBackend = backend
      return programs.run('balance', frames)
    },
  }
}

/** A packet as it leaves for a backend, back to the router. */
export const balanced = (packet: Packet, backend: string = backends.behindRouter): Packet => ({
  ...packet,
  sourceMac: macs.here,
  destinationMac: macs.router,
  destination: backend,
  dscp: serviceDscp,
  ttl: packet.ttl - 1,
})

/** A packet as the stack gets it to forward: decrementing the TTL is left to it. */
export const handedOver = (packet: Packet, backend: string): Packet => ({
  ...packet,
  destination: backend,
  dscp: serviceDscp,
})
