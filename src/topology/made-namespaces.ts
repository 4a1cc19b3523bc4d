/**
 * Namespaces that paths share and that are made with devices of a machine, which are moved into them: what is to be done
 * (pure), and the steps that do it.
 */
import { devicesOf } from '../scenario/check.ts'
import type { Topology } from '../scenario/schema.ts'
import type { NamespacePlan } from './plan.ts'
import { planTopology } from './plan.ts'
import { namespacePlace, type Sandbox, sandboxFolders } from './sandbox.ts'
import type { Step } from './steps.ts'

export interface MadeNamespace {
  /** As the scenario calls it. */
  readonly name: string
  /** The host that it is on, where it is not on this machine. */
  readonly host: string | undefined
  /** The devices that are moved into it. */
  readonly devices: readonly string[]
}

/** Those of a topology on hosts: every namespace that is not there already. */
export function madeNamespaces(topology: Topology): MadeNamespace[] {
  const devices = devicesOf(topology)
  return Object.entries(topology.namespaces).flatMap(([name, { host, existing }]) =>
    existing === undefined ? [{ name, host, devices: devices.get(name) ?? [] }] : [],
  )
}

/** The file of one in its sandbox, beside those by which each path knows it. */
export const madeFile = (name: string): string => `hosts.${name}`

/** The same, as the machine sees it that the sandbox is on. */
export const madeFileSeen = ({ firstProcess }: Pick<Sandbox, 'firstProcess'>, name: string): string =>
  `/proc/${firstProcess}/root${namespacePlace(madeFile(name))}`

const make = `set -e
cd ${sandboxFolders.namespaces}
made=$1
ip netns add "$made"
shift
for name; do
  : >"$name"
  mount --bind "$made" "$name"
done`

/** The step that makes one. @param files by which paths know it */
export const makeStep = (name: string, files: readonly string[]): Step => ({
  command: ['sh', '-c', make, 'make', madeFile(name), ...files],
  what: `make namespace ${name}`,
})

/** What is set up in each once its devices are there. */
export function plansOf(topology: Topology, made: readonly MadeNamespace[]): NamespacePlan[] {
  const names = new Set(made.map(({ name }) => name))
  return planTopology(topology, madeFile).namespaces.filter(({ namespace }) => names.has(namespace))
}

/** Longest that devices are waited for that have no carrier yet, s: copper that negotiates takes some 3 s. */
const carrierLimitS = 30

const untilCarriers = `left=$1
shift
for device; do
  until ip -oneline link show dev "$device" | grep -q LOWER_UP; do
    left=$((left - 1))
    if [ $left -le 0 ]; then echo "$device has no carrier; is the cable in, and is the other end up?" >&2; exit 1; fi
    sleep 0.1
  done
done`

/** The step that waits for cables. */
export const awaitCarriersStep = ({ name, devices }: MadeNamespace): Step => ({
  command: ['sh', '-c', untilCarriers, 'wait', String(carrierLimitS * 10), ...devices],
  what: `use the devices of ${name}`,
  namespaceFile: madeFile(name),
})
