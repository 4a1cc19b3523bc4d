/** Drives HTTP load with h2load, against an nginx on every server: requests over connections that it opens. */
import type { HttpTrial } from '../parts/loads/http.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import { familyOf } from '../parts/ip-address.ts'
import { noTraffic, type Traffic } from '../parts/traffic.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Step } from '../topology/steps.ts'
import type { Asked, DriverKind, DriverTools, ServedPath } from './driver.ts'
import { answersIn, type Call, callStep, type HttpAnswer, type HttpOrder } from './h2load.ts'
import { type HttpClient, httpClientOf } from './http-client.ts'
import { httpResult, withPages, withServed } from './http-result.ts'
import { pageCheckOrder } from './page-check.ts'
import { countPage, startSteps, stopStep } from './web-server.ts'

export const h2load: DriverKind = {
  start: (tools) => {
    const clients = new Clients(tools.scenario, portOf(tools.scenario.load))
    return {
      tries: 1,
      leavesChecksums: true,
      open: (paths) => {
        clients.open(paths)
        return Promise.resolve()
      },
      ask: async (path, load) => await askHttp(tools, clients, path, load),
      run: async (trials) => {
        const orders = trials.flatMap(({ path, trial }) =>
          isHttp(trial) ? [{ path: path.name, ...trial }] : [],
        )
        const paths = [...new Set(orders.map(({ path }) => path))]
        const called = paths.map((path) => clients.clientOf(path))
        const before = await countServed(tools, called)
        const results = (await call(tools, orders.map(clients.callFor))).map(httpResult)
        const after = await countServed(tools, called)
        const served = paths.map(
          (path, index) => [path, after[index]! - before[index]! - called[index]!.servers.length] as const,
        )
        return withServed(results, new Map(served))
      },
      complete: async (result) => {
        // Where the trial had no answer, that says enough.
        if (result.received === 0) return result
        const order = pageCheckOrder(clients.clientOf(result.path))
        const check = { requests: order.requests, ...(await tools.generator.fetchPages(order)) }
        return withPages(result, check)
      },
      drain: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    }
  },
  serverSteps: (path, load) => load.flatMap((trial) => (isHttp(trial) ? serverSteps(path, trial.port) : [])),
  endSteps: (paths, load) => (portOf(load) === undefined ? [] : paths.map(stopStep)),
}

const isHttp = (trial: LoadTrial): trial is HttpTrial => trial.kind === 'http'

const portOf = (load: readonly LoadTrial[]): number | undefined => load.find(isHttp)?.port

/** Clients on live paths, and whose turn it is to be called. */
class Clients {
  readonly #scenario: DriverTools['scenario']
  readonly #port: number | undefined
  #clients: ReadonlyMap<string, HttpClient> = new Map()
  readonly #called = new Map<string, number>()

  constructor(scenario: DriverTools['scenario'], port: number | undefined) {
    this.#scenario = scenario
    this.#port = port
  }

  open(paths: readonly ScenarioPath[]): void {
    const port = this.#port
    if (port === undefined) return
    this.#clients = new Map(paths.map((path) => [path.name, httpClientOf(this.#scenario, path, port)]))
  }

  clientOf(path: string): HttpClient {
    const client = this.#clients.get(path)
    if (client === undefined) throw new Error(`no HTTP client on path ${path}`)
    return client
  }

  /** Every trial calls the next target. */
  readonly callFor = (order: HttpOrder): Call => {
    const { targets, namespaceFile } = this.clientOf(order.path)
    const turn = this.#called.get(order.path) ?? 0
    this.#called.set(order.path, turn + 1)
    return { order, namespaceFile, target: targets[turn % targets.length] ?? { address: '', port: 0 } }
  }
}

/** How many requests the servers of paths have had, by path; those for this count come on top. */
async function countServed(
  { generator }: Pick<DriverTools, 'generator'>,
  clients: readonly HttpClient[],
): Promise<number[]> {
  const counts: number[] = []
  for (const { servers } of clients) counts.push(await generator.countServed({ servers, page: countPage }))
  return counts
}

const wallClockNs = (): number => (performance.timeOrigin + performance.now()) * 1e6

async function call(
  { sandbox, placement }: Pick<DriverTools, 'sandbox' | 'placement'>,
  calls: readonly Call[],
): Promise<HttpAnswer[]> {
  const clockOffsetNs = wallClockNs() - Number(process.hrtime.bigint())
  const [output = ''] = await sandbox.run([callStep(calls, placement.senderCpu)])
  return answersIn(calls, output, clockOffsetNs)
}

/** One serves all addresses of its namespace. */
const serverSteps = ({ path, fileOf, serverCpu }: ServedPath, port: number): Step[] =>
  [...new Map(path.servers.map((server) => [server.namespace, server])).values()].flatMap(
    ({ namespace, address }) =>
      startSteps(
        {
          ...{ path: path.name, host: namespace, namespaceFile: fileOf(namespace), port },
          family: familyOf(address),
        },
        serverCpu,
      ),
  )

/** A connection for each of the servers, in all likelihood, and a request over each. */
const probeConnections = 8

async function askHttp(
  tools: DriverTools,
  clients: Clients,
  { name: path }: ScenarioPath,
  load: readonly LoadTrial[],
): Promise<Asked> {
  if (!load.some(isHttp)) return { traffic: noTraffic, reason: undefined }
  const order = { path, requests: probeConnections, connections: probeConnections }
  const [answer] = await call(tools, [clients.callFor(order)])
  const { sent = 0, received = 0 } = answer ?? {}
  return {
    traffic: webTraffic(sent, received),
    reason: received === sent ? undefined : `${received} of ${sent} HTTP requests were answered`,
  }
}

/** Of an HTTP request at least one packet goes each way, so that a program on it has run as often. */
const webTraffic = (sent: number, received: number): Traffic => ({
  ...noTraffic,
  requestsSent: sent,
  requestsReceived: received,
  repliesSent: received,
  repliesReceived: received,
})
