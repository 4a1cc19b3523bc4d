/** What both ends counted, by path and kind of load: the part of the proof that every path has. */
import { trialLabel } from '../../parts/loads/trial-name.ts'
import { deliveryFaults, deliveryOf, faultOf } from '../../record/delivery.ts'
import type { RunRecord } from '../../record/record.ts'
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
  const table = deliveryTable(record)
  const all = record.paths.flatMap((path) => deliveryOf(record, path))
  const isFaultless = all.every((one) => deliveryFaults.every((fault) => faultOf(one, fault) === 0))
  return table && { table, isFaultless }
}

const deliveryTable = (record: RunRecord): TableView | undefined => {
  const isTcp = record.paths.some((path) =>
    deliveryOf(record, path).some(({ segments }) => segments !== undefined),
  )
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
        caption: `What both ends counted, warm-up included: packets, of HTTP requests${isTcp ? ', of TCP transactions or bytes, and segments that were sent again' : ''}`,
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
