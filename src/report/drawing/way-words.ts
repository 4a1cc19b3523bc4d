/** The ways of a path in words, for those who do not see the drawing. */
import type { PathRecord, WayStep } from '../../record/record.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'
import { deviceKey } from './stations.ts'

const stepWords = (step: WayStep): string => {
  if (step.through === 'stack') return 'network stack'
  return step.through === 'device' ? step.device : `program ${step.program} at ${step.hook} of ${step.device}`
}

const listOf = (steps: readonly WayStep[]): string =>
  steps.map((step) => `${stepWords(step)} (${step.namespace})`).join(', ')

/** One sentence for the request, and one for a reply that goes another way. */
export const wayFinding = ({ name, way, returnWay }: PathRecord): string =>
  returnWay
    ? `Topology of ${name}. A request goes through: ${listOf(way)}. The reply goes through: ${listOf(returnWay)}.`
    : `Topology of ${name}. A packet goes through: ${listOf(way)}.`

/** The same as a table, with the addresses of devices. */
export const wayTable = ({ name, way, returnWay, topology }: PathRecord): TableView => {
  const addresses = new Map(
    topology.links.flatMap(({ ends }) => ends).map((end) => [deviceKey(end), end.addresses.join(', ')]),
  )
  const rowsOf = (steps: readonly WayStep[]): string[][] =>
    steps.map((step, index) => [
      String(index + 1),
      step.namespace,
      stepWords(step),
      step.through === 'device' ? (addresses.get(deviceKey(step)) ?? '') : '',
    ])
  const columns = [
    numberColumn('Step'),
    textColumn('Namespace'),
    textColumn('Through'),
    textColumn('Addresses'),
  ]
  if (!returnWay) return { caption: `The way of a packet by ${name}`, columns, rows: rowsOf(way) }
  return {
    caption: `The ways of a request and its reply by ${name}`,
    columns: [textColumn('Packet'), ...columns],
    rows: [
      ...rowsOf(way).map((row) => ['request', ...row]),
      ...rowsOf(returnWay).map((row) => ['reply', ...row]),
    ],
  }
}
