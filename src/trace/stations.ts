/**
 * The stations of a packet's way, in words that network engineers have for them, each with the kernel's function and file.
 * docs/tracing.md is made of the same list.
 */
import { hooks } from '../parts/hooks/hooks.ts'

export interface Station {
  readonly title: string
  /** Of the kernel's source, Linux 6.18: where the packet is at that moment. */
  readonly function: string
  readonly file: string
}

/** Where a way begins and ends: calls of the generator's, told by the clock that it reads itself. */
export const [sendStation, receiveStation] = ['send', 'receive'] as const
export const dropStation = 'kfree_skb'

/** By the names of bpfload/trace-event.h, in the order of a way. */
export const stations: Readonly<Record<string, Station>> = {
  [sendStation]: { title: 'send call', function: 'send_request', file: 'udpgen/pingpong.c' },
  sys_enter_sendto: { title: 'into the kernel', function: '__sys_sendto', file: 'net/socket.c' },
  nf_local_out: { title: 'IP output (OUTPUT)', function: '__ip_local_out', file: 'net/ipv4/ip_output.c' },
  netif_rx: { title: 'into the backlog', function: 'netif_rx_internal', file: 'net/core/dev.c' },
  napi_gro_receive_entry: { title: 'NAPI, GRO', function: 'napi_gro_receive', file: 'net/core/gro.c' },
  netif_receive_skb: { title: 'receive', function: '__netif_receive_skb_core', file: 'net/core/dev.c' },
  nf_prerouting: { title: 'IP receive (PREROUTING)', function: 'ip_rcv', file: 'net/ipv4/ip_input.c' },
  fib_table_lookup: { title: 'route lookup', function: 'fib_table_lookup', file: 'net/ipv4/fib_trie.c' },
  nf_forward: { title: 'forward (FORWARD)', function: 'ip_forward', file: 'net/ipv4/ip_forward.c' },
  nf_local_in: { title: 'local delivery (INPUT)', function: 'ip_local_deliver', file: 'net/ipv4/ip_input.c' },
  nf_postrouting: { title: 'IP output (POSTROUTING)', function: 'ip_output', file: 'net/ipv4/ip_output.c' },
  neigh_event_send_done: {
    title: 'neighbour resolution',
    function: '__neigh_event_send',
    file: 'net/core/neighbour.c',
  },
  net_dev_queue: { title: 'device queue', function: '__dev_queue_xmit', file: 'net/core/dev.c' },
  net_dev_start_xmit: { title: 'transmit', function: 'dev_hard_start_xmit', file: 'net/core/dev.c' },
  net_dev_xmit: { title: 'transmit done', function: 'dev_hard_start_xmit', file: 'net/core/dev.c' },
  sk_data_ready: { title: 'socket queue', function: '__udp_enqueue_schedule_skb', file: 'net/ipv4/udp.c' },
  sched_waking: { title: 'wake-up', function: 'try_to_wake_up', file: 'kernel/sched/core.c' },
  skb_copy_datagram_iovec: {
    title: 'copy to user',
    function: 'skb_copy_datagram_iter',
    file: 'net/core/datagram.c',
  },
  sys_enter_recvfrom: { title: 'receive call', function: '__sys_recvfrom', file: 'net/socket.c' },
  sys_exit_recvfrom: { title: 'receive call done', function: '__sys_recvfrom', file: 'net/socket.c' },
  [receiveStation]: { title: 'received', function: 'serve', file: 'udpgen/pingpong-reply.c' },
  program_begins: { title: 'hook, program begins', function: 'bpf_prog_run', file: 'include/linux/filter.h' },
  program_ends: { title: 'program has ended', function: 'bpf_prog_run', file: 'include/linux/filter.h' },
  xdp_redirect: { title: 'XDP redirects', function: 'xdp_do_redirect', file: 'net/core/filter.c' },
  xdp_redirect_err: {
    title: 'XDP fails to redirect',
    function: 'xdp_do_redirect',
    file: 'net/core/filter.c',
  },
  xdp_exception: { title: 'XDP gives up', function: 'bpf_prog_run_xdp', file: 'include/linux/filter.h' },
  [dropStation]: { title: 'dropped', function: 'sk_skb_reason_drop', file: 'net/core/skbuff.c' },
}

const [hookPrefix, programPrefix] = ['hook ', 'program '] as const

/** A program's beginning, by its hook, and its end, by its name: as packets have these stations. */
export const hookStation = (hook: string): string => `${hookPrefix}${hook}`
export const programStation = (program: string): string => `${programPrefix}${program}`
export const isProgramStation = (station: string): boolean => station.startsWith(programPrefix)

/** What is known of a station; of one that is not in the list, its name. */
export function stationOf(name: string): Station {
  const known = stations[name]
  if (known !== undefined) return known
  const own = { title: name, function: name, file: '' }
  if (isProgramStation(name)) return { ...own, function: 'bpf_prog_run', file: 'include/linux/filter.h' }
  if (!name.startsWith(hookPrefix)) return own
  return { ...own, ...hooks.find((hook) => name === hookStation(hook.name))?.runner }
}

/** The title of a station; of one that is not known, its name. */
export const stationTitle = (name: string): string => stationOf(name).title

/** Whether a probe there is one of system calls. */
export const isCall = ({ station }: { readonly station: string }): boolean => station.startsWith('sys_')
