/** How the connections of TCP loads did: the kernel's own account of them. */
import { markup, type Html } from '../../page/escape.ts'
import { renderTable } from '../../page/table.ts'
import type { ReportView } from '../view.ts'

export const tcpSection = ({ tcp }: ReportView): Html | undefined =>
  tcp &&
  markup`<section id="tcp"><h2>TCP connections</h2><p>What the kernel says of both ends' sockets (TCP_INFO) after each trial; of tcp-crr the client's alone, so that what its servers sent again is not among the retransmitted. Window and RTT are those of the end that sends requests, or the stream: the congestion window in segments, and the smoothed round-trip time, which holds waiting in queues and delayed acknowledgements. Of tcp-crr it is told what its connections leave behind: the sockets that linger (TIME_WAIT) at both ends, and what netfilter still tracks.</p><ul class="plain">${tcp.findings.map((finding) => markup`<li>${finding}</li>`)}</ul>${renderTable(tcp.table)}</section>`
