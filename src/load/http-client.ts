/** The client's side of HTTP load on a path. Pure. */
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { namespaceFileFor } from '../topology/plan.ts'
import { endsOf } from './ends.ts'
import type { Target } from './protocol.ts'
import { serverSocket } from './web-server.ts'

export interface HttpClient {
  readonly namespaceFile: string
  /** What it calls; where there are several, every trial calls the next. */
  readonly targets: readonly HttpTarget[]
  /** UNIX sockets that its servers listen on, too. */
  readonly servers: readonly string[]
}

export interface HttpTarget extends Target {
  /** Of `servers`, the one that has the address, where one alone has. */
  readonly server?: number
}

/** Where HTTP load of a path comes from and goes to. */
export const httpClientOf = (
  { client: { namespace }, place }: Pick<Scenario, 'client' | 'place'>,
  { name, targets, servers }: ScenarioPath,
  port: number,
): HttpClient => ({
  namespaceFile: namespaceFileFor(name)(namespace),
  targets: targets.map(({ address }): HttpTarget => {
    const own = servers.flatMap((server, index) => (server.address === address ? [index] : []))
    return { address, port, ...(own.length === 1 ? { server: own[0] ?? 0 } : {}) }
  }),
  servers: servers.map(({ namespace: host }) => serverSocket({ path: endsOf(place, name), host })),
})
