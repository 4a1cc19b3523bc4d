/** What both ends counted, by path and kind of load: the part of the proof that every path has. */
import { loadOf } from '../../parts/loads/loads.ts'
import { trialLabel } from '../../parts/loads/trial-name.ts'
import { deliveryFaults, deliveryOf, faultOf } from '../../record/delivery.ts'
import type { Delivery, RunRecord } from '../../record/record.ts'
import { capitalised, formatCount, formatShare } from '../../words/numbers.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

/** What the scenario lets a path lose and reorder. */
const allowedText = ({ allows }: RunRecord['paths'][number]): string => {
  const parts = [
    ...(allows?.lossRatio === undefined ? [] : [`to lose ${formatShare(allows.lossRatio, 2)}`]),
    ...(allows?.reordered === undefined ? [] : [`to reorder ${formatShare(allows.reordered, 2)}`]),
  ]
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}

export interface DeliveryView {
  readonly table: TableView
  /** Whether on no path anything was lost, spoilt, doubled, sent astray, reordered or sent again. */
  readonly isFaultless: boolean
}

/** Every path that was driven, a row for each kind of load; undefined where nothing was counted. */
export const deliveryView = (record: RunRecord): DeliveryView | undefined => {
  const all = record.paths.flatMap((path) => deliveryOf(record, path))
  const table = deliveryTable(record, all)
  const isFaultless = all.every((one) => deliveryFaults.every((fault) => faultOf(one, fault) === 0))
  return table && { table, isFaultless }
}

/** What the counts of several loads are of: `packets`, `packets or requests`. */
const countedText = (deliveries: readonly Delivery[]): string =>
  [...new Set(deliveries.map(({ kind }) => loadOf(kind).counted))].join(' or ')

const deliveryTable = (record: RunRecord, all: readonly Delivery[]): TableView | undefined => {
  const isTcp = all.some(({ segments }) => segments !== undefined)
  const faults = deliveryFaults.filter((fault) => fault !== 'retransmitted' || isTcp)
  const rows = record.paths.flatMap((path) =>
    deliveryOf(record, path).map((delivery) => [
      path.name,
      trialLabel(delivery),
      formatCount(delivery.sent),
      formatCount(delivery.received),
      ...faults.map((fault) => formatCount(faultOf(delivery, fault))),
      allowedText(path),
    ]),
  )
  return rows.length === 0
    ? undefined
    : {
        caption: `What both ends counted, warm-up included: ${countedText(all)}${isTcp ? ', and TCP segments that were sent again' : ''}`,
        columns: [
          textColumn('Path'),
          textColumn('Load'),
          numberColumn('Sent'),
          numberColumn('Received'),
          ...faults.map((fault) => numberColumn(capitalised(fault))),
          textColumn('Allowed'),
        ],
        rows,
      }
}
