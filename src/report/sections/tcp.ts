/** TCP behind the figures: what it sent, what it sent again, and how far its window was open. */
import { markup, type Html } from '../../page/escape.ts'
import { renderTable } from '../../page/table.ts'
import type { ReportView } from '../view.ts'

/** Segments, retransmissions, windows and dead connections, by path and kind of load. */
export const tcpSection = ({ tcp }: ReportView): Html | undefined =>
  tcp &&
  markup`<section id="tcp"><h2>TCP behind the figures</h2><p>${tcp.finding} Where paths differ here, a difference above may come from TCP’s own control and not from the path’s cost.</p>${renderTable(tcp.table)}</section>`
