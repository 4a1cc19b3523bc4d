/** What both ends counted on every path, over a whole run. */
import { addDelivery, judgeDelivery, noDelivery } from '../datapath/delivery.ts'
import { addRepairs, noRepairs, type TcpRepairs } from '../datapath/tcp-repairs.ts'
import { noCounts } from '../parts/delivery.ts'
import type { Drained } from '../load/answers.ts'
import { loadOf } from '../parts/loads/loads.ts'
import { trialLabel } from '../parts/loads/trial-name.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { Delivery, Proof } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'

interface PathLog {
  /** By kind and name of trial. */
  readonly byTrial: Map<string, Delivery>
  /** Packets that came after their trial was over. */
  strays: number
  repairs: TcpRepairs
  /** Trials that ended early, as the kernel took no packet. */
  refused: number
  /** Why trials ended early whose connections died, one for each. */
  readonly died: string[]
}

/** Whether packets lie in its sockets, and are counted one by one. */
const isOfPackets = (kind: string): boolean => loadOf(kind).counted === 'packets'

export class DeliveryLog {
  readonly #paths = new Map<string, PathLog>()
  #floor: string | undefined

  constructor(paths: readonly ScenarioPath[]) {
    this.#floor = paths.find(({ role }) => role === 'floor')?.name
  }

  addTrial({ path, kind, name, delivery, strays, isRefused, died }: TrialResult): void {
    const log = this.#logOf(path)
    const label = trialLabel({ kind, name })
    log.byTrial.set(label, addDelivery(log.byTrial.get(label) ?? noDelivery(kind, name), delivery))
    log.strays += strays
    if (isRefused) log.refused += 1
    if (died !== undefined) log.died.push(`${label}: ${died}`)
  }

  /** Adds what still lay in sockets when all trials were over. */
  addDrained({ path, corrupted, strays }: Drained): void {
    const log = this.#logOf(path)
    const first = [...log.byTrial].find(([, { kind }]) => isOfPackets(kind))
    if (first === undefined) return
    log.strays += strays
    const [label, delivery] = first
    log.byTrial.set(label, addDelivery(delivery, { ...noCounts, corrupted }))
  }

  /** Adds what the kernel counted in a round of a path of a run's own, where nobody else speaks TCP. */
  addRepairs(path: string, repairs: TcpRepairs): void {
    const log = this.#logOf(path)
    log.repairs = addRepairs(log.repairs, repairs)
  }

  /** What the kernel counted of TCP. */
  repairsOf(path: string): TcpRepairs {
    return this.#logOf(path).repairs
  }

  /** No longer judges others by this path, if it is the floor: it is broken itself. */
  leaveOut(path: string): void {
    if (path === this.#floor) this.#floor = undefined
  }

  /** What both ends counted, by trial. */
  deliveryOf(path: string): Delivery[] {
    const { byTrial, strays } = this.#logOf(path)
    const counts = [...byTrial.values()]
    // Of what came late, as much as was taken for lost may be just that; the rest are copies. Which trial's, nobody knows.
    const ofPackets = counts.filter(({ kind }) => isOfPackets(kind))
    const copies = Math.max(0, strays - ofPackets.reduce((sum, { lost }) => sum + lost, 0))
    return counts.map((one) => (one === ofPackets[0] ? { ...one, duplicated: one.duplicated + copies } : one))
  }

  /** How a path's delivery is judged. @param isFinal whether nothing more will be counted */
  judge({ name, allows }: ScenarioPath, isFinal: boolean): Proof[] {
    const delivery = this.deliveryOf(name)
    const { refused, died, repairs } = this.#logOf(name)
    const floor = this.#floor === undefined ? undefined : this.deliveryOf(this.#floor)
    return [
      ...judgeDelivery({ delivery, allows, isFinal, repairs, ...(floor === undefined ? {} : { floor }) }),
      ...(refused === 0
        ? []
        : [
            {
              what: 'trials that ended early, as the kernel took no packet',
              expected: 'none',
              observed: String(refused),
              holds: false,
            },
          ]),
      ...(died.length === 0
        ? []
        : [
            {
              what: 'trials that ended early, as a TCP connection died',
              expected: 'none',
              observed: `${died.length} (${[...new Set(died)].join('; ')})`,
              holds: false,
            },
          ]),
    ]
  }

  #logOf(path: string): PathLog {
    const log = this.#paths.get(path) ?? {
      byTrial: new Map(),
      strays: 0,
      repairs: noRepairs,
      refused: 0,
      died: [],
    }
    this.#paths.set(path, log)
    return log
  }
}
