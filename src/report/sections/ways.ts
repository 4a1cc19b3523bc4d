/** Which way packets went: drawn, proved, and what each way leaves out. */
import { topologySvg } from '../drawing/topology-svg.ts'
import { markup, type Html } from '../../page/escape.ts'
import { renderPicture } from '../../page/picture.ts'
import { renderTable, renderTableBehind } from '../../page/table.ts'
import { renderWayLegend } from '../page/way-legend.ts'
import type { ReportView } from '../view.ts'
import type { DeliveryView } from '../view/delivery.ts'
import type { ProofView } from '../view/proof.ts'

/** One drawing a path, client above and server below. */
export const topologySection = ({ topologies }: ReportView): Html | undefined => {
  if (topologies.length === 0) return undefined
  const drawings = topologies.map(({ drawing }) => drawing)
  const size = drawings.some(({ bars }) => bars.length > 0) ? 'grid-middle' : 'grid-small'
  const figures = topologies.map(({ drawing, title, subtitle }) =>
    renderPicture({
      title,
      subtitle,
      inWords: drawing.inWords,
      drawing: topologySvg(drawing),
      table: drawing.table,
    }),
  )
  const differences = topologies.flatMap(({ title, differences: table }) =>
    table === undefined ? [] : [markup`<h3>In what ${title} differ</h3>${renderTable(table)}`],
  )
  return markup`<section id="topology"><h2>The way of a packet</h2><p>From the client, at the top, to the server. A network stack that is struck out is not passed.</p>${renderWayLegend(drawings.flatMap(({ ways }) => ways))}<div class="grid ${size}">${figures}</div>${differences}</section>`
}

const foldedProof = ({ summary, holds, table }: ProofView): Html =>
  markup`<details class="proof"${holds ? undefined : markup` open`}><summary>${summary}</summary>${renderTable(table)}</details>`

/** More rows than these are not read one by one. */
const mostDeliveryRows = 24

const deliveryPart = ({ table, isFaultless }: DeliveryView): Html =>
  table.rows.length <= mostDeliveryRows
    ? renderTable(table)
    : markup`${isFaultless ? markup`<p>All that was sent arrived on every path: whole, once, in order and where it was sent to.</p>` : undefined}${renderTableBehind('What both ends counted, path by path', table)}`

/** Both ends' counts, and the kernel's: in one table, or where that would be long, a table a path, open where one fails. */
export const proofSection = ({ delivery, proof, proofs }: ReportView): Html | undefined =>
  proofs.length === 0 && delivery === undefined
    ? undefined
    : markup`<section id="proof"><h2>Proof</h2><p>What both ends counted, and what the kernel counted while packets were sent, against what each path claims to do. A packet that came late is not lost; one that came after a later one of its flow is reordered.</p>${delivery && deliveryPart(delivery)}${proof ? renderTable(proof) : proofs.map(foldedProof)}</section>`

/** The work that each path leaves out. */
export const skippedWorkSection = ({ skippedWork }: ReportView): Html | undefined =>
  skippedWork.length === 0
    ? undefined
    : markup`<section id="skips"><h2>What each path skips</h2><p>Paths do not all do equal work. Part of a difference is work that is not done.</p><dl class="steps">${skippedWork.map(({ path, title, skips }) => markup`<dt>${path}</dt><dd>${title && markup`<span class="quiet">${title}</span>`}<ul class="plain">${skips.map((skip) => markup`<li>${skip}</li>`)}</ul></dd>`)}</dl></section>`
